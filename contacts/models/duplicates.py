"""Contacts that may be the same one, and those of which somebody has said that they are not."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Duplicate(models.Model):
    """Two contacts that are like each other; the one with the lower id stands first.

    `reasons` names what they have in common. A pair that is refused stays, so that it is not
    suspected again.
    """

    first = models.ForeignKey("contacts.Contact", related_name="+", on_delete=models.CASCADE)
    second = models.ForeignKey("contacts.Contact", related_name="+", on_delete=models.CASCADE)
    score = models.PositiveSmallIntegerField(_("likeness"), default=0)
    reasons = models.JSONField(default=list, blank=True)
    refused_at = models.DateTimeField(_("not duplicates since"), null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="duplicate_in_order"
            ),
        ]
        indexes = [models.Index(fields=["refused_at", "-score"], name="duplicate_by_score")]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}: {self.score}"


class LikenessRule(models.Model):
    """How much one thing in common says for two contacts being one; without a row, the usual."""

    reason = models.CharField(_("in common"), max_length=20, unique=True)
    weight = models.PositiveSmallIntegerField(_("weight"))

    class Meta:
        verbose_name = _("rule of likeness")
        verbose_name_plural = _("rules of likeness")

    def __str__(self) -> str:
        return f"{self.reason}: {self.weight}"
