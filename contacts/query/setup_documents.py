"""The documents of what administrators set up: definitions of fields, tags, option lists."""

from collections.abc import Sequence

from contacts.access import Actor
from contacts.index.documents import plain
from contacts.models import (
    Credential,
    CustomField,
    CustomFieldGroup,
    CustomFieldOption,
    Option,
    OptionList,
    Relationship,
    RelationshipType,
    SavedFilter,
    Tag,
)
from contacts.query.custom_documents import custom_of
from contacts.query.reading import names_of_contacts

Document = dict[str, object]

CUSTOM_FIELD_PLAIN = (
    "id",
    "object_kind",
    "label",
    "slug",
    "type",
    "group_id",
    "help_text",
    "terms_url",
    "is_required",
    "is_required_in_forms",
    "is_multiple",
    "appearance",
    "default",
    "pattern",
    "min_length",
    "max_length",
    "is_searchable",
    "is_filterable",
    "is_in_form",
    "is_in_list",
    "is_active",
    "access",
    "control",
    "is_unique",
    "appearance",
    "is_for_members",
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
            "levels": sorted(getattr(row, "level_ids", None) or []),
            "options": options[row.pk],
        }
        for row in rows
    ]


def custom_field_groups(actor: Actor, rows: Sequence[CustomFieldGroup]) -> list[Document]:
    """Return the documents of groups of custom fields."""
    names = (
        *("id", "name", "title", "object_kind", "kinds", "style", "help_text", "is_collapsed"),
        *("is_multiple", "position", "is_active", "created_at"),
    )
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def tags(actor: Actor, rows: Sequence[Tag]) -> list[Document]:
    """Return the documents of tags."""
    names = (
        *("id", "name", "color", "position", "type", "description", "parent_id", "used_for"),
        *("is_selectable", "is_reserved", "is_set", "author_id", "created_at"),
    )
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def options(actor: Actor, rows: Sequence[Option]) -> list[Document]:
    """Return the documents of the options of lists."""
    names = (
        *("id", "list_name", "number", "name", "label", "description", "position"),
        *("color", "is_default", "is_active"),
    )
    return [
        {
            **{name: plain(getattr(row, name)) for name in names},
            "is_closed": bool(row.traits.get("is_closed")),
        }
        for row in rows
    ]


def option_lists(actor: Actor, rows: Sequence[OptionList]) -> list[Document]:
    """Return the documents of lists of options."""
    names = ("id", "name", "title", "description", "is_reserved", "is_active")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def saved_filters(actor: Actor, rows: Sequence[SavedFilter]) -> list[Document]:
    """Return the documents of saved filters; `condition` is what `query.from_json` reads."""
    names = (
        *("id", "object_kind", "name", "owner_id", "is_public", "project_id"),
        *("condition", "search", "sort", "columns", "created_at", "updated_at"),
    )
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def credentials(actor: Actor, rows: Sequence[Credential]) -> list[Document]:
    """Return the documents of credentials: everything but the secret."""
    names = (
        *("id", "kind", "name", "user_id", "parent_id", "hint", "scope", "project_id"),
        *("created_at", "expires_at", "per_minute"),
        *("last_used_at", "last_dialect", "revoked_at"),
    )
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def relationship_types(actor: Actor, rows: Sequence[RelationshipType]) -> list[Document]:
    """Return the documents of types of ties; an empty kind takes every kind of contact."""
    names = (
        *("id", "name_a_b", "name_b_a", "kind_a", "kind_b", "description"),
        *("is_reserved", "is_active"),
    )
    return [
        {
            **{name: plain(getattr(row, name)) for name in names},
            "label_a_b": row.label_a_b or row.name_a_b,
            "label_b_a": row.label_b_a or row.name_b_a,
        }
        for row in rows
    ]


def relationships(actor: Actor, rows: Sequence[Relationship]) -> list[Document]:
    """Return the documents of ties; both contacts are named where the actor sees them."""
    ids = {pk for row in rows for pk in (row.contact_a_id, row.contact_b_id)}
    seen = names_of_contacts(actor, ids)
    names = (
        *("id", "type_id", "contact_a_id", "contact_b_id", "is_active", "starts_on", "ends_on"),
        *("description", "permission_a_b", "permission_b_a", "created_at"),
    )
    custom = custom_of("relationship", rows)
    return [
        {
            **{name: plain(getattr(row, name)) for name in names},
            "custom": custom.get(row.pk, {}),
            "name_a_b": row.type.name_a_b,
            "name_b_a": row.type.name_b_a,
            "name_a": seen.get(row.contact_a_id, ""),
            "name_b": seen.get(row.contact_b_id, ""),
        }
        for row in rows
    ]
