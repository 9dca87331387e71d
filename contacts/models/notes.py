"""Notes about a contact, a deal or a ticket."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.belonging import Belonging
from contacts.models.references import user_key


class Note(Belonging):
    """Something written down about one record, which decides who sees it.

    Further contacts and deals only show it as well, to those who see it anyhow.
    """

    class Type(models.IntegerChoices):
        """What the note tells of; the numbers are stable and part of the wire."""

        EMAIL = 0, _("e-mail")
        CALL = 1, _("call")
        MEETING = 2, _("meeting")

    class Format(models.TextChoices):
        """How the content is written."""

        TEXT = "text", _("plain text")
        MARKDOWN = "markdown", _("Markdown")
        HTML = "html", _("HTML")

    subject = models.CharField(_("subject"), max_length=255, blank=True, default="")
    content = models.TextField(_("content"))
    format = models.CharField(
        _("format"), max_length=16, choices=Format.choices, default=Format.TEXT
    )
    type = models.PositiveSmallIntegerField(_("type"), choices=Type.choices, null=True, blank=True)
    is_private = models.BooleanField(_("private"), default=False)
    author = user_key(_("author"))
    owner = user_key(_("owner"))
    parent = models.ForeignKey(
        "self",
        verbose_name=_("answer to"),
        related_name="answers",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    customer = models.ForeignKey(
        "contacts.Contact",
        verbose_name=_("said by"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    edit_reason = models.CharField(
        _("reason of the change"), max_length=255, blank=True, default=""
    )
    contact = models.ForeignKey(
        "contacts.Contact",
        verbose_name=_("contact"),
        related_name="notes",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    deal = models.ForeignKey(
        "contacts.Deal",
        verbose_name=_("deal"),
        related_name="notes",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    ticket = models.ForeignKey(
        "contacts.Ticket",
        verbose_name=_("ticket"),
        related_name="notes",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    further_contacts = models.ManyToManyField(
        "contacts.Contact",
        verbose_name=_("further contacts"),
        related_name="further_notes",
        blank=True,
    )
    further_deals = models.ManyToManyField(
        "contacts.Deal", verbose_name=_("further deals"), related_name="further_notes", blank=True
    )
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("updated"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, deal__isnull=True, ticket__isnull=True)
                | Q(contact__isnull=True, deal__isnull=False, ticket__isnull=True)
                | Q(contact__isnull=True, deal__isnull=True, ticket__isnull=False),
                name="note_about_one_record",
            )
        ]
        indexes = [
            models.Index(fields=["contact", "created_at", "id"], name="note_by_contact"),
            models.Index(fields=["deal", "created_at", "id"], name="note_by_deal"),
        ]

    def __str__(self) -> str:
        return self.subject or self.content[:60]
