"""Folders in which files lie that are no mere attachments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.references import user_key


class Folder(models.Model):
    """A named place for documents."""

    name = models.CharField(_("name"), max_length=255, unique=True)
    description = models.CharField(_("description"), max_length=1000, blank=True, default="")
    position = models.PositiveIntegerField(_("position"), default=0)
    author = user_key(_("author"))

    class Meta:
        verbose_name = _("folder")
        verbose_name_plural = _("folders")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
