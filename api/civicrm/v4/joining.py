"""Read ``join`` and put the records of other entities beside those of a call.

join      = "[" entity [ "AS" alias ] "," side [ "," bridge ] { "," condition } "]"
side      = "LEFT" | "INNER" | "EXCLUDE" | true (INNER) | false (LEFT)

What is compared with is the name of a field, or a constant: a number, a truth, text in quotes, or
text that names no field. Without a condition that ties both, the field that points from one to the
other does.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError
from api.civicrm.grammar.names import camel
from api.civicrm.grammar.trees import Tree
from api.civicrm.mapping.fields import WireField
from api.civicrm.registry import entity_named
from api.civicrm.v4.dating import dated
from api.civicrm.v4.matching import meets_all
from api.civicrm.v4.naming import Naming
from api.civicrm.v4.reading import get
from api.civicrm.v4.where import tree_of
from contacts.access import Actor

Json = Any

MAX_JOINS = 6
# Most rows that a call with joins or groups may read, and most that it may make of them.
MAX_ROWS = 50_000
_SIDES = {"LEFT": "LEFT", "INNER": "INNER", "EXCLUDE": "EXCLUDE", "TRUE": "INNER", "FALSE": "LEFT"}
_TARGET = re.compile(r"(\w+)(?:\s+AS\s+(.*))?", re.IGNORECASE | re.DOTALL)
_ALIAS = re.compile(r"[-\w]{1,256}", re.ASCII)
# What the original calls the records of the call itself.
_OWN = "a"


@dataclass(frozen=True, slots=True)
class Join:
    """One join: ``pairs`` are the names that have to be the same, left and right of it.

    ``beyond`` is what has to be beside each of its records in turn: it has no rows without. That
    one ``is_beyond`` and is not applied by itself.
    """

    entity: Entity
    alias: str
    side: str
    pairs: tuple[tuple[str, str], ...]
    rest: Tree
    beyond: "Join | None" = None
    is_beyond: bool = False

    def applied(self, rows: Sequence[Record], names: Iterable[str], actor: Actor) -> list[Record]:
        """Return the rows with what is beside each of them."""
        names = list(names)
        own = self._own(names)
        for name in own:
            Naming(self.entity, actor).named(name)
        found: dict[tuple[str, ...], list[Record]] = {}
        beside = self._matching(rows, own, actor)
        for each in self.beyond.applied(beside, names, actor) if self.beyond else beside:
            key = tuple(_key(each.get(f"{self.alias}.{right}")) for _left, right in self.pairs)
            found.setdefault(key, []).append(each)
        nothing: Record = {f"{self.alias}.{name}": None for name in own}
        joined: list[Record] = []
        for row in rows:
            key = tuple(_key(row.get(left)) for left, _right in self.pairs)
            together = ({**row, **each} for each in found.get(key, ()))
            fitting = [each for each in together if meets_all(self.rest, each)]
            if self.side == "EXCLUDE" or (self.side == "LEFT" and not fitting):
                fitting = [] if fitting else [{**row, **nothing}]
            joined += fitting
            if len(joined) > MAX_ROWS:
                raise too_many()
        return joined

    def _own(self, names: Iterable[str]) -> list[str]:
        """Return the names of its own fields among those that are read; raises CiviApiError."""
        start = f"{self.alias}."
        wanted = {name.removeprefix(start) for name in names if name.startswith(start)}
        return sorted({"id", *wanted, *(right for _left, right in self.pairs)})

    def _matching(self, rows: Sequence[Record], names: Sequence[str], actor: Actor) -> list[Record]:
        """Return the records that may be beside the rows, under the names of the join."""
        where: list[Json] = []
        for left, right in self.pairs:
            wanted = {_key(row.get(left)): row.get(left) for row in rows}
            where.append([right, "IN", [each for each in wanted.values() if each is not None]])
        if not all(each[2] for each in where):
            return []
        asked = {"select": list(names), "where": where, "limit": MAX_ROWS + 1}
        records = get(self.entity, asked, actor).records
        if len(records) > MAX_ROWS:
            raise too_many()
        return [{f"{self.alias}.{name}": each[name] for name in each} for each in records]


def _key(value: Json) -> str:
    return "" if value is None else str(value).casefold()


def too_many() -> CiviApiError:
    """Return the error for a call that would have to look at more than is allowed."""
    return CiviApiError(f"The call looks at more than {MAX_ROWS} records; narrow it by where.", 0)


def joins_of(given: Json, naming: Naming) -> list[Join]:
    """Return the joins of a call in order; raises CiviApiError."""
    if not given:
        return []
    if not isinstance(given, list) or len(given) > MAX_JOINS:
        raise CiviApiError(f'Parameter "join" must be a list of at most {MAX_JOINS} joins.', 0)
    known: dict[str, Naming] = {"": naming}
    found: list[Join] = []
    for each in given:
        for join in _joins(each, known):
            known[join.alias] = Naming(join.entity, naming.actor)
            found.append(join)
    return found


def _joins(given: Json, known: Mapping[str, Naming]) -> list[Join]:
    if not isinstance(given, list) or not given or not isinstance(given[0], str):
        raise CiviApiError("A join is a list of entity, side and conditions.", 0)
    entity, alias = _target(given[0], known)
    side = _SIDES.get(str(given[1] if len(given) > 1 else "LEFT").upper())
    if side is None:
        raise CiviApiError(f"Illegal value for join side: '{str(given[1])[:255]}'.", 0)
    rest = [each for each in given[2:] if each not in (None, [], "")]
    actor = known[""].actor
    if rest and isinstance(rest[0], str):
        return _bridged(entity, alias, side, rest, known)
    return [_join(entity, alias, side, rest, {**known, alias: Naming(entity, actor)})]


def _target(written: str, known: Mapping[str, Naming]) -> tuple[Entity, str]:
    named = _TARGET.fullmatch(written.strip())
    entity = entity_named(named[1]) if named else None
    alias = (named[2] or named[1].lower()) if named else ""
    if entity is None:
        asked = camel(named[1] if named else written)[:255]
        raise CiviApiError(f"API ({asked}, get) does not exist.", 0)
    if alias == _OWN or alias in known or not _ALIAS.fullmatch(alias):
        raise CiviApiError(f'Illegal join alias: "{alias[:300]}"', 0)
    return entity, alias


def _bridged(
    entity: Entity, alias: str, side: str, rest: list[Json], known: Mapping[str, Naming]
) -> list[Join]:
    """Return a join through an entity between, and that of what is beyond it."""
    bridge, actor = entity_named(rest[0]), known[""].actor
    between = f"{alias}_via"
    if bridge is None or between in known:
        raise CiviApiError(f"Illegal bridge for join of {alias}", 0)
    naming = Naming(bridge, actor)
    own = Naming(entity, actor)
    conditions = [_moved(each, alias, between, own, naming) for each in rest[1:]]
    # Conditions on what is beyond wait for it.
    later = [each for each in conditions if _mentions(each, f"{alias}.")]
    first = [each for each in conditions if each not in later]
    inner = {**known, between: naming, alias: own}
    usual = _usual(naming, own, alias, between)
    beyond = _join(entity, alias, "INNER", later, inner, usual)
    through = _join(bridge, between, side, first, {**known, between: naming})
    return [replace(through, beyond=beyond), beyond]


def _mentions(condition: Json, start: str) -> bool:
    if isinstance(condition, list):
        return any(_mentions(each, start) for each in condition)
    return isinstance(condition, str) and condition.startswith(start)


def _moved(condition: Json, alias: str, between: str, own: Naming, bridge: Naming) -> Json:
    """Return a condition in which fields that only the entity between has are its own."""
    if isinstance(condition, list):
        return [_moved(each, alias, between, own, bridge) for each in condition]
    if isinstance(condition, str) and condition.startswith(f"{alias}."):
        name = condition.removeprefix(f"{alias}.")
        if bridge.has(name) and not _is_shown(own, name):
            return f"{between}.{name}"
    return condition


def _is_shown(naming: Naming, name: str) -> bool:
    """Say whether records have a field: what is only a filter is no field to compare with."""
    field = naming.field_of(naming.named(name)) if naming.has(name) else None
    return field is not None and not field.is_filter_only


def _join(
    entity: Entity,
    alias: str,
    side: str,
    conditions: list[Json],
    known: Mapping[str, Naming],
    usual: tuple[str, str] | None = None,
) -> Join:
    """Return a join; one that says by which fields it is ``usual`` is beyond another."""
    pairs: list[tuple[str, str]] = [usual] if usual else []
    rest: list[Json] = []
    for each in conditions:
        pair = None if usual else _pair(each, alias, known)
        if pair:
            pairs.append(pair)
        else:
            rest.append(_plain(each, known))
    if not pairs:
        pairs = [_usual(known[""], known[alias], alias)]
    actor = known[alias].actor
    tree = dated(tree_of(rest, frozenset(), actor), partial(_field, known), actor)
    return Join(entity, alias, side, tuple(pairs), tree, is_beyond=usual is not None)


def _pair(condition: Json, alias: str, known: Mapping[str, Naming]) -> tuple[str, str] | None:
    """Return the two names that a condition says are the same, that of the alias last."""
    if not isinstance(condition, list) or len(condition) != 3 or condition[1] != "=":
        return None
    first, second = condition[0], condition[2]
    if not (_is_field(first, known) and _is_field(second, known)):
        return None
    start = f"{alias}."
    if first.startswith(start) == second.startswith(start):
        return None
    if first.startswith(start):
        first, second = second, first
    return first, second.removeprefix(start)


def _field(known: Mapping[str, Naming], name: str) -> WireField | None:
    head, _dot, rest = name.partition(".")
    naming, own = (known[head], rest) if head in known and rest else (known.get(""), name)
    return naming.field_of(naming.named(own)) if naming and naming.has(own) else None


def _is_field(value: Json, known: Mapping[str, Naming]) -> bool:
    if not isinstance(value, str):
        return False
    head, _dot, rest = value.partition(".")
    if head in known and rest:
        return known[head].has(rest)
    return "" in known and known[""].has(value)


def _plain(condition: Json, known: Mapping[str, Naming]) -> Json:
    """Return a condition whose text in quotes is the text."""
    if not isinstance(condition, list):
        raise CiviApiError("A condition of a join is a list of field, operator and value.", 0)
    if len(condition) == 2 and isinstance(condition[1], list):
        return [condition[0], [_plain(each, known) for each in condition[1]]]
    if condition and not _is_field(condition[0], known):
        raise CiviApiError(f"Invalid field '{str(condition[0])[:255]}'", 0)
    if len(condition) > 2:
        return [*condition[:2], _unquoted(condition[2])]
    return condition


def _unquoted(value: Json) -> Json:
    if isinstance(value, list):
        return [_unquoted(each) for each in value]
    if isinstance(value, str) and len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _usual(left: Naming, right: Naming, alias: str, beside: str = "") -> tuple[str, str]:
    """Return the names by which records of two entities belong together."""
    start = f"{beside}." if beside else ""
    pointing = right.pointing_to(left.entity)
    if pointing:
        return f"{start}id", pointing
    pointing = left.pointing_to(right.entity)
    if pointing:
        return f"{start}{pointing}", "id"
    raise CiviApiError(f"Unable to join {right.entity.name} as {alias}: say by which fields.", 0)
