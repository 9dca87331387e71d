"""Those who share the place of a contact in the order of a field, whatever rows tell that order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as part_of
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from contacts.fields import Comparison, Field
from contacts.fields.field import Rows, SortedBy, Storage
from contacts.fields.parts import Group, Part, Run, Tallied, Those, parts_of
from contacts.models import Contact
from contacts.query.ordering import INDEXED
from contacts.query.placed import Place
from contacts.query.tree import Compare

# Of more places that are no values of a column none is asked for.
MOST_ASKED = 64


@dataclass(frozen=True, slots=True)
class Shared:
    """A place, and what leads to those who stand there; None where that are nearly all."""

    place: Place
    led: Place | None


def has_places(field: Field) -> bool:
    """Tell whether it may be known who shares a place in the order of a field."""
    parts = parts_of(field)
    return _is_indexed(field) or (parts is not None and parts.values is not None)


def place_shared(field: Field, pk: int, value: object, using: str) -> Shared | None:
    """Return the place of a contact, which is put in order by this value; None if not known."""
    if _is_indexed(field):
        place = Group(str(field.storage.sort(field)), (value,))
        return Shared(place, place)
    parts = parts_of(field)
    if parts is None or parts.values is None:
        return None
    if parts.without is not None and _is_one(parts.without, pk, using):
        return Shared(Those((parts.without,)), parts.lacking)
    found = _among(parts.values, pk, using)
    return Shared(found, found) if found is not None else None


def standing_at(field: Field, shared: Shared, value: object) -> Compare:
    """Return "stands at this place" as a condition of a list."""
    place = shared.place
    values = place.values if isinstance(place, Group) else ()
    storage = _Sharing(field.storage, value, values, place)
    # No field of this key is asked for: that of the stage would change what a list is of.
    return Compare(replace(field, key="place", storage=storage), Comparison("is_empty", False))


@dataclass(frozen=True, slots=True)
class _Sharing:
    """Whoever stands at a place has something there. Told apart by what its order is kept in."""

    of: Storage
    value: object
    values: tuple[Any, ...]
    place: Place = part_of(repr=False, compare=False)

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Refuse: that somebody stands there is all that is asked."""
        raise NotImplementedError

    def filled(self, field: Field, scope: str = "any") -> Q | Rows:
        """Return those who stand there."""
        place = self.place
        if isinstance(place, Those):
            (first, *more) = place.ways
            if not more:
                return first
            ways = (way if isinstance(way, Q) else Q(pk__in=way) for way in place.ways)
            return reduce(or_, ways)
        condition = Q(**{f"{place.column}__in": list(place.values)})
        return condition if place.rows is None else place.rows.filter(condition).values(place.owner)

    def sort(self, field: Field) -> SortedBy:
        """Refuse likewise."""
        raise NotImplementedError


def _is_indexed(field: Field) -> bool:
    sort = field.storage.sort(field)
    return isinstance(sort, str) and sort in INDEXED


def _among(values: Sequence[Part], pk: int, using: str) -> Place | None:
    """Return the place among these where a contact stands; a number leads to nobody."""
    if sum(isinstance(part, Those) for part in values) > MOST_ASKED:
        return None
    said: dict[tuple[int, str], Sequence[object]] = {}
    for part in values:
        if isinstance(part, Run):
            place = _along(part, pk, using)
            if place is not None:
                return place
        elif not isinstance(part, Tallied) and _is_at(part, said, pk, using):
            return part
    return None


def _along(run: Run, pk: int, using: str) -> Group | None:
    rows = run.rows.filter(run.counts) if run.rows is not None else None
    own = _values_of(rows, run.column, run.owner, pk, using)
    return Group(run.column, (own[0],), rows, run.owner) if own else None


def _is_at(
    place: Place, said: dict[tuple[int, str], Sequence[object]], pk: int, using: str
) -> bool:
    """Tell whether a contact stands at a place; what groups of one column say is asked once."""
    if isinstance(place, Those):
        return any(_is_one(way, pk, using) for way in place.ways)
    column = (id(place.rows), place.column)
    if column not in said:
        said[column] = _values_of(place.rows, place.column, place.owner, pk, using)
    return not set(place.values).isdisjoint(said[column])


def _values_of(
    rows: QuerySet[Any] | None, column: str, owner: str, pk: int, using: str
) -> list[object]:
    """Return the value of a column that says where a contact stands; none where it has none."""
    among = Contact.objects.order_by() if rows is None else rows
    own = among.using(using).filter(**{owner: pk, f"{column}__isnull": False})
    return list(own.values_list(column, flat=True)[:1])


def _is_one(way: Q | Rows, pk: int, using: str) -> bool:
    """Tell whether a contact is one of those that are led to."""
    if isinstance(way, Q):
        return Contact.objects.using(using).filter(way, pk=pk).exists()
    owner = str(way.query.values_select[0])
    return way.using(using).filter(**{owner: pk}).exists()
