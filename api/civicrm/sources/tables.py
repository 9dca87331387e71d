"""Find records in small tables that are in memory: countries, option lists, the entities."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from typing import Any

from api.civicrm.calls import Asked, Record
from api.civicrm.entity import Entity
from api.civicrm.errors import bad_sort
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import EVERYTHING, Order
from api.civicrm.grammar.trees import TRUTHS, Tree, filters_in, folded
from api.civicrm.mapping import formats
from api.civicrm.mapping.conditions import each_operand
from api.civicrm.mapping.fields import Fields
from api.civicrm.mapping.formats import whole
from api.civicrm.mapping.options import find_choice, meets, ordered_by
from api.civicrm.registry import entity_named
from api.civicrm.sources.joining import add_joined, rows_by_id, split_joined
from contacts.access import Actor

Rows = Callable[[Actor], Iterable[Record]]
Test = Callable[[Record], bool]


@dataclass(frozen=True, slots=True)
class TableSource:
    """Records that a function returns; they are few, so everything is done in memory."""

    rows: Rows

    def find(self, actor: Actor, entity: Entity, asked: Asked) -> list[Record]:
        """Return the records that match, in order, with the fields that are asked for."""
        own, joined = split_joined(asked.returned)
        # What is equal in what the call orders by follows the ids, as all other records do.
        rows = sorted(self._matching(actor, entity, asked), key=_by_id)
        for order in reversed(asked.sort):
            rows = _sorted(actor, entity, rows, order)
        page = rows[asked.offset : asked.offset + asked.limit]
        records = [_shown(row, own, asked) for row in page]
        if joined:
            add_joined(actor, entity, records, page, joined)
        return records

    def count(self, actor: Actor, entity: Entity, asked: Asked) -> int:
        """Return how many match."""
        return len(self._matching(actor, entity, asked))

    def _matching(self, actor: Actor, entity: Entity, asked: Asked) -> list[Record]:
        fields = entity.by_name(actor)
        tests = [
            (each.name, _test(actor, fields, each))
            for each in asked.filters
            if each.name.partition(".")[0] in fields
        ]
        grouped = {name for group in asked.groups for name in group}

        nested = _nested(actor, fields, asked.where) if asked.where else _always

        def matches(row: Record) -> bool:
            alone = all(test(row) for name, test in tests if name not in grouped)
            return (
                alone
                and nested(row)
                and all(
                    any(all(test(row) for other, test in tests if other == name) for name in group)
                    for group in asked.groups
                )
            )

        return [row for row in self.rows(actor) if matches(row)]


def _by_id(row: Record) -> tuple[int, float, str]:
    return ordered_by(row.get("id", ""))


def _always(_row: Record) -> bool:
    return True


def _nested(actor: Actor, fields: Fields, where: Tree) -> Test:
    tests = {id(each): _test(actor, fields, each) for each in filters_in(where)}
    return lambda row: folded(where, lambda each: tests[id(each)](row), TRUTHS)


def _test(actor: Actor, fields: Fields, asked: Filter) -> Callable[[Record], bool]:
    head, _, rest = asked.name.partition(".")
    field = fields[head]
    if rest:
        target = entity_named(field.target) if field.target else None
        inner = Filter(rest, asked.operator, asked.operand)
        question = Asked((inner,), limit=EVERYTHING, returned=("id",))
        found = target.source.find(actor, target, question) if target else []
        ids = {str(row["id"]) for row in found}
        return lambda row: str(row.get(head, "")) in ids
    if field.name == "id" and field.format is formats.INTEGER and asked.operand is not None:
        asked = replace(asked, operand=each_operand(asked, lambda item: whole(item, "id")))
    if isinstance(field.format, formats.YesNo):
        asked = replace(asked, operand=each_operand(asked, _numbered))
    elif field.format.names_records and asked.operand is not None:
        read = partial(field.format.compared, field=field, actor=actor)
        asked = replace(asked, operand=each_operand(asked, read))
    if field.list_name:
        asked = Filter(asked.name, asked.operator, _numbers(field.list_name, asked.operand))
    return lambda row: meets(asked, row.get(field.name))


def _numbered(truth: object) -> object:
    """Return the number that the rows hold for a truth; version 4 says true and false."""
    words = {"true": 1, "false": 0}
    return words.get(str(truth).lower(), truth)


def _numbers(list_name: str, operand: Any) -> Any:  # noqa: ANN401 -- a value of the client's JSON
    """Return choices named by their labels as the numbers that the rows hold."""
    if isinstance(operand, list):
        return [_numbers(list_name, item) for item in operand]
    choice = find_choice(list_name, operand)
    return choice.number if choice else operand


def _sorted(actor: Actor, entity: Entity, rows: list[Record], order: Order) -> list[Record]:
    fields = entity.by_name(actor)
    head, _, rest = order.name.partition(".")
    if head not in fields:
        raise bad_sort(order.name)
    name = fields[head].name
    if rest:
        target = entity_named(fields[head].target) if fields[head].target else None
        if target is None:
            raise bad_sort(order.name)
        ids = [str(row.get(name, "")) for row in rows]
        joined = rows_by_id(actor, target, ids, (rest,))
        keys = [ordered_by(joined.get(row_id, {}).get(rest, "")) for row_id in ids]
    else:
        keys = [ordered_by(row.get(name, "")) for row in rows]
    pairs = sorted(zip(keys, rows, strict=True), key=itemgetter(0), reverse=order.descending)
    return [row for _key, row in pairs]


def _shown(row: Record, names: Sequence[str] | None, asked: Asked) -> Record:
    shown = row if asked.is_complete else {k: v for k, v in row.items() if v != ""}
    if names is None:
        return dict(shown)
    return {name: value for name, value in shown.items() if name in names or name == "id"}
