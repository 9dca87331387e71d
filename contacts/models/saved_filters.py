"""Saved filters: a query with a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedFilter(models.Model):
    """A condition, a sort and columns that people and clients use again."""

    object_kind = models.CharField(_("of"), max_length=20, default="contact")
    name = models.CharField(_("name"), max_length=255)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        related_name="saved_filters",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    is_public = models.BooleanField(_("for everybody"), default=False)
    project = models.ForeignKey(
        "contacts.Project",
        verbose_name=_("project"),
        related_name="saved_filters",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    condition = models.JSONField(_("condition"), default=dict, blank=True)
    search = models.CharField(_("search"), max_length=500, blank=True, default="")
    sort = models.JSONField(_("sort"), default=list, blank=True)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
