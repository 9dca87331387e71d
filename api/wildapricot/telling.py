"""Write a list of contacts down as this protocol asks for it: ``$filter`` and its neighbours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from api.base.examples import Step
from api.base.intentions import Intention, Told
from api.base.telling import ordered, say
from api.wildapricot.grammar import read_filter
from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.filters import condition_of
from api.wildapricot.mapping.meanings.truths import Archived
from api.wildapricot.mapping.table import Table, table_for
from contacts.access import Actor
from contacts.query import Condition, SortKey, all_of, where

OPERATORS = ("eq", "ne", "gt", "ge", "lt", "le")


@dataclass(frozen=True, slots=True)
class FilterWriter:
    """Writes parts of a ``$filter``."""

    actor: Actor
    table: Table

    def spellings(self, keys: frozenset[str], texts: Sequence[tuple[str, ...]]) -> Iterator[str]:
        """Yield comparisons with the fields that look at these keys."""
        for field in (each for each in self.table.fields if keys & _keys_of(each)):
            name = _quoted(field.name)
            yield from (f"{name} {operator} NULL" for operator in ("eq", "ne"))
            values = [_quoted(text) for text, *_more in texts]
            for operator in OPERATORS:
                yield from (f"{name} {operator} {value}" for value in values)
            for end in ("", " eq false"):
                yield from (f"substringof({name}, {value}){end}" for value in values)

    def read(self, text: str) -> Condition | None:
        """Return what a filter means."""
        return condition_of(self.actor, self.table, read_filter(text))

    def joined(self, word: str, texts: Sequence[str]) -> str:
        """Return the parts in brackets."""
        return "(" + f" {word.upper()} ".join(texts) + ")"


def _keys_of(field: WireField) -> frozenset[str]:
    if isinstance(field.meaning, Archived):
        return frozenset({"archived_at"})
    return frozenset(field.meaning.keys)


def told(actor: Actor, intention: Intention) -> Told:
    """Return the request for a list or a number; raises UnsayableError."""
    table, query = table_for(actor), intention.query
    asked = {"$async": "false"}
    said = say(all_of(query.condition, _shelf(actor, query.archived)), FilterWriter(actor, table))
    if said is not None and said.text is not None:
        asked["$filter"] = said.text
    asked |= {"simpleQuery": query.search} if query.search else {}
    remarks = said.remarks if said else ()
    if intention.verb == "count":
        asked["$count"] = "true"
    else:
        asked |= {"$top": str(query.limit), "$skip": str(query.offset)}
        asked |= _listed("$select", _shown(table, intention.fields))
        names, lacking = ordered(query.sort, lambda key: _order_name(table, key))
        words = (f"{_quoted(name)} {'desc' if down else 'asc'}" for name, down in names)
        asked |= _listed("$sort", words)
        remarks += lacking
    path = f"/v2.2/accounts/{settings.WILDAPRICOT_ACCOUNT_ID}/contacts"
    step = Step(path=path, query=asked, headers={"Accept": "application/json"})
    return Told([step], remarks)


def _shelf(actor: Actor, archived: bool | None) -> Condition | None:
    """Return the condition of the living or the archived: this protocol lists both."""
    if archived is None:
        return None
    return where(actor, "archived_at", "is_empty", not archived)


def _shown(table: Table, keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        field = _field_of(table, key)
        if field is not None:
            yield _quoted(field.name)


def _order_name(table: Table, key: SortKey) -> str | None:
    if key.field.key == "sort_name":
        return "DisplayName"
    field = _field_of(table, key.field.key)
    return field.name if field else None


def _field_of(table: Table, key: str) -> WireField | None:
    return next((each for each in table.fields if each.meaning.order == key), None)


def _listed(name: str, items: Iterable[str]) -> dict[str, str]:
    text = ",".join(items)
    return {name: text} if text else {}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
