"""Files: uploaded first, then attached to one record, or kept as documents of their own."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.belonging import Belonging
from contacts.models.references import user_key


class Attachment(Belonging):
    """A file; until it is attached only its author may use it, by id and digest.

    As a document it stands for itself: it has a title, lies in a folder, may be nothing but
    text or a link, and may tell of several records.
    """

    file = models.FileField(
        _("file"), upload_to="attachments/%Y/%m/", max_length=500, blank=True, default=""
    )
    filename = models.CharField(_("file name"), max_length=255, blank=True, default="")
    is_document = models.BooleanField(_("document of its own"), default=False)
    title = models.CharField(_("title"), max_length=255, blank=True, default="")
    content = models.TextField(_("content"), blank=True, default="")
    link = models.CharField(_("link"), max_length=2000, blank=True, default="")
    version = models.CharField(_("version"), max_length=50, blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)
    download_count = models.PositiveIntegerField(_("downloads"), default=0)
    folder = models.ForeignKey(
        "contacts.Folder",
        verbose_name=_("folder"),
        related_name="documents",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    project = models.ForeignKey(
        "contacts.Project",
        verbose_name=_("project"),
        related_name="documents",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    owner = user_key(_("owner"))
    size = models.PositiveBigIntegerField(_("size, bytes"), default=0)
    content_type = models.CharField(_("content type"), max_length=255, blank=True, default="")
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True, default="")
    description = models.CharField(_("description"), max_length=255, blank=True, default="")
    author = user_key(_("author"))
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
    contacts = models.ManyToManyField(
        "contacts.Contact", related_name="documents_about", blank=True
    )
    deals = models.ManyToManyField("contacts.Deal", related_name="documents_about", blank=True)
    tickets = models.ManyToManyField("contacts.Ticket", related_name="documents_about", blank=True)
    tags = models.ManyToManyField(
        "contacts.Tag", verbose_name=_("tags"), related_name="documents", blank=True
    )
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("updated"))

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
