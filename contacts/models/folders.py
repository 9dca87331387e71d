"""Folders in which files lie that are no mere attachments."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Folder(models.Model):
    """A named place for documents."""

    name = models.CharField(_("name"), max_length=255, unique=True)
    description = models.CharField(_("description"), max_length=1000, blank=True, default="")
    position = models.PositiveIntegerField(_("position"), default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    class Meta:
        verbose_name = _("folder")
        verbose_name_plural = _("folders")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
