"""What somebody has said of files, for the next one with the same headings."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RememberedImport(models.Model):
    """How a user has had files with these headings taken in; `digest` stands for the headings."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        related_name="+",
        on_delete=models.CASCADE,
    )
    digest = models.CharField(max_length=64)
    said = models.JSONField(_("said"), default=dict, blank=True)
    used_at = models.DateTimeField(_("last used"))

    class Meta:
        verbose_name = _("remembered import")
        verbose_name_plural = _("remembered imports")
        ordering = ["-used_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="remembered_import_once")
        ]

    def __str__(self) -> str:
        return self.digest
