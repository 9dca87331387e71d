"""What was deleted with a word and can still be brought back: notes, files, ties, saved views."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.references import user_key


class DeletedRecord(models.Model):
    """The rows of a record that was deleted, as they were.

    Contacts, deals, tickets and activities have a trash of their own. Files stay on the disk as
    long as their rows are here.
    """

    kind = models.CharField(_("record"), max_length=20)
    record_id = models.BigIntegerField(_("id"))
    contact_id = models.BigIntegerField(_("contact"), null=True, blank=True)
    rows = models.JSONField(_("rows"))
    files = models.JSONField(_("files"), default=list, blank=True)
    user = user_key(_("deleted by"))
    request_id = models.CharField(_("request"), max_length=64, blank=True, default="")
    deleted_at = models.DateTimeField(_("deleted"), auto_now_add=True)

    class Meta:
        verbose_name = _("deleted record")
        verbose_name_plural = _("deleted records")
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id"], name="deleted_record_once")
        ]
        indexes = [
            models.Index(fields=["request_id"], name="deleted_record_by_request"),
            models.Index(fields=["contact_id"], name="deleted_record_by_contact"),
            models.Index(fields=["deleted_at"], name="deleted_record_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class DeletedReference(models.Model):
    """One record or e-mail address that the kept rows of a deleted record name.

    The room `index` writes these rows, so that what is kept of somebody is found without reading
    everything that was ever deleted. `noun` is a kind of record, or "email"; `text` its id, or the
    comparison key of the address.
    """

    deleted = models.ForeignKey(
        DeletedRecord, related_name="references", on_delete=models.CASCADE, db_index=False
    )
    noun = models.CharField(max_length=20)
    text = models.CharField(max_length=254)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deleted", "noun", "text"], name="deleted_reference_once"
            )
        ]
        indexes = [
            models.Index(fields=["noun", "text", "deleted"], name="deleted_reference_by_text")
        ]

    def __str__(self) -> str:
        return f"{self.deleted_id} names {self.noun} {self.text}"
