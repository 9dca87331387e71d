"""The order of a field as parts, each of which an index leads along: how long lists are read.

No index has contacts in the order of a word that stands elsewhere, or of a flag. But those without
a value are found by their ids, those who share one are, and rows of values have indexes of their
own. `contacts/query/parted.py` reads a page along these parts, one after the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Protocol, runtime_checkable

from django.db.models import Expression, Q, QuerySet

from contacts.fields.field import Field, Rows


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that an index has in the order of a column, behind it that of the record.

    `counts` tells which of a record's rows says where it stands. Where `rows` is None it is the
    records themselves that have the column.
    """

    column: str
    counts: Q
    rows: QuerySet[Any] | None = None
    owner: str = "pk"


@dataclass(frozen=True, slots=True)
class Group:
    """Records that share some values of a column and stand at one place, by their ids.

    Where `rows` is None it is the records themselves that have the column; else each of the rows
    says where its `owner` stands.
    """

    column: str
    values: tuple[Any, ...]
    rows: QuerySet[Any] | None = None
    owner: str = "pk"


@dataclass(frozen=True, slots=True)
class Those:
    """Records that stand at one place, by their ids: all that one of these leads to."""

    ways: tuple[Q | Rows, ...]


@dataclass(frozen=True, slots=True)
class Tallied:
    """Records that some rows name, in the order of a number: of their rows at most.

    Each of `rows` stands with the column by which it names them.
    """

    rows: tuple[tuple[QuerySet[Any], str], ...]
    number: Expression


Part = Run | Group | Those | Tallied


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an order, going up.

    First come the records `without` a value, by id; None where all have one. `values` are those
    with one; None where nothing tells them in order. `few` leads to all that have one, and to some
    more perhaps: where these are few, they are put in order and `values` are not looked at.
    `lacking` leads to those without a value, `lacking_among` to those of some kinds of contacts.
    """

    without: Q | None
    values: tuple[Part, ...] | None = None
    few: Those | None = None
    lacking: Those | None = None
    lacking_among: tuple[frozenset[str], Those] | None = None


@runtime_checkable
class Parted(Protocol):
    """A storage whose order has such parts."""

    def parts(self, field: Field) -> Parts | None:
        """Return the parts, or None where there are none for this field."""


def parts_of(field: Field) -> Parts | None:
    """Return the parts of the order of a field, or None."""
    storage = field.storage
    return storage.parts(field) if isinstance(storage, Parted) else None


def grouped(rows: Iterable[tuple[Any, Any]]) -> list[tuple[Any, ...]]:
    """Return what stands behind equal first values, in the order of the rows."""
    return [tuple(value for _first, value in same) for _key, same in groupby(rows, itemgetter(0))]


def in_places(places: Mapping[object, int]) -> list[tuple[object, ...]]:
    """Return the values at each place, in the order of the places."""
    by_place = sorted(((place, value) for value, place in places.items()), key=itemgetter(0))
    return grouped(by_place)
