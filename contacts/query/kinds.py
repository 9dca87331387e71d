"""Which kinds of contacts a condition lets in, however it is written.

A contact is of one kind, always, and there are few: what a condition says of nothing else is a set.
"""

from functools import reduce

from contacts.access.circles import KINDS
from contacts.fields import Comparison, compare
from contacts.fields.contact_fields import CONTACT_FIELDS
from contacts.query.tree import And, Compare, Condition, Not, Or

Kinds = frozenset[str]

ALL: Kinds = KINDS
NONE: Kinds = frozenset()
_KIND = next(field for field in CONTACT_FIELDS if field.key == "kind")


def of_kind(kind: str) -> Condition:
    """Return "is of this kind"."""
    return Compare(_KIND, compare(_KIND, "eq", kind))


def kinds_of(condition: Condition | None) -> Kinds | None:
    """Return the kinds of which all fit and no others; None where something else is asked."""
    if condition is None:
        return ALL
    if isinstance(condition, Compare):
        return _compared(condition.comparison) if condition.field.key == "kind" else None
    if isinstance(condition, And | Or):
        return _joined(condition)
    found = kinds_of(condition.part) if isinstance(condition, Not) else None
    return None if found is None else ALL - found


def kinds_among(condition: Condition | None) -> Kinds:
    """Return the kinds that all that fit are of; none where that is not said."""
    parts = condition.parts if isinstance(condition, And) else (condition,)
    told = [found for found in map(kinds_of, parts) if found is not None]
    found = reduce(frozenset.intersection, told, ALL)
    return NONE if found == ALL else found


def _joined(condition: And | Or) -> Kinds | None:
    told = [kinds_of(part) for part in condition.parts]
    parts = [part for part in told if part is not None]
    if len(parts) < len(told):
        return None
    return ALL.intersection(*parts) if isinstance(condition, And) else NONE.union(*parts)


def _compared(comparison: Comparison) -> Kinds | None:
    value, operator = comparison.value, comparison.operator
    if operator == "is_empty":
        return NONE if value else ALL
    named = value if isinstance(value, tuple) else (value,)
    if operator in ("eq", "in"):
        return ALL.intersection(map(str, named))
    return ALL.difference(map(str, named)) if operator == "ne" else None
