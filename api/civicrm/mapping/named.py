"""Records of small tables as calls name them: by number, machine name or title."""

from collections.abc import Callable

from api.civicrm.errors import bad_option, shown
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NEGATIVE, each_operand
from api.civicrm.mapping.fields import Ask, WireField
from contacts.access import Actor
from contacts.fields import reference
from contacts.fields.text import fold
from contacts.query import Condition, Not, where


def id_in(table: reference.NamedTable, value: object, name: str) -> int:
    """Return the id of a record; a number may be that of none. Raises CiviApiError."""
    text = shown(value).strip()
    if text.isascii() and text.isdecimal() and len(text) < 19:
        return int(text)
    wanted = fold(text)
    for record in table.by_id.values():
        if wanted in (fold(record.name), fold(record.key)):
            return record.id
    raise bad_option(name, value)


def pointing_to(table: Callable[[], reference.NamedTable], kind: str, key: str) -> Ask:
    """Return the filter of a field that points into a table: by number, name or title."""

    def ask(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            # Such records always point somewhere.
            return None
        found = each_operand(asked, lambda item: id_in(table(), item, asked.name))
        ids = found if isinstance(found, list) else [found]
        positive = where(actor, key, "in", ids, kind=kind)
        return Not(positive) if asked.operator in NEGATIVE else positive

    return ask
