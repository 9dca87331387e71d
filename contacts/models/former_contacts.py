"""Ids that contacts had before they were merged: they go on answering."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerContact(models.Model):
    """The id of a contact that is merged into another one; it outlives the row that it named.

    `moved` names the rows that were handed over, by what they are, and `change` is the entry of
    what the other contact took from it: both lead back.
    """

    former_id = models.BigIntegerField(_("former id"), primary_key=True)
    contact = models.ForeignKey(
        "contacts.Contact",
        verbose_name=_("merged into"),
        related_name="former_ids",
        on_delete=models.CASCADE,
    )
    moved = models.JSONField(_("handed over"), default=dict, blank=True)
    change = models.ForeignKey(
        "contacts.Change",
        verbose_name=_("change"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    merged_at = models.DateTimeField(_("merged"))

    class Meta:
        verbose_name = _("former contact")
        verbose_name_plural = _("former contacts")

    def __str__(self) -> str:
        return f"{self.former_id} is {self.contact_id}"
