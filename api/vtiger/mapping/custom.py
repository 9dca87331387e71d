"""Custom fields as ``cf_<number>``, under the labels that administrators gave them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.choices import SEVERAL, ChoiceField, SeveralField
from api.vtiger.mapping.field import Document, Draft, Look, WireField
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
from contacts.query import And, Condition, Not

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


@dataclass(frozen=True, kw_only=True)
class ListField(KeyField):
    """Several values that come from no list, joined; ``one`` shows, reads and compares each."""

    one: KeyField

    def shown(self, document: Document, look: Look) -> str:
        """Return what each of the values shows."""
        value = self.value(document)
        items = value if isinstance(value, list) else [] if value is None else [value]
        return SEVERAL.join(self.one.shown({self.key: item}, look) for item in items)

    def put(self, text: str, draft: Draft) -> None:
        """Read each value; of texts around the mark that joins them, blank ones are none."""
        parts = [part.strip() for part in text.split(SEVERAL.strip())]
        draft.values[self.key] = [self._read(part, draft) for part in parts if part]

    def _read(self, text: str, draft: Draft) -> object:
        single = Draft(draft.actor)
        self.one.put(text, single)
        return single.values[self.key]

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Ask whether one of the values is such; of values joined, whether each is there."""
        parts = [part.strip() for part in comparison.value.split(SEVERAL.strip())]
        if len(parts) < 2 or comparison.operator not in ("=", "!="):
            return self.one.condition(actor, comparison)
        same = (Comparison(comparison.name, "=", (part,)) for part in parts)
        each = And(tuple(self.one.condition(actor, single) for single in same))
        return each if comparison.operator == "=" else Not(each)


def _custom(field: Field) -> WireField:
    made, more = TYPES[field.type.name]
    common: dict[str, Any] = {
        "name": f"cf_{field.custom_id}",
        "label": str(field.label),
        "key": field.key,
        "kind": field.kind,
        "is_mandatory": field.is_required,
        "default": field.default,
    }
    path = ("custom", str(field.custom_id))
    if field.is_multiple and field.choices:
        return SeveralField(path=path, **common)
    if field.is_multiple:
        one = made(**common, **more)
        # Several numbers or days are no number and no day.
        kind = one.type if one.type in ("text", "url") else "string"
        return ListField(path=path, one=one, type=kind, **common)
    return made(path=path, **common, **more)
