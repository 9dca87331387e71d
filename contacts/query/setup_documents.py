"""The documents of what administrators set up: definitions of fields, tags, option lists."""

from collections.abc import Sequence

from contacts.access import Actor
from contacts.index.documents import plain
from contacts.models import CustomField, CustomFieldGroup, CustomFieldOption

Document = dict[str, object]

CUSTOM_FIELD_PLAIN = (
    "id",
    "object_kind",
    "label",
    "slug",
    "type",
    "group_id",
    "help_text",
    "is_required",
    "is_multiple",
    "default",
    "pattern",
    "min_length",
    "max_length",
    "is_searchable",
    "is_filterable",
    "is_active",
    "access",
    "kinds",
    "position",
    "created_at",
    "updated_at",
)
OPTION_PLAIN = ("id", "label", "value", "color", "position", "is_active")


def custom_fields(actor: Actor, rows: Sequence[CustomField]) -> list[Document]:
    """Return the documents of definitions of custom fields, with their options."""
    options: dict[int, list[Document]] = {row.pk: [] for row in rows}
    stored = CustomFieldOption.objects.filter(field_id__in=list(options))
    for option in stored.order_by("position", "pk"):
        document = {name: plain(getattr(option, name)) for name in OPTION_PLAIN}
        options[option.field_id].append(document)
    return [
        {
            **{name: plain(getattr(row, name)) for name in CUSTOM_FIELD_PLAIN},
            "projects": sorted(getattr(row, "project_ids", None) or []),
            "options": options[row.pk],
        }
        for row in rows
    ]


def custom_field_groups(actor: Actor, rows: Sequence[CustomFieldGroup]) -> list[Document]:
    """Return the documents of groups of custom fields."""
    names = ("id", "name", "title", "position", "is_active")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]
