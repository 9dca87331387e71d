"""Whose a record is, who changed it last, and by which door it came."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Belonging(models.Model):
    """The columns that deals, tickets, activities, notes and files have in common."""

    owner_group = models.ForeignKey(
        "contacts.UserGroup",
        verbose_name=_("owning user group"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last editor"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    entry_channel = models.CharField(_("came through"), max_length=32, blank=True, default="")

    class Meta:
        abstract = True
