"""Searches that a program has asked for and will fetch later."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredSearch(models.Model):
    """One question, kept for a while under a key that cannot be guessed.

    `question` is what was asked, in the words of the door it came through. It is answered anew each
    time it is fetched, for whoever fetches it; `evaluated_at` says when that was first done.
    """

    key = models.CharField(max_length=64, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    question = models.JSONField(_("question"), default=dict)
    # The digest of the question: the same one asked again gets the same key.
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("asked"))
    evaluated_at = models.DateTimeField(_("first answered"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"))

    class Meta:
        verbose_name = _("stored search")
        verbose_name_plural = _("stored searches")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["digest", "created_at"], name="stored_search_by_digest"),
            models.Index(fields=["expires_at"], name="stored_search_by_end"),
        ]

    def __str__(self) -> str:
        return self.key
