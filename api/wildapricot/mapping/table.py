"""The fields as they are now: the protocol's own, and those of this instance."""

from dataclasses import dataclass

from api.wildapricot.mapping.custom_fields import custom_field
from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.names import Names
from api.wildapricot.mapping.system_fields import AFTER_CUSTOM, BEFORE_CUSTOM, ONLY_ASKED
from contacts.access import Actor, may_read
from contacts.fields import catalogue, reference


# One is no other that says the same: what is prepared for it is found by it.
@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Fields in the order of the answers, and by every name."""

    fields: tuple[WireField, ...]
    names: Names


def table_for(actor: Actor) -> Table:
    """Return the fields that an actor may read."""
    whole = reference.kept("wire_fields", "catalogue", _read)
    known = catalogue("contact").by_key
    hidden = frozenset(field.key for field in known.values() if not may_read(actor, field))
    if not hidden:
        return whole
    parts: dict[frozenset[str], Table] = reference.kept("wire_fields_seen", "catalogue", dict)
    if hidden not in parts:
        seen = [each for each in whole.fields if hidden.isdisjoint(each.meaning.keys)]
        parts[hidden] = Table(tuple(seen), Names.of([*seen, *ONLY_ASKED]))
    return parts[hidden]


def _read() -> Table:
    known = catalogue("contact").by_key
    custom = [custom_field(field) for field in catalogue("contact").custom()]
    fields = [
        each
        for each in (*BEFORE_CUSTOM, *custom, *AFTER_CUSTOM)
        if set(each.meaning.keys) <= known.keys()
    ]
    return Table(tuple(fields), Names.of([*fields, *ONLY_ASKED]))
