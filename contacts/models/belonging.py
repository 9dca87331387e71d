"""Whose a record is, who changed it last, and by which door it came."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.references import user_key


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
    editor = user_key(_("last editor"))
    entry_channel = models.CharField(_("came through"), max_length=32, blank=True, default="")

    class Meta:
        abstract = True
