"""What a condition says of where its contacts stand in the order of the list.

The kind that all have, where the index of the order begins with the kind: organizations have no
first name, so they come first in that order, and by name they may stand together too; whoever lists
people would walk past all of them. And between which values those lie that are put in order by what
they are asked for, or by a name that begins with it.
"""

import sys
from collections.abc import Sequence

from django.db.models import Q
from django.db.models.expressions import OrderBy

from contacts.fields.storage import Column, Keys
from contacts.fields.storage.comparisons import key_condition, many
from contacts.fields.text import KEY_LENGTH, key_of
from contacts.models import Contact
from contacts.query.compiler import EVERYTHING
from contacts.query.kinds import kinds_among
from contacts.query.tree import And, Compare, Condition

# Orders with an index of which the kind is the first column.
BY_KIND = frozenset({"first_name_key", "-first_name_key", "sort_name", "-sort_name"})
# Whoever fits these lies between two values.
BETWEEN = frozenset({"lt", "le", "gt", "ge", "between"})
# The name of whoever is no person is one: both orders are the same.
NAMED_AS_A_WHOLE = frozenset({Contact.Kind.ORGANIZATION.value, Contact.Kind.HOUSEHOLD.value})
SAME = {"name_key": "sort_name", "-name_key": "-sort_name"}
# Persons stand in the order of names by "last name, tab, first name".
PERSONS = frozenset({Contact.Kind.PERSON.value})
TAB, LAST = "\t", chr(sys.maxunicode)


def leading(condition: Condition | None, ordering: Sequence[str | OrderBy]) -> Q:
    """Return where the list lies in the index of its order, or what is true of all."""
    first = ordering[0]
    if not isinstance(first, str):
        return EVERYTHING
    within, column = EVERYTHING, first.removeprefix("-")
    for part in parts_of(condition):
        within &= _within(part, column)
    kinds = kinds_among(condition) if first in BY_KIND else ()
    if kinds == PERSONS and column == "sort_name":
        for part in parts_of(condition):
            within &= _named_within(part)
    return within & Q(kind=min(kinds)) if len(kinds) == 1 else within


def with_kind(condition: Condition | None, ordering: list[str | OrderBy]) -> list[str | OrderBy]:
    """Return the same order by an index that begins with the kind, where there is one."""
    if ordering[0] not in SAME or len(ordering) > 2:
        return ordering
    kinds = kinds_among(condition)
    is_same = len(kinds) == 1 and kinds <= NAMED_AS_A_WHOLE
    return [SAME[str(ordering[0])], *ordering[1:]] if is_same else ordering


def _within(part: Condition | None, column: str) -> Q:
    """Return between which values of a column those lie that fit a part, as far as it says so."""
    if not isinstance(part, Compare) or part.comparison.operator not in BETWEEN:
        return EVERYTHING
    field, comparison = part.field, part.comparison
    if comparison.case_sensitive or not isinstance(field.storage, Column | Keys):
        return EVERYTHING
    if field.storage.sort(field) != column:
        return EVERYTHING
    if isinstance(field.storage, Keys):
        return key_condition(column, comparison)
    return field.storage.match(field, comparison)


def _named_within(part: Condition | None) -> Q:
    """Return between which names persons stand that fit a part which asks how the last one begins.

    "Last, First" says nothing: whoever has a first name only is listed by that.
    """
    if not isinstance(part, Compare) or part.field.key != "last_name":
        return EVERYTHING
    operator, comparison = part.comparison.operator, part.comparison
    if comparison.case_sensitive or operator not in {*BETWEEN, "eq", "starts_with"}:
        return EVERYTHING
    keys = [key_of(str(value)) for value in many(comparison.value)]
    if operator == "eq" and len(keys[0]) < KEY_LENGTH:
        keys = [keys[0] + TAB]
    from_here, up_to_here = Q(sort_name__gte=keys[0]), Q(sort_name__lte=keys[-1] + LAST)
    if operator in ("gt", "ge"):
        return from_here
    return up_to_here if operator in ("lt", "le") else from_here & up_to_here


def parts_of(condition: Condition | None) -> Sequence[Condition | None]:
    """Return the conditions that all have to fit."""
    return condition.parts if isinstance(condition, And) else (condition,)
