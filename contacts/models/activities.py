"""Activities: meetings, calls and tasks with the contacts and users who take part."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.belonging import Belonging
from contacts.models.references import option_key, user_key


class Activity(Belonging):
    """Something that is to be done, or was."""

    type = option_key(_("type"))
    subject = models.CharField(_("subject"), max_length=255)
    details = models.TextField(_("details"), blank=True, default="")
    remarks = models.TextField(_("remarks for colleagues"), blank=True, default="")
    location = models.CharField(_("place"), max_length=255, blank=True, default="")
    starts_at = models.DateTimeField(_("start"), null=True, blank=True)
    ends_at = models.DateTimeField(_("end"), null=True, blank=True)
    is_all_day = models.BooleanField(_("all day"), default=False)
    duration = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    status = option_key(_("status"))
    priority = option_key(_("priority"))
    medium = option_key(_("medium"))
    parent = models.ForeignKey(
        "self",
        verbose_name=_("follows from"),
        related_name="followed_by",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    outcome = option_key(_("outcome"))
    reminder_minutes = models.PositiveIntegerField(
        _("remind before, minutes"), null=True, blank=True
    )
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    project = models.ForeignKey(
        "contacts.Project",
        verbose_name=_("project"),
        related_name="activities",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    owner = user_key(_("owner"))
    author = user_key(_("author"))
    deals = models.ManyToManyField(
        "contacts.Deal", verbose_name=_("deals"), related_name="activities", blank=True
    )
    tickets = models.ManyToManyField(
        "contacts.Ticket", verbose_name=_("tickets"), related_name="activities", blank=True
    )
    tags = models.ManyToManyField(
        "contacts.Tag", verbose_name=_("tags"), related_name="activities", blank=True
    )
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("updated"))
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["owner", "starts_at", "id"], name="activity_by_owner"),
            models.Index(fields=["starts_at", "id"], name="activity_by_start"),
        ]

    def __str__(self) -> str:
        return self.subject


class ActivityContact(models.Model):
    """A contact in an activity, and as what."""

    class Part(models.TextChoices):
        """What the contact is in the activity."""

        SOURCE = "source", _("added by")
        TARGET = "target", _("with")
        ASSIGNEE = "assignee", _("assigned to")
        GUEST = "guest", _("guest")

    activity = models.ForeignKey(Activity, related_name="contact_links", on_delete=models.CASCADE)
    contact = models.ForeignKey(
        "contacts.Contact", related_name="activity_links", on_delete=models.CASCADE
    )
    part = models.CharField(max_length=16, choices=Part.choices, default=Part.TARGET)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "contact", "part"], name="activity_contact_once"
            ),
            models.CheckConstraint(
                condition=Q(part__in=["source", "target", "assignee", "guest"]),
                name="activity_part_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.part} {self.contact_id}"
