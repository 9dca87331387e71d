"""Fields that are only ordered by, made of others: what is shown decides the order.

A record shows its owner or whoever stands in for it, a choice by its word, a list by whether it has
something. The catalogue knows each part as a field of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from typing import Protocol, runtime_checkable

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from contacts.fields.field import Comparison, Field, SortedBy, Storage
from contacts.fields.parts import Parts, Those
from contacts.fields.storage import Column
from contacts.fields.storage.column_parts import ids_of
from contacts.fields.storage.lookups import Compared

# More words than this are ordered as they are stored: SQL has limits.
MOST_WORDS = 500


@runtime_checkable
class Placing(Storage, Protocol):
    """A storage that can order by the places that its values are given."""

    def placed(self, field: Field, places: Mapping[object, int]) -> SortedBy:
        """Return the place of the value; what has none comes first."""

    def placed_parts(self, field: Field, places: Mapping[object, int]) -> Parts | None:
        """Return those without a place, and those at each place."""


@runtime_checkable
class Listing(Storage, Protocol):
    """A storage that can tell whether a list has something."""

    def has(self, value: int) -> Q:
        """Return the condition on the record."""


@dataclass(frozen=True, slots=True)
class OnlyOrdered:
    """What all of these share: nothing is filtered by them."""

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Refuse: the parts are fields that can be filtered by."""
        raise NotImplementedError

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Refuse likewise."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _FirstSet(OnlyOrdered):
    fields: tuple[Field, ...]

    def sort(self, field: Field) -> SortedBy:
        """Return the first value that is set."""
        found = [each.storage.sort(each) for each in self.fields]
        return Coalesce(*found) if len(found) > 1 else found[0]

    def parts(self, field: Field) -> Parts | None:
        """Return those with no value set, and those for whom each number is the first set."""
        names = [each.storage.name for each in self.fields if isinstance(each.storage, Column)]
        if field.kind != "contact" or len(names) < len(self.fields):
            return None
        ids = {pk for each in self.fields for pk in ids_of(each) or ()}
        groups = (Those(_first_is(names, number)) for number in sorted(ids))
        unset = Q(**{f"{name}__isnull": True for name in names})
        # What is last in line is set for nearly all, so few have nothing there.
        others = (Q(IsNull(Compared(F(name)), True)) for name in names[:-1])
        lacking = reduce(and_, others, Q(**{f"{names[-1]}__isnull": True}))
        return Parts(unset, tuple(groups), lacking=Those((lacking,)))


@dataclass(frozen=True, slots=True)
class _Placed(OnlyOrdered):
    storage: Placing
    places: tuple[tuple[object, int], ...]

    def sort(self, field: Field) -> SortedBy:
        """Return the place."""
        return self.storage.placed(field, dict(self.places))

    def parts(self, field: Field) -> Parts | None:
        """Return those without a place, and those at each place."""
        return self.storage.placed_parts(field, dict(self.places))


@dataclass(frozen=True, slots=True)
class _Having(OnlyOrdered):
    storage: Listing
    value: int

    def sort(self, field: Field) -> SortedBy:
        """Return 1 or 0."""
        has = When(self.storage.has(self.value), then=Value(1))
        return Case(has, default=Value(0), output_field=IntegerField())

    def parts(self, field: Field) -> Parts | None:
        """Return those that have it not, and those that have."""
        if field.kind != "contact":
            return None
        match = self.storage.match(field, Comparison("has_any", (self.value,)))
        return Parts(~self.storage.has(self.value), (Those((match,)),))


def _first_is(names: Sequence[str], number: int) -> tuple[Q, ...]:
    """Return "the first of these columns that is set has this number", column by column."""
    found, unset = [], Q()
    for name in names:
        found.append(Q(**{name: number}) & unset)
        # Nearly all may have nothing there: that leads nowhere.
        unset &= Q(IsNull(Compared(F(name)), True))
    return tuple(found)


def first_set(fields: Sequence[Field]) -> Field:
    """Return the first of some fields that is set, as something to order by."""
    return replace(fields[0], storage=_FirstSet(tuple(fields)))


def in_order_of(field: Field, values: Sequence[object]) -> Field:
    """Return a field ordered as these values are listed, instead of as they are stored."""
    return placed(field, {value: place for place, value in enumerate(values)})


def placed(field: Field, places: Mapping[object, int]) -> Field:
    """Return a field ordered by the places of its values; what has none comes first."""
    if not isinstance(field.storage, Placing) or len(places) > MOST_WORDS:
        return field
    return replace(field, storage=_Placed(field.storage, tuple(places.items())))


def having(field: Field, value: int) -> Field:
    """Return whether a list has something, as something to order by."""
    if not isinstance(field.storage, Listing):
        return field
    return replace(field, storage=_Having(field.storage, value))
