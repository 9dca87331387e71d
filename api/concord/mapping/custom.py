"""Write values of custom fields as ``cf_<slug>``, and read them back."""

from collections.abc import Mapping

from contacts.access import Actor, readable_custom_fields
from contacts.fields import Field

Wire = dict[str, object]


def fields_of(actor: Actor, kind: str, contact_kind: str = "") -> list[Field]:
    """Return the fields that the actor reads, of one kind of contact where there are several."""
    fields = readable_custom_fields(actor, kind)
    return [each for each in fields if not each.applies_to or contact_kind in each.applies_to]


def to_wire(fields: list[Field], values: object) -> Wire:
    """Return every field with its value from the document's ``custom``; empty ones too."""
    stored = values if isinstance(values, Mapping) else {}
    return {f"cf_{each.slug}": _written(each, stored.get(str(each.custom_id))) for each in fields}


def _written(field: Field, value: object) -> object:
    if field.is_multiple:
        several = value if isinstance(value, list) else [] if value is None else [value]
        return [_choice(field, each) if field.choices else each for each in several]
    if isinstance(value, list):
        value = value[0] if value else None
    if field.type.name == "boolean":
        return bool(value)
    if field.type.name == "decimal":
        # The original has no empty number of this type; docs/dialects/concord.md, "Custom fields".
        return float(str(value)) if value not in (None, "") else 0
    if field.type.name == "date" and isinstance(value, str) and value:
        return f"{value}T00:00:00.000000Z"
    return None if value == "" else value


def _choice(field: Field, value: object) -> Wire:
    found = field.choice_of(value)
    name = str(found.label) if found else ""
    return {"id": value, "name": name, "swatch_color": (found.color or None) if found else None}


def from_wire(
    actor: Actor, sent: Mapping[str, object], kind: str, contact_kind: str = ""
) -> dict[str, object]:
    """Return the values by field key; fields that do not exist for the actor are ignored."""
    values: dict[str, object] = {}
    for field in fields_of(actor, kind, contact_kind):
        name = f"cf_{field.slug}"
        if name not in sent:
            continue
        value = sent[name]
        if not field.is_multiple:
            values[field.key] = _single(value)
        elif value is not None:
            # Null leaves several values alone; an empty list clears them.
            values[field.key] = [_single(each) for each in _several(value) if each is not None]
    return values


def _several(value: object) -> list[object]:
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return list(value) if isinstance(value, list) else [value]


def _single(value: object) -> object:
    """Return an option that came as an object as its id."""
    return value.get("id") if isinstance(value, Mapping) else value
