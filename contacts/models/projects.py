"""Projects, the roles that people have in them, and their members."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

IDENTIFIER_PATTERN = r"^(?!\d+$)[a-z0-9\-_]{1,100}$"

MODULES = [
    ("contacts", _("Contacts")),
    ("deals", _("Deals")),
    ("tickets", _("Tickets")),
]


def all_modules() -> list[str]:
    """Return the modules of a project that says nothing about them."""
    return [name for name, _label in MODULES]


class Project(models.Model):
    """A body of contacts with its own members."""

    class Status(models.IntegerChoices):
        """Life of a project; the numbers are stable and part of the wire."""

        ACTIVE = 1, _("active")
        CLOSED = 5, _("closed")
        ARCHIVED = 9, _("archived")

    identifier = models.CharField(
        _("identifier"),
        max_length=100,
        unique=True,
        validators=[RegexValidator(IDENTIFIER_PATTERN)],
        help_text=_("Small letters, digits, - and _; not only digits."),
    )
    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True, default="")
    homepage = models.CharField(_("homepage"), max_length=500, blank=True, default="")
    is_public = models.BooleanField(_("public"), default=False)
    status = models.PositiveSmallIntegerField(
        _("status"), choices=Status.choices, default=Status.ACTIVE
    )
    inherit_members = models.BooleanField(_("inherit members"), default=False)
    modules = models.JSONField(_("modules"), default=all_modules, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent project"),
        related_name="children",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A named set of rights that members of a project have."""

    name = models.CharField(_("name"), max_length=255, unique=True)
    rights = models.JSONField(_("rights"), default=list, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class ProjectMember(models.Model):
    """A user, or a user group, in a project with one or more roles."""

    project = models.ForeignKey(
        Project, verbose_name=_("project"), related_name="members", on_delete=models.CASCADE
    )
    user = models.ForeignKey(
        "contacts.User",
        verbose_name=_("user"),
        related_name="memberships",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    group = models.ForeignKey(
        "contacts.UserGroup",
        verbose_name=_("user group"),
        related_name="memberships",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    roles = models.ManyToManyField(Role, verbose_name=_("roles"), related_name="members")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, group__isnull=True)
                | Q(user__isnull=True, group__isnull=False),
                name="member_is_user_or_group",
            ),
            models.UniqueConstraint(
                fields=["project", "user"], condition=Q(user__isnull=False), name="member_user_once"
            ),
            models.UniqueConstraint(
                fields=["project", "group"],
                condition=Q(group__isnull=False),
                name="member_group_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.group} / {self.project}"
