"""The fields of the definitions of custom fields and of their groups."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare
from contacts.fields.field import Choice, Field
from contacts.fields.storage import Column
from contacts.models import CustomField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXT = types.TextType()
INTEGER = types.IntegerType()
YES_NO = types.BooleanType()
FIXED = types.FixedChoiceType()

LARGE = {"not_negative": True, "largest": 2**31 - 1}

# What administrators read; the names of the types are stable.
TYPE_LABELS = {
    "text": _("Text"),
    "long_text": _("Long text"),
    "integer": _("Whole number"),
    "decimal": _("Number"),
    "date": _("Date"),
    "datetime": _("Date and time"),
    "boolean": _("Yes or no"),
    "option": _("Choice"),
    "link": _("Link"),
    "user": _("User"),
    "contact": _("Contact"),
    "company": _("Company"),
    "attachment": _("File"),
}

OBJECT_KINDS = (
    Choice("contact", "contact", _("Contact")),
    Choice("deal", "deal", _("Deal")),
    Choice("activity", "activity", _("Activity")),
    Choice("product", "product", _("Product")),
    Choice("address", "address", _("Address")),
    Choice("relationship", "relationship", _("Relationship")),
)


def _of_field(
    key: str, field_type: types.FieldType, label: "StrOrPromise", **more: object
) -> Field:
    more.setdefault("column", key)
    return declare("custom_field", key, field_type, label, **more)


CUSTOM_FIELD_FIELDS = (
    declare("custom_field", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    _of_field(
        "object_kind",
        FIXED,
        _("Of"),
        choices=OBJECT_KINDS,
    ),
    _of_field("label", TEXT, _("Label"), is_required=True, is_searchable=True, max_length=255),
    _of_field("slug", TEXT, _("Short name"), max_length=100, pattern=r"^[A-Za-z][A-Za-z0-9_]*$"),
    _of_field(
        "type",
        FIXED,
        _("Type"),
        choices=tuple(Choice(name, name, label) for name, label in TYPE_LABELS.items()),
    ),
    _of_field(
        "control",
        FIXED,
        _("Control"),
        choices=tuple(
            Choice(each.value, each.name.lower(), each.label) for each in CustomField.Control
        ),
    ),
    _of_field(
        "group",
        types.RecordType(),
        _("Group"),
        column="group_id",
        traits={"target": "custom_field_group"},
    ),
    _of_field("help_text", TEXT, _("Help"), max_length=500),
    _of_field(
        "terms_url",
        types.LinkType(),
        _("Address of the terms"),
        max_length=500,
    ),
    _of_field("is_required", YES_NO, _("Required")),
    _of_field("is_required_in_forms", YES_NO, _("Required in forms")),
    _of_field("is_multiple", YES_NO, _("Several values")),
    _of_field("default", TEXT, _("Default"), max_length=500),
    _of_field("pattern", TEXT, _("Pattern"), max_length=500),
    _of_field("min_length", INTEGER, _("Least length"), traits=LARGE),
    _of_field("max_length", INTEGER, _("Greatest length"), traits=LARGE),
    _of_field("is_unique", YES_NO, _("No value twice")),
    _of_field("appearance", TEXT, _("Shown as"), max_length=20),
    _of_field("is_searchable", YES_NO, _("Searchable")),
    _of_field("is_filterable", YES_NO, _("Usable as a filter")),
    _of_field("is_in_form", YES_NO, _("Shown in forms")),
    _of_field("is_in_list", YES_NO, _("Offered as a column of lists")),
    _of_field("is_active", YES_NO, _("Active")),
    _of_field("is_for_members", YES_NO, _("Only for members")),
    _of_field(
        "access",
        FIXED,
        _("Readable by"),
        # The first is what a definition that says nothing gets.
        choices=tuple(
            Choice(each.value, each.value, each.label)
            for each in (
                CustomField.Access.MEMBERS,
                CustomField.Access.PUBLIC,
                CustomField.Access.ADMINISTRATORS,
            )
        ),
    ),
    declare(
        "custom_field",
        "kinds",
        types.TagsType(),
        _("Kinds of contact"),
        column="kinds",
        is_multiple=True,
        is_filterable=False,
        is_sortable=False,
    ),
    declare(
        "custom_field",
        "projects",
        types.IdsType(),
        _("Only in projects"),
        storage=Column("projects"),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "project"},
    ),
    declare(
        "custom_field",
        "levels",
        types.IdsType(),
        _("Only for members at"),
        storage=Column("levels"),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "membership_level"},
    ),
    _of_field("position", INTEGER, _("Position"), traits=LARGE),
)

CUSTOM_FIELD_GROUP_FIELDS = (
    declare("custom_field_group", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare("custom_field_group", "name", TEXT, _("Name"), column="name", max_length=100),
    declare(
        "custom_field_group",
        "title",
        TEXT,
        _("Title"),
        column="title",
        is_required=True,
        max_length=255,
    ),
    declare(
        "custom_field_group", "position", INTEGER, _("Position"), column="position", traits=LARGE
    ),
    declare(
        "custom_field_group",
        "object_kind",
        FIXED,
        _("Of"),
        column="object_kind",
        choices=OBJECT_KINDS,
    ),
    declare(
        "custom_field_group",
        "kinds",
        types.TagsType(),
        _("Kinds of contact"),
        column="kinds",
        is_multiple=True,
        is_filterable=False,
        is_sortable=False,
    ),
    declare("custom_field_group", "style", TEXT, _("Style"), column="style", max_length=20),
    declare("custom_field_group", "help_text", types.LongTextType(), _("Help"), column="help_text"),
    declare(
        "custom_field_group", "is_collapsed", YES_NO, _("Folded at first"), column="is_collapsed"
    ),
    declare(
        "custom_field_group",
        "is_multiple",
        YES_NO,
        _("Several sets of values"),
        column="is_multiple",
    ),
    declare("custom_field_group", "is_active", YES_NO, _("Active"), column="is_active"),
)

DEFINITION_FIELDS: dict[str, tuple[Field, ...]] = {
    "custom_field": CUSTOM_FIELD_FIELDS,
    "custom_field_group": CUSTOM_FIELD_GROUP_FIELDS,
}
