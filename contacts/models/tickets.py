"""Tickets: requests that somebody is to answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.belonging import Belonging
from contacts.models.references import option_key, user_key


class TicketCategory(models.Model):
    """A category of tickets within one project."""

    project = models.ForeignKey(
        "contacts.Project",
        verbose_name=_("project"),
        related_name="ticket_categories",
        on_delete=models.CASCADE,
    )
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("ticket category")
        verbose_name_plural = _("ticket categories")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="ticket_category_once")
        ]

    def __str__(self) -> str:
        return self.name


class Ticket(Belonging):
    """A request within a project, often from a contact."""

    subject = models.CharField(_("subject"), max_length=255)
    description = models.TextField(_("description"), blank=True, default="")
    project = models.ForeignKey(
        "contacts.Project",
        verbose_name=_("project"),
        related_name="tickets",
        on_delete=models.CASCADE,
    )
    tracker = option_key(_("tracker"))
    status = option_key(_("status"))
    priority = option_key(_("priority"))
    category = models.ForeignKey(
        TicketCategory,
        verbose_name=_("category"),
        related_name="tickets",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    contact = models.ForeignKey(
        "contacts.Contact",
        verbose_name=_("contact"),
        related_name="tickets",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    contacts = models.ManyToManyField(
        "contacts.Contact",
        verbose_name=_("further contacts"),
        related_name="related_tickets",
        blank=True,
    )
    owner = user_key(_("owner"))
    author = user_key(_("author"))
    starts_on = models.DateField(_("start date"), null=True, blank=True)
    due_on = models.DateField(_("due date"), null=True, blank=True)
    done_ratio = models.PositiveSmallIntegerField(_("done, %"), default=0)
    is_private = models.BooleanField(_("private"), default=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    tags = models.ManyToManyField(
        "contacts.Tag", verbose_name=_("tags"), related_name="tickets", blank=True
    )
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("updated"))
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["project", "id"], name="ticket_by_project"),
            models.Index(fields=["contact", "id"], name="ticket_by_contact"),
        ]

    def __str__(self) -> str:
        return self.subject
