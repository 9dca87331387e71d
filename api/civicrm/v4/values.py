"""Values of version 4 have types: numbers, truths, null, lists; version 3 has texts."""

from typing import Any

from api.civicrm.mapping import formats
from api.civicrm.mapping.fields import WireField

Value = Any  # JSON


def typed(value: Value, field: WireField | None) -> Value:
    """Return a value of version 3 as version 4 writes it."""
    if isinstance(value, list):
        return [typed(item, field) for item in value]
    if isinstance(value, str) and field and field.is_joined:
        return value.split(",") if value else None
    if isinstance(value, str):
        return None if value == "" else _of_text(value, field)
    return value


def _of_text(text: str, field: WireField | None) -> Value:
    form = field.format if field else None
    if is_truth(field):
        return text in ("1", "true")
    if isinstance(form, formats.Number):
        return float(text)
    is_number = isinstance(form, formats.Integer) or bool(
        field and (field.list_name or field.target)
    )
    return int(text) if is_number and text.removeprefix("-").isdecimal() else text


def is_truth(field: WireField | None) -> bool:
    """Say whether a field holds a truth; yes and no with names of their own are choices."""
    return bool(field and isinstance(field.format, formats.YesNo) and not field.offers)


def untyped(value: Value) -> Value:
    """Return a value of version 4 as the actions of version 3 take it; null clears."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    return value
