"""Those who stand at one place of an order, or at a few places: see `parted`.

What leads to them is asked for some thousands at most, which are put in order by their ids.
"""

from collections.abc import Sequence
from functools import reduce
from operator import itemgetter, or_
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet

from contacts.fields.field import Rows as RowsOfIds
from contacts.fields.parts import Group, Those
from contacts.fields.storage.lookups import Compared
from contacts.query.asked import Asked
from contacts.query.checking import Checked, few_fit
from contacts.query.compiler import Shape, as_set, row_by_row
from contacts.query.statements import Rows

# So many are put in order in memory.
MOST_SORTED = 2_000

Place = Group | Those


def ids_at(asked: Asked, places: Sequence[Place], *, is_down: bool) -> list[int] | None:
    """Return the ids of those at some places in order; None where they are too many to sort.

    Also where several places are not asked for at once.
    """
    first = places[0]
    if isinstance(first, Group):
        found = _of_groups(asked, first, places)
    else:
        found = ids_led(asked, first.ways) if len(places) == 1 else None
    if found is None or len(found) > MOST_SORTED:
        return None
    by_id = sorted(found, key=itemgetter(1), reverse=is_down)
    return [pk for _place, pk in sorted(by_id, key=itemgetter(0))]


def _of_groups(asked: Asked, first: Group, places: Sequence[Place]) -> list[tuple[int, int]] | None:
    """Return places and ids of groups that share a column; None for others."""
    place_of: dict[object, int] = {}
    for number, place in enumerate(places):
        if not isinstance(place, Group) or (place.rows, place.column) != (first.rows, first.column):
            return None
        place_of |= dict.fromkeys(place.values, number)
    condition = Q(**{f"{first.column}__in": list(place_of)})
    if first.rows is None:
        among = asked.matching(row_by_row).filter(few_fit(condition))
        found = among.values_list(first.column, "pk")
    else:
        found = _led(asked, first.rows.filter(condition), first.owner, first.column)
    return [(place_of[value], pk) for value, pk in found[: MOST_SORTED + 1]]


def ids_led(asked: Asked, ways: Sequence[Q | RowsOfIds]) -> list[tuple[int, int]]:
    """Return the ids of those that each of some ways leads to, all at one place."""
    found: set[int] = set()
    for way in ways:
        if isinstance(way, Q):
            among = asked.matching(row_by_row).filter(few_fit(way)).values_list("pk")
        else:
            owner = str(way.query.values_select[0])
            # SQLite would go through the rows of all contacts for having each contact once.
            once = Compared(F(owner), output_field=BigIntegerField())
            among = _led(asked, way, owner).values_list(once).distinct()
        found.update(pk for (pk,) in among[: MOST_SORTED + 1])
    return [(0, pk) for pk in found]


def crowd_at(asked: Asked, place: Place, passed: int, limit: int, *, is_down: bool) -> Rows:
    """Return those at a place where many stand along the ids: of those passed many are there."""
    among = asked.matching(row_by_row).filter(Q(Checked(stand_at(place, row_by_row))))
    shown = among.order_by("-pk" if is_down else "pk").values_list("pk", "document__body")
    return list(shown[passed : passed + limit])


def count_at(asked: Asked, places: Sequence[Place], most: int) -> int:
    """Return how many stand at some places, `most` at most."""
    at_one = reduce(or_, (stand_at(place, as_set) for place in places))
    return asked.matching(row_by_row).filter(at_one).values("pk")[:most].count()


def stand_at(place: Place, shape: Shape) -> Q:
    """Return "stands at this place"."""
    if isinstance(place, Group):
        within = Q(**{f"{place.column}__in": list(place.values)})
        if place.rows is None:
            return within
        return shape(place.rows.filter(within).values(place.owner))
    return reduce(or_, (way if isinstance(way, Q) else shape(way) for way in place.ways))


def _led(asked: Asked, rows: QuerySet[Any], owner: str, *columns: str) -> QuerySet[Any, Any]:
    """Return the rows whose contacts are seen and fit: of each it is asked, beginning with rows."""
    return rows.filter(asked.fitting(owner)).using(asked.using).values_list(*columns, owner)
