"""Named groups of contacts, and who is in them.

Not to be confused with `UserGroup`, a team of users.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.references import user_key


class Group(models.Model):
    """A named list of contacts; `name` is its stable machine name, `title` what people read."""

    class Visibility(models.TextChoices):
        """Who may learn that the group exists."""

        STAFF = "staff", _("those who work here")
        PUBLIC = "public", _("everybody")

    name = models.CharField(_("name"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=255)
    description = models.TextField(_("description"), blank=True, default="")
    public_title = models.CharField(_("public title"), max_length=255, blank=True, default="")
    public_description = models.TextField(_("public description"), blank=True, default="")
    visibility = models.CharField(
        _("visibility"), max_length=16, choices=Visibility.choices, default=Visibility.STAFF
    )
    is_mailing_list = models.BooleanField(_("mailing list"), default=False)
    is_access_list = models.BooleanField(_("for access rules"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    is_reserved = models.BooleanField(_("reserved"), default=False)
    parents = models.ManyToManyField(
        "self", verbose_name=_("above it"), related_name="children", symmetrical=False, blank=True
    )
    author = user_key(_("author"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class GroupMember(models.Model):
    """A contact that is in a group, was in it, or waits to get in.

    The row stays when the contact leaves, so that nobody is put in again by mistake. `through` is
    the door of the latest change.
    """

    class Status(models.TextChoices):
        """Whether the contact is in the group; only those "added" are."""

        ADDED = "added", _("in the group")
        REMOVED = "removed", _("removed")
        PENDING = "pending", _("waiting")

    group = models.ForeignKey(
        Group, related_name="member_links", on_delete=models.CASCADE, db_index=False
    )
    contact = models.ForeignKey(
        "contacts.Contact", related_name="group_links", on_delete=models.CASCADE
    )
    status = models.CharField(
        _("status"), max_length=16, choices=Status.choices, default=Status.ADDED
    )
    added_at = models.DateTimeField(_("added"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    pending_at = models.DateTimeField(_("waiting since"), null=True, blank=True)
    through = models.CharField(_("through"), max_length=32, blank=True, default="")

    class Meta:
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "contact"], name="group_member_once"),
            models.CheckConstraint(
                condition=Q(status__in=["added", "removed", "pending"]),
                name="group_member_status_known",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "status", "contact"], name="group_member_by_status")
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.status} {self.group_id}"
