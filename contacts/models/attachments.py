"""Files: uploaded first, then attached to one record."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """A file; until it is attached only its author may use it, by id and digest."""

    file = models.FileField(_("file"), upload_to="attachments/%Y/%m/", max_length=500)
    filename = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size, bytes"), default=0)
    content_type = models.CharField(_("content type"), max_length=255, blank=True, default="")
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True, default="")
    description = models.CharField(_("description"), max_length=255, blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    contact = models.ForeignKey(
        "contacts.Contact",
        related_name="attachments",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    deal = models.ForeignKey(
        "contacts.Deal", related_name="attachments", null=True, blank=True, on_delete=models.CASCADE
    )
    note = models.ForeignKey(
        "contacts.Note", related_name="attachments", null=True, blank=True, on_delete=models.CASCADE
    )
    ticket = models.ForeignKey(
        "contacts.Ticket",
        related_name="attachments",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(contact__isnull=True, deal__isnull=True, note__isnull=True)
                    | Q(contact__isnull=True, deal__isnull=True, ticket__isnull=True)
                    | Q(contact__isnull=True, note__isnull=True, ticket__isnull=True)
                    | Q(deal__isnull=True, note__isnull=True, ticket__isnull=True)
                ),
                name="attachment_to_one_record",
            )
        ]

    def __str__(self) -> str:
        return self.filename
