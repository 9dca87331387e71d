"""The trail: every change of every record, in order."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.references import user_key


class Change(models.Model):
    """One change of one record; `before` and `after` hold only the fields that differ.

    The id is the sequence of the whole instance. Rows are written once and never altered.
    """

    record_kind = models.CharField(_("record"), max_length=20)
    record_id = models.BigIntegerField(_("id"))
    contact_id = models.BigIntegerField(_("contact"), null=True, blank=True)
    action = models.CharField(_("action"), max_length=20)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    user = user_key(_("user"))
    credential = models.ForeignKey(
        "contacts.Credential",
        verbose_name=_("credential"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    dialect = models.CharField(_("through"), max_length=32, blank=True, default="")
    request_id = models.CharField(_("request"), max_length=64, blank=True, default="")
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["record_kind", "record_id", "id"], name="change_by_record"),
            models.Index(fields=["contact_id", "id"], name="change_by_contact"),
            # What one request did is shown, and taken back, as one.
            models.Index(fields=["request_id", "user", "id"], name="change_by_request"),
            models.Index(
                fields=["record_kind", "at"],
                condition=Q(action="deleted"),
                name="change_deleted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id} {self.action}"
