"""Write a list of contacts down as a call of this protocol."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from api.base.intentions import Intention, Told, UnsayableError
from api.base.telling import ordered, say
from api.civicrm.calls import Asked
from api.civicrm.contact.fields import contact_fields
from api.civicrm.contact.source import SOURCE
from api.civicrm.exploring.requests import request_of
from api.civicrm.grammar.filters import OPERATORS, SEVERAL, WITHOUT_OPERAND, filters_of
from api.civicrm.mapping.fields import Fields, WireField, fields_by_name
from contacts.access import Actor
from contacts.query import MAX_OFFSET, Condition, SortKey

# First the ones that people write.
_USUAL = ("=", "!=", "IN", "LIKE")
_OPERATORS = (*_USUAL, *sorted(OPERATORS.difference(_USUAL, {"<>"})))
_SHELVES: Mapping[bool | None, dict[str, Any]] = {
    False: {},
    True: {"is_deleted": 1},
    None: {"showAll": "all"},
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters that all hold, but for the groups of which one is enough."""

    params: Mapping[str, Any]  # JSON
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FilterWriter:
    """Writes filters by the names of their fields."""

    actor: Actor
    fields: Fields

    def spellings(
        self, keys: frozenset[str], texts: Sequence[tuple[str, ...]]
    ) -> Iterator[Filters]:
        """Yield filters on these keys."""
        for field in _each(self.fields):
            if not keys & {field.key, field.path}:
                continue
            spelt = [tuple(each) for text in texts for each in _spelt(field, text)]
            for operator in _OPERATORS:
                if operator in WITHOUT_OPERAND:
                    yield Filters({field.name: {operator: 1}})
                elif operator in SEVERAL:
                    yield from (Filters({field.name: {operator: list(each)}}) for each in spelt)
                elif operator == "=":
                    yield from (Filters({field.name: each[0]}) for each in spelt)
                else:
                    yield from (Filters({field.name: {operator: each[0]}}) for each in spelt)

    def read(self, text: Filters) -> Condition | None:
        """Return what the filters mean."""
        found = [each for name, value in text.params.items() for each in filters_of(name, value)]
        return SOURCE.conditions(self.actor, self.fields, Asked(found, text.groups))

    def joined(self, word: str, texts: Sequence[Filters]) -> Filters:
        """Return the filters in one call; raises UnsayableError."""
        params: dict[str, Any] = {}
        for each in texts:
            for name, value in each.params.items():
                params[name] = _both(params[name], value, word) if name in params else value
        groups = tuple(group for each in texts for group in each.groups)
        if word == "and":
            return Filters(params, groups)
        if groups or any(len(each.params) != 1 for each in texts):
            raise UnsayableError(_("Its groups of “or” are not nested."))
        return Filters(params, (tuple(params),))


def _spelt(field: WireField, text: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield texts as they are, and as answers write the values that they are of."""
    yield text
    stored = [int(each) if each.isdecimal() else each for each in text]
    written = [str(field.format.written(each, field)) for each in stored]
    if all(written) and tuple(written) != text:
        yield tuple(written)


def _both(first: object, second: object, word: str) -> Mapping[str, Any]:
    """Return two filters on one field as one with two operators."""
    maps = [each if isinstance(each, Mapping) else {"=": each} for each in (first, second)]
    if word == "or" or maps[0].keys() & maps[1].keys():
        raise UnsayableError(_("It asks one question of a kind about a field, not two."))
    return {**maps[0], **maps[1]}


def told(actor: Actor, intention: Intention) -> Told:
    """Return the request of the call; raises UnsayableError."""
    query, fields = intention.query, fields_by_name(contact_fields(actor))
    said = say(query.condition, FilterWriter(actor, fields))
    params: dict[str, Any] = {"sequential": 1, **_SHELVES[query.archived]}
    if said is not None and said.text is not None:
        params |= said.text.params
    names, lacking = ordered(query.sort, lambda key: _order_name(fields, key))
    options: dict[str, Any] = {"limit": 0 if query.limit >= MAX_OFFSET else query.limit}
    if query.offset:
        options["offset"] = query.offset
    if names:
        options["sort"] = ", ".join(f"{name} DESC" if down else name for name, down in names)
    if said is not None and said.text is not None and said.text.groups:
        options["or"] = [list(group) for group in said.text.groups]
    shown = [each.name for key in intention.fields for each in _of_key(fields, key)]
    params |= {"return": ",".join(shown)} if shown else {}
    action = "getcount" if intention.verb == "count" else "get"
    step = request_of("Contact", action, {**params, "options": options})
    remarks = said.remarks if said else ()
    if not query.users:
        remarks = (*remarks, _("Among them: the contacts that users have of their own."))
    return Told([step], (*remarks, *lacking))


def _order_name(fields: Fields, key: SortKey) -> str | None:
    return next((each.name for each in _of_key(fields, key.field.key)), None)


def _of_key(fields: Fields, key: str) -> Iterator[WireField]:
    return (each for each in _each(fields) if each.key == key)


def _each(fields: Fields) -> Iterable[WireField]:
    """Return every field once, whatever its names."""
    return {each.name: each for each in fields.values()}.values()
