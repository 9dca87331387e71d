"""What people pinned to the top of the timeline of a contact or deal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.references import user_key


def _to(kind: str) -> models.ForeignKey:
    return models.ForeignKey(
        f"contacts.{kind}", related_name="+", null=True, blank=True, on_delete=models.CASCADE
    )


class Pin(models.Model):
    """A note or an activity that stands first among what happened with a contact or deal."""

    contact = _to("Contact")
    deal = _to("Deal")
    note = _to("Note")
    activity = _to("Activity")
    author = user_key(_("author"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("pin")
        verbose_name_plural = _("pins")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(contact=None) ^ Q(deal=None)) & (Q(note=None) ^ Q(activity=None)),
                name="pin_of_one_at_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.note_id or self.activity_id} at {self.contact_id or self.deal_id}"
