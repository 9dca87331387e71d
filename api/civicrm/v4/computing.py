"""Read records by joins, groups, functions and expressions: what the lists cannot say.

The records come from the lists, one question for each entity; the rest is worked out in memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.contact.ages import AGES, NEXT_BIRTHDAY
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import EVERYTHING
from api.civicrm.grammar.trees import Node, Tree, filters_in
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.options import ordered_by
from api.civicrm.preparing import contact_fields
from api.civicrm.v4 import reading
from api.civicrm.v4.dating import dated, read_by
from api.civicrm.v4.expressions import Column, Expression, column_of, expression_of
from api.civicrm.v4.joining import MAX_ROWS, joins_of, too_many
from api.civicrm.v4.matching import meets_all
from api.civicrm.v4.naming import Naming, invalid_field
from api.civicrm.v4.reading import Found, orders_of, whole
from api.civicrm.v4.where import MATCHING, tree_of
from contacts.access import Actor

Params = Mapping[str, Any]  # JSON
Group = tuple[Record, Sequence[Record]]  # a row of the answer with the rows it was made of


def get(entity: Entity, params: Params, actor: Actor) -> Found:
    """Return the records that match; raises CiviApiError."""
    tree = tree_of(params.get("where") or [], contact_fields(entity, actor), actor)
    if not _is_computed(params, tree):
        return reading.get(entity, params, actor)
    return _Reading(entity, params, actor, tree).found()


def _is_computed(params: Params, tree: Tree) -> bool:
    select = params.get("select")
    has_functions = isinstance(select, list) and any("(" in str(each) for each in select)
    asks = any(params.get(name) for name in ("join", "groupBy", "having"))
    order = params.get("orderBy")
    by_hand = isinstance(order, Mapping) and any(map(_is_ordered_here, order))
    return asks or has_functions or by_hand or any(map(_is_worked_out, filters_in(tree)))


def _is_ordered_here(name: str) -> bool:
    """Say whether no list orders by a name.

    They order choices by their numbers, not by what they are called, and know of what hangs on a
    contact only what is primary.
    """
    head, _dot, last = name.partition(".")
    is_beside = head.endswith("_billing") or head == "im_primary"
    return ":" in name or "(" in name or is_beside or bool({head, last} & _COUNTED)


def _is_worked_out(asked: Filter) -> bool:
    is_compared = isinstance(asked.operand, Expression) or asked.name == NEXT_BIRTHDAY.name
    return is_compared or asked.operator in MATCHING or "(" in asked.name


# No list orders by them: they are worked out from the birthday.
_COUNTED = {each.name for each in AGES}


def _expressions_in(node: Tree) -> Iterator[Expression]:
    """Yield what conditions read: on their left and, of expressions, on their right."""
    for each in filters_in(node):
        yield expression_of(each.name)
        if isinstance(each.operand, Expression):
            yield each.operand


@dataclass(frozen=True, slots=True)
class _Where:
    """What the list of the entity answers, and what is looked at afterwards."""

    first: list[Any]
    later: Tree


class _Reading:
    """One call: what it asks for, read once, and the rows on their way to the answer."""

    def __init__(self, entity: Entity, params: Params, actor: Actor, tree: Tree) -> None:
        self.entity, self.params, self.actor = entity, params, actor
        self.naming = Naming(entity, actor)
        self.joins = joins_of(params.get("join"), self.naming)
        self.columns, self.counts = self._columns(params.get("select"))
        self.is_total = any(each.expression.is_total for each in self.columns)
        self.groups = [expression_of(each) for each in _names(params, "groupBy")]
        having = tree_of(params.get("having") or [], frozenset(), actor)
        self.having = dated(having, self._field_of, actor)
        self.order = self._order(params.get("orderBy"))
        self.where = self._split(params.get("where") or [], tree)
        self._require_known()

    def found(self) -> Found:
        rows = self._rows()
        groups = [group for group in self._grouped(rows) if self._is_kept(group)]
        for expression, descending in reversed(self.order):
            groups.sort(key=lambda group: self._place(group, expression), reverse=descending)
        start = whole(self.params.get("offset"), "offset")
        end = start + (whole(self.params.get("limit"), "limit") or EVERYTHING)
        # Who asks for nothing but the number is shown no records.
        is_counting = self.params.get("select") == ["row_count"]
        page = [] if is_counting else [shown for shown, _rows in groups[start:end]]
        return Found(page, len(groups) if self.counts else None)

    def _is_kept(self, group: Group) -> bool:
        """Say whether a row meets ``having``, which may name what is not shown."""
        shown, rows = group
        return meets_all(self.having, {**(rows[0] if rows else {}), **shown})

    def _field_of(self, name: str) -> WireField | None:
        """Return the field whose values stand under a name, or what a function makes of some."""
        column = next((each for each in self.columns if each.name == name), None)
        return read_by(column.expression if column else expression_of(name), self._own_field)

    def _own_field(self, name: str) -> WireField | None:
        alias, _dot, rest = name.partition(".")
        join = next((each for each in self.joins if each.alias == alias), None)
        naming, own = (Naming(join.entity, self.actor), rest) if join else (self.naming, name)
        return naming.field_of(naming.named(own)) if naming.has(own) else None

    def _rows(self) -> list[Record]:
        names = self._needed()
        own = [name for name in names if not self._is_joined(name)]
        asked = {"select": ["id", *own], "where": self.where.first, "limit": MAX_ROWS + 1}
        rows = reading.get(self.entity, asked, self.actor).records
        if len(rows) > MAX_ROWS:
            raise too_many()
        for join in self.joins:
            rows = rows if join.is_beyond else join.applied(rows, names, self.actor)
        later = self.where.later
        return [row for row in rows if meets_all(later, row)]

    def _needed(self) -> list[str]:
        """Return the names of all fields that any part of the call reads."""

        def names() -> Iterator[str]:
            for expression in (*(each.expression for each in self.columns), *self.groups):
                yield from expression.names()
            for expression, _descending in self.order:
                yield from expression.names()
            for node in (self.where.later, self.having, *(join.rest for join in self.joins)):
                for expression in _expressions_in(node):
                    yield from expression.names()
            for join in self.joins:
                yield from (left for left, _right in join.pairs)

        shown = {column.name for column in self.columns}
        return sorted(set(names()) - (shown - self._readable(shown)))

    def _require_known(self) -> None:
        """Raise CiviApiError for a name in the order, the groups or the conditions that is none."""
        shown = {column.name for column in self.columns}
        asked = [*self.groups, *(expression for expression, _descending in self.order)]
        asked += [*_expressions_in(self.where.later), *_expressions_in(self.having)]
        for name in (name for each in asked for name in each.names()):
            if name not in shown and not self._is_known(name):
                raise invalid_field(name)

    def _is_known(self, name: str) -> bool:
        alias, _dot, rest = name.partition(".")
        join = next((each for each in self.joins if each.alias == alias), None)
        return Naming(join.entity, self.actor).has(rest) if join else self.naming.has(name)

    def _readable(self, names: "set[str]") -> set[str]:
        return {name for name in names if self._is_joined(name) or self.naming.has(name)}

    def _is_joined(self, name: str) -> bool:
        return any(name.startswith(f"{join.alias}.") for join in self.joins)

    def _columns(self, select: object) -> tuple[list[Column], bool]:
        if select in (None, "", []):
            select = ["*"]
        if not isinstance(select, list) or not all(isinstance(each, str) for each in select):
            raise CiviApiError('Parameter "select" must be a list of names.', 0)
        found: list[Column] = []
        for each in select:
            if "*" in each and "(" not in each:
                found += [Column(name, Expression(name=name)) for name in self._all_of(each)]
            elif each != "row_count":
                found.append(column_of(each))
        # What reads a name that is no field is left out, as the original does.
        known = [each for each in found if all(map(self._is_known, each.expression.names()))]
        return known, "row_count" in select

    def _all_of(self, pattern: str) -> list[str]:
        """Return the names that a star stands for: of the entity, or of one that is joined."""
        alias, _dot, rest = pattern.partition(".")
        join = next((each for each in self.joins if each.alias == alias), None)
        if join is None:
            return self.naming.matching(pattern)
        return [f"{alias}.{name}" for name in Naming(join.entity, self.actor).matching(rest)]

    def _order(self, given: object) -> list[tuple[Expression, bool]]:
        return [(expression_of(name), way) for name, way in orders_of(given)]

    def _split(self, where: Any, tree: Tree) -> _Where:  # noqa: ANN401 -- JSON
        first, later = [], []
        for written, part in zip(where, tree.parts, strict=True):
            if self._is_for_list(part):
                first.append(written)
            else:
                later.append(part)
        return _Where(first, dated(Tree("AND", tuple(later)), self._field_of, self.actor))

    def _is_for_list(self, part: Node) -> bool:
        return not any(
            _is_worked_out(each) or self._is_joined(each.name) for each in filters_in(part)
        )

    def _grouped(self, rows: Sequence[Record]) -> list[Group]:
        groups: dict[tuple[Any, ...], list[Record]] = {}
        if self.groups:
            for row in rows:
                key = tuple(ordered_by(each.value([row])) for each in self.groups)
                groups.setdefault(key, []).append(row)
        elif self.is_total:
            groups[()] = list(rows)
        else:
            groups = {(place,): [row] for place, row in enumerate(rows)}
        return [(self._shown(group), group) for group in groups.values()]

    def _shown(self, rows: Sequence[Record]) -> Record:
        is_record = not self.groups and not self.is_total
        shown: Record = {"id": rows[0]["id"]} if is_record else {}
        return shown | {each.name: each.expression.value(rows) for each in self.columns}

    def _place(self, group: Group, expression: Expression) -> Any:  # noqa: ANN401 -- anything that can be ordered
        shown, rows = group
        value = shown[expression.name] if expression.name in shown else expression.value(rows)
        # Nothing comes first, as in the original's database.
        return (-1, 0.0, "") if value is None else ordered_by(_flat(value))


def _flat(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


def _names(params: Params, name: str) -> list[str]:
    given = params.get(name) or []
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise CiviApiError(f'Parameter "{name}" must be a list of names.', 0)
    return given
