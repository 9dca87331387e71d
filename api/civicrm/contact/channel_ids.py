"""Contacts by the id of their primary e-mail, phone or address."""

from api.civicrm.errors import bad_operator
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NEGATIVE, NOTHING
from api.civicrm.mapping.declaring import integer
from api.civicrm.mapping.fields import Ask, WireField
from api.civicrm.mapping.formats import whole
from contacts.access import Actor
from contacts.query import And, Condition, Not, Query, search, where


def channel_id(name: str, title: str, kind: str) -> WireField:
    """Return the field of the id of a primary channel."""
    ask = _of_channel(kind)
    return integer(name, title, path=f"{kind}.id", is_writable=False, ask=ask)


def _of_channel(kind: str) -> Ask:
    """Return a filter by the id of the primary e-mail, phone or address."""

    def ask(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
        if asked.operator not in ("=", "!=", "IN", "NOT IN"):
            raise bad_operator(asked.name)
        items = asked.operand if isinstance(asked.operand, list) else [asked.operand]
        ids = [whole(item, asked.name) for item in items]
        named = where(actor, "id", "in", ids, kind=kind)
        primary = where(actor, "is_primary", "eq", True, kind=kind)
        question = Query(kind, And((named, primary)), limit=len(ids), users=True, total=False)
        owners = [int(str(each["contact_id"])) for each in search(actor, question).documents]
        found = where(actor, "id", "in", owners) if owners else NOTHING
        return Not(found) if asked.operator in NEGATIVE else found

    return ask
