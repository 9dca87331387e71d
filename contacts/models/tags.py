"""Tags, and the links of contacts to tags and projects that carry the sort key.

A link repeats the contact's `sort_name`, so "tag X sorted by name" is read from one index.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.references import user_key


class Tag(models.Model):
    """A word that contacts share; unique whatever its case.

    `used_for` names the kinds of record that it is meant for; empty means contacts.
    """

    name = models.CharField(_("name"), max_length=255)
    name_key = models.CharField(max_length=255, unique=True)
    color = models.CharField(_("colour"), max_length=7, blank=True, default="")
    position = models.PositiveIntegerField(_("position"), default=0)
    type = models.CharField(_("type"), max_length=50, blank=True, default="")
    description = models.TextField(_("description"), blank=True, default="")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("above it"),
        related_name="children",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    used_for = models.JSONField(_("used for"), default=list, blank=True)
    is_selectable = models.BooleanField(_("may be put on records"), default=True)
    is_reserved = models.BooleanField(_("reserved"), default=False)
    is_set = models.BooleanField(_("a set of tags"), default=False)
    author = user_key(_("author"))
    created_at = models.DateTimeField(_("created"), null=True, blank=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name_key"]

    def __str__(self) -> str:
        return self.name


class ContactTag(models.Model):
    """A tag on a contact."""

    contact = models.ForeignKey(
        "contacts.Contact", related_name="tag_links", on_delete=models.CASCADE
    )
    tag = models.ForeignKey(
        Tag, related_name="contact_links", on_delete=models.CASCADE, db_index=False
    )
    sort_name = models.CharField(max_length=600, blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["contact", "tag"], name="contact_tag_once")]
        indexes = [
            models.Index(fields=["tag", "sort_name", "contact"], name="contact_tag_by_name"),
            models.Index(fields=["tag", "contact"], name="contact_tag_by_id"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.tag_id}"


class ContactProject(models.Model):
    """A contact in a project; every contact has at least one."""

    contact = models.ForeignKey(
        "contacts.Contact", related_name="project_links", on_delete=models.CASCADE
    )
    project = models.ForeignKey(
        "contacts.Project", related_name="contact_links", on_delete=models.CASCADE, db_index=False
    )
    sort_name = models.CharField(max_length=600, blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "project"], name="contact_project_once")
        ]
        indexes = [
            models.Index(
                fields=["project", "sort_name", "contact"], name="contact_project_by_name"
            ),
            models.Index(fields=["project", "contact"], name="contact_project_by_id"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.project_id}"
