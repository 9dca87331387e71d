"""Custom fields as ``cf_<number>``, under the labels that administrators gave them."""

from collections.abc import Collection, Iterator
from typing import Any

from api.vtiger.mapping.choices import ChoiceField, SeveralField
from api.vtiger.mapping.field import WireField
from api.vtiger.mapping.plain import (
    DayField,
    FlagField,
    KeyField,
    MomentField,
    NumberField,
    TextField,
)
from contacts.access import Actor, readable_custom_fields
from contacts.fields import Field

# Type of the domain: how it is done here, and the further keywords of that.
TYPES: dict[str, tuple[type[KeyField], dict[str, Any]]] = {
    "text": (TextField, {}),
    "long_text": (TextField, {"type": "text"}),
    "link": (TextField, {"type": "url"}),
    "integer": (NumberField, {"unset": "0"}),
    "decimal": (NumberField, {"type": "double", "places": None}),
    "boolean": (FlagField, {}),
    "date": (DayField, {}),
    "datetime": (MomentField, {"is_editable": True}),
    "option": (ChoiceField, {}),
}


def custom_fields(
    actor: Actor, kind: str, contact_kinds: Collection[str] = ()
) -> Iterator[WireField]:
    """Yield the custom fields that the actor reads, of some kinds of contact."""
    for field in readable_custom_fields(actor, kind):
        is_of_others = contact_kinds and field.applies_to
        if is_of_others and field.applies_to.isdisjoint(contact_kinds):
            continue
        if field.type.name in TYPES:
            yield _custom(field)


def _custom(field: Field) -> WireField:
    made, more = TYPES[field.type.name]
    if field.is_multiple and field.choices:
        made, more = SeveralField, {}
    return made(
        name=f"cf_{field.custom_id}",
        label=str(field.label),
        key=field.key,
        kind=field.kind,
        path=("custom", str(field.custom_id)),
        is_mandatory=field.is_required,
        default=field.default,
        **more,
    )
