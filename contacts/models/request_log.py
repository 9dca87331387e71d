"""What programs have asked of late: facts about each request, nothing of what was in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RequestLogEntry(models.Model):
    """One request of a program.

    Values that were sent or answered are not kept, so nobody has to be erased from here: of the
    query string there are the names alone. `is_failed` counts refusals with the status 200 too.
    Credential and user are numbers, which outlive what they are about.
    """

    at = models.DateTimeField(_("time"))
    dialect = models.CharField(_("through"), max_length=32)
    # In the words of a protocol that has one address for everything.
    operation = models.CharField(_("operation"), max_length=100, blank=True, default="")
    method = models.CharField(_("method"), max_length=10)
    path = models.CharField(_("path"), max_length=300)
    parameters = models.CharField(_("parameters"), max_length=300, blank=True, default="")
    status = models.PositiveSmallIntegerField(_("status"))
    is_failed = models.BooleanField(_("failed"), default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True, default="")
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    credential_id = models.BigIntegerField(_("credential"), null=True, blank=True)
    user_id = models.BigIntegerField(_("user"), null=True, blank=True)
    address = models.GenericIPAddressField(_("from"), null=True, blank=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["at"], name="request_log_by_time"),
            models.Index(fields=["-id"], condition=Q(is_failed=True), name="request_log_failed"),
            models.Index(fields=["credential_id", "-id"], name="request_log_by_key"),
            models.Index(fields=["dialect", "-id"], name="request_log_by_dialect"),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
