"""Comments: what people say about a note or an activity."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.references import user_key


class Comment(models.Model):
    """Something said about exactly one note or activity; whoever sees that sees it."""

    content = models.TextField(_("content"))
    author = user_key(_("author"))
    note = models.ForeignKey(
        "contacts.Note",
        verbose_name=_("note"),
        related_name="comments",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    activity = models.ForeignKey(
        "contacts.Activity",
        verbose_name=_("activity"),
        related_name="comments",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("updated"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(note__isnull=False, activity__isnull=True)
                | Q(note__isnull=True, activity__isnull=False),
                name="comment_about_one_record",
            )
        ]

    def __str__(self) -> str:
        return self.content[:60]
