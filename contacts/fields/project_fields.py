"""The built-in fields of projects."""

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare as _field
from contacts.fields.field import Choice
from contacts.fields.storage import Column, FoldedColumn
from contacts.models import Project

TEXT = types.TextType()
LONG = types.LongTextType()
INTEGER = types.IntegerType()
MOMENT = types.DateTimeType()
YES_NO = types.BooleanType()
PROJECT = types.ProjectType()

PROJECT_FIELDS = (
    _field("project", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    _field("project", "name", TEXT, _("Name"), column="name", is_required=True, max_length=255),
    _field(
        "project",
        "identifier",
        TEXT,
        _("Identifier"),
        column="identifier",
        is_required=True,
        max_length=100,
    ),
    _field(
        "project",
        "description",
        LONG,
        _("Description"),
        column="description",
        storage=FoldedColumn("description"),
    ),
    _field("project", "homepage", TEXT, _("Homepage"), column="homepage", max_length=500),
    _field("project", "is_public", YES_NO, _("Public"), column="is_public"),
    _field(
        "project",
        "status",
        types.FixedChoiceType(),
        _("Status"),
        column="status",
        choices=tuple(Choice(each.value, each.name.lower(), each.label) for each in Project.Status),
    ),
    _field("project", "inherit_members", YES_NO, _("Inherit members"), column="inherit_members"),
    _field("project", "parent", PROJECT, _("Parent project"), column="parent_id"),
    _field(
        "project",
        "modules",
        types.TagsType(),
        _("Modules"),
        column="modules",
        is_multiple=True,
        is_filterable=False,
        is_sortable=False,
    ),
    _field("project", "created_at", MOMENT, _("Created"), column="created_at", is_writable=False),
    _field("project", "updated_at", MOMENT, _("Updated"), column="updated_at", is_writable=False),
)
