"""Compile a condition into one ORM condition.

The storage of a field answers the positive operators; here they are put together. A child row is
asked for in one of two shapes: as a set of ids ("which records match", the database starts at the
filter's index) or row by row ("does this record match", for a walk in sort order). What the actor
does not see is nowhere pointed to.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connections, router
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.expressions import Col
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
)
from django.db.models.sql.where import WhereNode

from contacts.access import Actor
from contacts.fields import Comparison, Field
from contacts.fields.field import Rows
from contacts.fields.storage import Column, Flags, Keys, SeenColumn, WholeNames
from contacts.fields.storage.lookups import Compared, Like, PerRow
from contacts.models import Contact, ContactKey
from contacts.query.breadth import may_be_many, may_be_most
from contacts.query.checking import NOTHING, Checked, denied, few_fit, whole
from contacts.query.hints import Hint, best_hint_of, leads, looked_for
from contacts.query.sight import seen
from contacts.query.tree import And, Compare, Condition, Not, Or, Related, iter_comparisons

EVERYTHING = Q()

Shape = Callable[[Rows], Q]
# Types of columns in which all records have one of a few values.
UNIFORM = frozenset({"boolean", "choice"})
RANGES = (GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual)


def as_set(rows: Rows) -> Q:
    """Return "the id is among those of the rows"."""
    return Q(pk__in=rows)


def as_few(rows: Rows) -> Q:
    """Return the same where no more than some thousands are looked for, in no order.

    Whatever is true of a column leads to records as well, however many have the same value there.
    """
    return as_set(rows)


def row_by_row(rows: Rows) -> Q:
    """Return "there is such a row for this record"."""
    owner = rows.query.values_select[0]
    if connections[_database()].vendor == "sqlite":
        rows = rows.all()
        rows.query.where = _compared_only(rows.query.where)
    return Q(PerRow(rows.filter(**{owner: OuterRef("pk")})))


def _compared_only(where: WhereNode) -> WhereNode:
    """Return the condition of which nothing leads to rows where a range is a part of it.

    Without statistics SQLite would read all that lies in the range for each record it checks.
    """
    return _behind(where) if any(map(_is_range, _leaves(where))) else where


def _is_range(child: object) -> bool:
    if isinstance(child, Like):
        return str(child.rhs)[:1] not in ("%", "_")
    return isinstance(child, RANGES)


def _leaves(where: WhereNode) -> Iterator[object]:
    for child in where.children:
        yield from _leaves(child) if isinstance(child, WhereNode) else (child,)


def _behind(where: WhereNode) -> WhereNode:
    children: list[Any] = list(where.children)
    for place, child in enumerate(children):
        if isinstance(child, WhereNode):
            children[place] = _behind(child)
        elif isinstance(child, (Exact, Like, *RANGES)) and isinstance(child.lhs, Col):
            children[place] = type(child)(Compared(child.lhs), child.rhs)
    return WhereNode(children, where.connector, where.negated)


def compile_condition(actor: Actor, condition: Condition | None, shape: Shape = as_set) -> Q:
    """Return the condition on the records as the actor may ask it; None is true of all."""
    if condition is None:
        return EVERYTHING
    if isinstance(condition, Compare):
        return _compared(actor, condition, shape)
    if isinstance(condition, Related):
        return Q(**{f"{condition.field.column}__in": condition.rows.values("pk")})
    if isinstance(condition, Not):
        return _not(actor, condition.part, shape)
    if isinstance(condition, And):
        return reduce(and_, _conditions(actor, condition, shape), EVERYTHING)
    return _any_of(actor, condition, shape)


def _not(actor: Actor, part: Condition, shape: Shape) -> Q:
    """Return NOT of a part; what is not no is yes, which few say."""
    if isinstance(part, Compare) and isinstance(part.field.storage, Flags):
        opposite = {"eq": "ne", "ne": "eq"}.get(part.comparison.operator)
        if opposite:
            comparison = replace(part.comparison, operator=opposite)
            return compile_comparison(part.field, comparison, shape)
    return denied(compile_condition(actor, part, shape))


def _conditions(actor: Actor, both: And, shape: Shape) -> Iterator[Q]:
    """Yield the conditions of the parts; what finds few leads, the rest is checked of those."""
    is_led = shape is not row_by_row and not may_be_many(both)
    for part in both.parts:
        if is_led and may_be_many(part):
            condition = compile_condition(actor, part, row_by_row)
            yield Q(Checked(condition)) if condition else EVERYTHING
        else:
            yield compile_condition(actor, part, shape)


def _any_of(actor: Actor, either: Or, shape: Shape) -> Q:
    parts = list(_alternatives(actor, either, shape))
    if shape is not row_by_row and len(parts) > 1 and _are_few_contacts(either):
        first, *rest = map(_ids_of, parts)
        return Q(pk__in=first.union(*rest))
    return _or(parts)


def _or(parts: Sequence[Q]) -> Q:
    """Return "one of them", and a single one as it is: then it may lead to its contacts."""
    alternatives = [whole(part) for part in parts]
    return reduce(or_, alternatives) if alternatives else NOTHING


def _ids_of(part: Q) -> QuerySet[Any, Any]:
    """Return the ids of all contacts that a part fits; those of keys as they are."""
    only = part.children[0] if len(part.children) == 1 and not part.negated else None
    if isinstance(only, tuple) and only[0] == "pk__in":
        ids = only[1]
        # Every key has a contact. An id that is missing would make NOT of this true of nobody.
        if isinstance(ids, QuerySet) and ids.model is ContactKey and not ids.query.combinator:
            return ids
    return Contact.objects.order_by().filter(part).values("pk")


def _are_few_contacts(either: Or) -> bool:
    """Tell whether PostgreSQL would look at all contacts for a few: it has no index for an OR."""
    if connections[_database()].vendor != "postgresql" or may_be_most(either):
        return False
    return all(each.field.kind == "contact" for each, _depth in iter_comparisons(either))


def _compared(actor: Actor, compare: Compare, shape: Shape) -> Q:
    hint = best_hint_of(compare, _database()) if shape is not row_by_row else None
    if shape is not row_by_row and not (hint and leads(hint, _database())):
        hint = looked_for(compare)
    if hint:
        return _checked_among(hint, [_compared(actor, compare, row_by_row)])
    return compile_comparison(seen(actor, compare.field), compare.comparison, shape)


def _alternatives(actor: Actor, either: Or, shape: Shape) -> Iterator[Q]:
    """Yield the conditions of the parts; those to which one hint leads are checked together."""
    hinted: dict[Hint, list[Compare]] = {}
    for part in either.parts:
        hint = None
        if shape is not row_by_row and isinstance(part, Compare):
            hint = best_hint_of(part, _database())
        if hint and isinstance(part, Compare):
            hinted.setdefault(hint, []).append(part)
        else:
            yield compile_condition(actor, part, shape)
    for hint, parts in hinted.items():
        if leads(hint, _database(), comparisons=len(parts)):
            yield _checked_among(hint, [_compared(actor, part, row_by_row) for part in parts])
        else:
            yield from (_apart(actor, part, shape) for part in parts)


def _apart(actor: Actor, compare: Compare, shape: Shape) -> Q:
    """Return an alternative as a set of its own: SQLite would check it of all contacts."""
    condition = compile_condition(actor, compare, shape)
    if isinstance(compare.field.storage, Column):
        return Q(pk__in=Contact.objects.order_by().filter(condition).values("pk"))
    return condition


def _database() -> str:
    return router.db_for_read(Contact)


def _checked_among(hint: Hint, parts: Sequence[Q]) -> Q:
    """Return "has the word of the hint in its text, and fits any of these"."""
    return Q(pk__led_to=hint) & Q(Checked(_or(parts)))


def compile_comparison(field: Field, comparison: Comparison, shape: Shape) -> Q:
    """Return the condition of one comparison; the meaning of each operator is fixed here."""
    operator = comparison.operator
    if operator == "is_empty":
        empty = bool(comparison.value)
        return _empty(field, comparison, shape) if empty else _filled(field, comparison, shape)
    if operator == "ne" and isinstance(field.storage, Flags):
        return _matching(
            field, replace(comparison, operator="eq", value=not comparison.value), shape
        )
    if operator == "ne":
        return _without(field, replace(comparison, operator="eq"), shape)
    if operator == "has_none":
        return _without(field, replace(comparison, operator="has_any"), shape)
    if operator == "has_all":
        values = comparison.value if isinstance(comparison.value, tuple) else (comparison.value,)
        singles = (replace(comparison, operator="has_any", value=(value,)) for value in values)
        return reduce(and_, (_matching(field, each, shape) for each in singles), EVERYTHING)
    return _matching(field, comparison, shape)


def _matching(field: Field, comparison: Comparison, shape: Shape) -> Q:
    if comparison.operator in ("eq", "has_any", "in") and comparison.value in ("", ()):
        # Equal to the empty text is "is empty"; any of no values is true of nothing.
        blank = comparison.value == ""
        return _empty(field, comparison, shape) if blank else NOTHING
    storage = field.storage
    if shape is row_by_row and isinstance(storage, Keys):
        of_row = storage.match_of_row(comparison)
        if of_row is not None:
            return of_row
    match = storage.match(field, comparison)
    if not isinstance(match, Q):
        return shape(match)
    return few_fit(match) if shape is as_few and _is_rare(field) else match


def _filled(field: Field, comparison: Comparison, shape: Shape) -> Q:
    storage = field.storage
    if shape is as_few and _is_rare(field) and isinstance(storage, Column | SeenColumn):
        return few_fit(storage.reached(field))
    match = storage.filled(field, comparison.scope)
    return match if isinstance(match, Q) else shape(match)


def _empty(field: Field, comparison: Comparison, shape: Shape) -> Q:
    """Return "has no value"; what has none has no key of it either, which leads there."""
    storage = field.storage
    if isinstance(storage, Column) and not storage.is_text and shape is as_few and _is_rare(field):
        return few_fit(Q(**{f"{storage.name}__isnull": True}))
    empty = denied(_filled(field, comparison, shape))
    key = storage.key if isinstance(storage, Column | WholeNames) else ""
    return Q(**{key: ""}) & empty if key else empty


def _is_rare(field: Field) -> bool:
    """Tell whether hardly any record may have one value of a column, or any at all."""
    return isinstance(field.storage, Column | SeenColumn) and field.type.name not in UNIFORM


def _without(field: Field, positive: Comparison, shape: Shape) -> Q:
    missing = denied(_matching(field, positive, shape))
    if positive.include_empty:
        return missing
    return missing & _filled(field, positive, shape)
