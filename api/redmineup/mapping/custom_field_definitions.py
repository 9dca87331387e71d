"""Write the definitions of custom fields, and read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.redmineup.mapping.shapes import Items, Wire
from contacts.fields import Field

# Our types by the original's formats; the first name of a type is the one that is written.
FORMATS = {
    "string": "text",
    "text": "long_text",
    "int": "integer",
    "float": "decimal",
    "date": "date",
    "datetime": "datetime",
    "bool": "boolean",
    "list": "option",
    "enumeration": "option",
    "link": "link",
    "user": "user",
    "contact": "contact",
    "company": "company",
    "attachment": "attachment",
}
FORMAT_OF = {field_type: name for name, field_type in reversed(FORMATS.items())}
ADMINISTRATORS = "administrators"

ATTRIBUTES = {
    "name": "label",
    "regexp": "pattern",
    "min_length": "min_length",
    "max_length": "max_length",
    "is_required": "is_required",
    "is_filter": "is_filterable",
    "searchable": "is_searchable",
    "multiple": "is_multiple",
    "default_value": "default",
    "description": "help_text",
    "position": "position",
}
TRUE = frozenset({"1", "true"})


def to_wire(field: Field) -> Wire:
    """Return the definition of a custom field."""
    written: Wire = {
        "id": field.custom_id,
        "name": str(field.label),
        "customized_type": field.kind,
        "field_format": FORMAT_OF[field.type.name],
        "regexp": field.pattern,
        "min_length": field.min_length,
        "max_length": field.max_length,
        "is_required": field.is_required,
        "is_filter": field.is_filterable,
        "searchable": field.is_searchable,
        "multiple": field.is_multiple,
        "default_value": field.default or None,
        "visible": field.access != ADMINISTRATORS,
    }
    values = list(_possible_values(field))
    return written | {"possible_values": Items("possible_value", values)} if values else written


def from_wire(sent: Mapping[str, Any], *, creating: bool) -> dict[str, object]:
    """Return the values of a definition; unknown attributes are ignored."""
    values: dict[str, object] = {
        key: sent[name] for name, key in ATTRIBUTES.items() if name in sent
    }
    if creating:
        values["object_kind"] = sent.get("customized_type") or "contact"
    if "field_format" in sent:
        # A word that is no format goes on as it is, for the domain to refuse.
        values["type"] = FORMATS.get(str(sent["field_format"]), str(sent["field_format"]))
    if "visible" in sent:
        is_visible = str(sent["visible"]).strip().lower() in TRUE
        values["access"] = "members" if is_visible else ADMINISTRATORS
    return values


def options_of(sent: Mapping[str, Any]) -> list[str] | None:
    """Return the labels of ``possible_values``, None where nothing is said of them.

    A list of texts or of values as an answer shows them, or one text with a line for each.
    """
    if "possible_values" not in sent:
        return None
    listed = sent["possible_values"] or []
    if isinstance(listed, str):
        listed = listed.splitlines()
    if isinstance(listed, Mapping):
        listed = list(listed.values())
    labels = (_label(each) for each in (listed if isinstance(listed, list) else [listed]))
    return [label for label in labels if label]


def _possible_values(field: Field) -> Iterable[Wire]:
    if field.type.name == "boolean":
        yield {"value": "1", "label": "Yes"}
        yield {"value": "0", "label": "No"}
    for choice in field.choices:
        if choice.is_active:
            yield {"value": str(choice.label), "label": str(choice.label)}


def _label(item: object) -> str:
    if isinstance(item, Mapping):
        item = item.get("label") or item.get("value")
    return "" if item is None else str(item).strip()
