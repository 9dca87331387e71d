"""Find records that the domain stores, through its query language."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from api.civicrm.calls import Asked, Record
from api.civicrm.entity import Entity
from api.civicrm.errors import bad_sort
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import EVERYTHING, Order
from api.civicrm.grammar.trees import Joints, Tree, folded
from api.civicrm.mapping.conditions import NOTHING
from api.civicrm.mapping.fields import Document, Fields
from api.civicrm.mapping.options import OPPOSITES, choices_of, meets, sides_of
from api.civicrm.registry import entity_named
from api.civicrm.sources.joining import add_joined, split_joined
from contacts.access import Actor
from contacts.errors import UnknownFieldError
from contacts.query import (
    And,
    Condition,
    Not,
    Or,
    Query,
    SortKey,
    all_of,
    field_of,
    related,
    search,
    sorted_by,
    sorted_through,
)

Write = Callable[[Actor, Sequence[Document], Asked], list[Record]]


@dataclass(frozen=True, slots=True)
class RecordSource:
    """The records of one kind of the domain.

    ``write`` makes wire records of documents where the fields alone do not say how.
    """

    kind: str
    write: Write | None = None

    def find(self, actor: Actor, entity: Entity, asked: Asked) -> list[Record]:
        """Return one page of records; one statement for each kind of record that is joined."""
        own, joined = split_joined(asked.returned)
        found = search(actor, self.query(actor, entity, asked))
        write = self.write or (lambda *given: written(entity, *given))
        records = write(actor, found.documents, _reduced(asked, own))
        if joined:
            heads = _reduced(asked, tuple(joined))
            add_joined(actor, entity, records, write(actor, found.documents, heads), joined)
        return records

    def count(self, actor: Actor, entity: Entity, asked: Asked) -> int:
        """Return how many match."""
        question = Asked(asked.filters, asked.groups, limit=0, where=asked.where)
        query = self.query(actor, entity, question)
        return search(actor, query).total

    def query(self, actor: Actor, entity: Entity, asked: Asked) -> Query:
        """Return the domain's question."""
        fields = entity.by_name(actor)
        return Query(
            self.kind,
            self.conditions(actor, fields, asked),
            sort=self.order(actor, fields, asked.sort),
            offset=asked.offset,
            limit=asked.limit,
            archived=self.shelf(actor, asked),
            users=True,
            total=False,
        )

    def shelf(self, actor: Actor, asked: Asked) -> bool | None:
        """Return which records are looked through: the living, the archived, or all (None)."""
        return False

    def conditions(self, actor: Actor, fields: Fields, asked: Asked) -> Condition | None:
        """Return all filters as one condition; those of a group by OR, the rest by AND."""
        ready = [(each.name, self.condition(actor, fields, each)) for each in asked.filters]
        grouped = {name for group in asked.groups for name in group}
        parts = [part for name, part in ready if name not in grouped]
        parts.extend(Or(tuple(_together(ready, name) for name in each)) for each in asked.groups)
        if asked.where is not None:
            parts.append(self.nested(actor, fields, asked.where))
        return all_of(*parts)

    def nested(self, actor: Actor, fields: Fields, where: Tree) -> Condition:
        """Return what nested filters mean; one that says nothing is true of all."""

        def leaf(each: Filter) -> Condition:
            return self.nested_one(actor, fields, each) or And(())

        return folded(where, leaf, CONDITIONS)

    def nested_one(self, actor: Actor, fields: Fields, asked: Filter) -> Condition | None:
        """Return what one nested filter means, where that differs from a parameter."""
        return self.condition(actor, fields, asked)

    def condition(self, actor: Actor, fields: Fields, asked: Filter) -> Condition | None:
        """Return what one filter means; None where it says nothing."""
        field = fields.get(asked.name)
        if field is None:
            return self.joined(actor, fields, asked)
        if field.ask is not None:
            return field.ask(actor, field, asked)
        if not field.key:
            return None
        return field.format.condition(actor, self.kind, field, asked)

    def joined(self, actor: Actor, fields: Fields, asked: Filter) -> Condition | None:
        """Return what a filter on a field of another record means."""
        head, _, rest = asked.name.partition(".")
        field = fields.get(head)
        target = entity_named(field.target) if field and field.target else None
        if field is not None and field.list_name and target is None:
            return self._of_choice(actor, fields, asked)
        if field is None or target is None or not rest:
            return None
        inner = Filter(rest, asked.operator, asked.operand)
        pointing = field_of(actor, self.kind, field.key) if field.key and not field.ask else None
        # What is kept in rows of its own, as custom fields are, is asked for by ids.
        if isinstance(target.source, RecordSource) and pointing and pointing.column:
            found = target.source.condition(actor, target.by_name(actor), inner)
            if found is None:
                return None
            return related(actor, pointing, target.source.kind, found)
        rows = target.source.find(actor, target, Asked((inner,), limit=EVERYTHING))
        ids = [row["id"] for row in rows]
        return self.condition(actor, fields, Filter(head, "IN", ids)) if ids else NOTHING

    def _of_choice(self, actor: Actor, fields: Fields, asked: Filter) -> Condition | None:
        """Return what a filter on one side of a choice means, as in ``gender_id.label``."""
        head, _, side = asked.name.partition(".")
        is_negative = asked.operator in OPPOSITES
        positive = Filter(asked.name, OPPOSITES.get(asked.operator, asked.operator), asked.operand)
        numbers = [
            each.number
            for each in choices_of(fields[head].list_name)
            if meets(positive, sides_of(each).get(side))
        ]
        if numbers:
            # Of several choices none may be among those that are left out.
            chosen = Filter(head, "NOT IN" if is_negative else "IN", numbers)
            return self.condition(actor, fields, chosen)
        is_chosen = Filter(head, "IS NOT NULL", None)
        return self.condition(actor, fields, is_chosen) if is_negative else NOTHING

    def order(self, actor: Actor, fields: Fields, sort: Sequence[Order]) -> tuple[SortKey, ...]:
        """Return what to order by: by id where nothing is said; raises CiviApiError."""
        keys = tuple(self._sort_key(actor, fields, each) for each in sort)
        return keys or (sorted_by(actor, "id", kind=self.kind),)

    def _sort_key(self, actor: Actor, fields: Fields, order: Order) -> SortKey:
        head, _, rest = order.name.partition(".")
        field = fields.get(order.name) or fields.get(head)
        try:
            if field is None or not field.key:
                raise bad_sort(order.name)
            if order.name not in fields:
                return self._sort_joined(actor, field.key, field.target, rest, order)
            return sorted_by(actor, field.key, kind=self.kind, descending=order.descending)
        except UnknownFieldError:
            raise bad_sort(order.name) from None

    def _sort_joined(
        self, actor: Actor, key: str, target_name: str, rest: str, order: Order
    ) -> SortKey:
        target = entity_named(target_name) if target_name else None
        if target is None or not isinstance(target.source, RecordSource):
            raise bad_sort(order.name)
        wanted = target.by_name(actor).get(rest)
        if wanted is None or not wanted.key:
            raise bad_sort(order.name)
        pointing = field_of(actor, self.kind, key)
        return sorted_through(
            actor, pointing, target.source.kind, wanted.key, descending=order.descending
        )


CONDITIONS: Joints[Condition] = Joints(
    lambda parts: And(tuple(parts)), lambda parts: Or(tuple(parts)), Not
)


def _together(ready: Iterable[tuple[str, Condition | None]], name: str) -> Condition:
    """Return all conditions of one name: several operators of a field are one part of a group."""
    return And(tuple(part for other, part in ready if other == name and part is not None))


def _reduced(asked: Asked, own: Sequence[str] | None) -> Asked:
    return Asked(
        filters=asked.filters, returned=own, is_complete=asked.is_complete, limit=asked.limit
    )


def written(
    entity: Entity, actor: Actor, documents: Sequence[Document], asked: Asked
) -> list[Record]:
    """Return wire records as the fields say; empty values are left out unless all are wanted."""
    fields = entity.fields(actor)
    if asked.returned is not None:
        known = entity.by_name(actor)
        named = {known[name].name for name in asked.returned if name in known}
        if "custom" in asked.returned:
            named |= {each.name for each in fields if each.custom is not None}
        fields = [each for each in fields if each.name in named or each.name == "id"]
    elif not asked.is_complete:
        fields = [each for each in fields if each.is_default]
    shown = [each for each in fields if each.path and not each.is_filter_only]
    return [_record(shown, document, asked) for document in documents]


def _record(fields: Sequence[Any], document: Document, asked: Asked) -> Record:
    record: Record = {}
    for field in fields:
        value = field.format.written(document.get(field.path), field)
        if value != "" or asked.is_complete:
            record[field.shown_as] = value
    return record
