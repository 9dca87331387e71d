"""How often programs ask: a number a day, not a log of what they asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestCount(models.Model):
    """The requests of one day through one dialect with one credential.

    Both are kept by name and number alone, so that the figures outlive what they are about;
    `credential_id` is 0 for requests that came without a credential that works.
    """

    day = models.DateField(_("day"))
    dialect = models.CharField(_("through"), max_length=32)
    credential_id = models.BigIntegerField(_("credential"), default=0)
    requests = models.PositiveIntegerField(_("requests"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    last_address = models.GenericIPAddressField(_("last used from"), null=True, blank=True)
    last_at = models.DateTimeField(_("last used"))

    class Meta:
        verbose_name = _("number of requests")
        verbose_name_plural = _("numbers of requests")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "dialect", "credential_id"], name="request_count_once"
            )
        ]
        indexes = [models.Index(fields=["credential_id", "day"], name="request_count_by_key")]

    def __str__(self) -> str:
        return f"{self.day} {self.dialect} {self.credential_id}: {self.requests}"
