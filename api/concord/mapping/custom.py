"""Write values of custom fields as ``cf_<slug>``, and read them back."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from zoneinfo import available_timezones

from api.concord.labels import custom_name
from api.concord.mapping.bodies import (
    ADDRESS,
    COLOR,
    EMAIL,
    FORMAT,
    MOST_TEXT,
    PLACES,
    SELECTED,
    Body,
    has_more_places,
    too_long,
    trimmed,
)
from contacts.access import Actor, readable_custom_fields
from contacts.fields import Field

Wire = dict[str, object]

# How a text looks: what is said where it does not.
WRONG = {"email": ADDRESS, "time_zone": SELECTED, "color": FORMAT}


def fields_of(actor: Actor, kind: str, contact_kind: str = "") -> list[Field]:
    """Return the fields that the actor reads, of one kind of contact where there are several."""
    fields = readable_custom_fields(actor, kind)
    return [each for each in fields if not each.applies_to or contact_kind in each.applies_to]


def to_wire(fields: list[Field], values: object) -> Wire:
    """Return every field with its value from the document's ``custom``; empty ones too."""
    stored = values if isinstance(values, Mapping) else {}
    return {
        custom_name(each.slug): _written(each, stored.get(str(each.custom_id))) for each in fields
    }


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
    actor: Actor, body: Body, before: Mapping[str, object] | None, kind: str, contact_kind: str = ""
) -> dict[str, object]:
    """Return the values by field key; fields that do not exist for the actor are ignored.

    What is sent as the record shows it stays: a number or a truth that is not there is shown as 0
    or false, a text without the blanks around it. Rejects what this protocol's types do not take.
    """
    sent, values = body.sent, dict[str, object]()
    stored = (before or {}).get("custom")
    present = stored if isinstance(stored, Mapping) else {}
    for field in fields_of(actor, kind, contact_kind):
        name = custom_name(field.slug)
        if name not in sent:
            continue
        value = sent[name]
        if before is not None and value == trimmed(_shown(field, present)):
            continue
        if not field.is_multiple:
            values[field.key] = _single(value)
            sentence = _wrong_with(field, value)
            if sentence:
                body.reject(name, sentence, label=str(field.label))
        elif value is not None:
            # Null leaves several values alone; an empty list clears them.
            values[field.key] = [_single(each) for each in _several(value) if each is not None]
    return values


def _shown(field: Field, present: Mapping[str, object]) -> object:
    return _written(field, present.get(str(field.custom_id)))


def _wrong_with(field: Field, value: object) -> str:
    """Return what this protocol has against a value that the domain may take, or ""."""
    if field.type.name == "decimal":
        return _wrong_with_number(value)
    if field.type.name != "text" or value is None:
        return ""
    if len(str(value)) > MOST_TEXT:
        return too_long()
    return "" if _looks_right(field.appearance, str(value)) else WRONG[field.appearance]


def _looks_right(appearance: str, value: str) -> bool:
    if appearance == "time_zone":
        return value in available_timezones()
    pattern = {"email": EMAIL, "color": COLOR}.get(appearance)
    return pattern is None or pattern.fullmatch(value) is not None


def _wrong_with_number(value: object) -> str:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return ""
    if not number.is_finite():
        return ""
    if number < 0:
        return "The {label} field must be at least 0."
    return PLACES if has_more_places(number) else ""


def _several(value: object) -> list[object]:
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return list(value) if isinstance(value, list) else [value]


def _single(value: object) -> object:
    """Return an option that came as an object as its id."""
    return value.get("id") if isinstance(value, Mapping) else value
