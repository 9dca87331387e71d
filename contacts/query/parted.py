"""A page in the order of a field that no index of contacts has, along the parts of that order.

Going up, those without a value come first, by id: some thousands are looked at along the ids. What
has an index of its own is walked along it. Those who share a value are asked for: where they are
some thousands at most, they are put in order by id in memory, and where they are more, a walk along
the ids meets them soon. Few groups are asked for at once, and more of them the fewer have them.

The page is None where the parts do not tell it: then everybody has to be put in order.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import islice
from operator import itemgetter, or_
from typing import Any

from django.db.models import BigAutoField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from contacts.fields.field import Rows as RowsOfIds
from contacts.fields.parts import Group, Part, Parts, Run, Those, parts_of
from contacts.fields.types import LARGEST_ID
from contacts.models import Contact, ContactDocument
from contacts.query.asked import Asked
from contacts.query.checking import Checked, few_fit
from contacts.query.compiler import Shape, as_set, row_by_row
from contacts.query.leading import kinds_among
from contacts.query.page_rows import written
from contacts.query.sight import seen
from contacts.query.statements import Rows

# So many contacts without a value are looked at, and so many with one are passed.
LOOKED_AT = 20_000
MOST_PASSED = 20_000
# So many with a value, or at a place, are put in order in memory.
MOST_SORTED = 2_000
# So many places are asked for at once.
MOST_PLACES = 64

# Returns at most so many rows behind so many that are passed; None where it cannot tell.
Read = Callable[[int, int], Rows | None]
# Returns how many there are, as far as that matters.
Count = Callable[[int], int]
Section = tuple[Read, Count]
Place = Group | Those


def page_in_parts(asked: Asked) -> Rows | None:
    """Return the page of a list by one field, ids with documents; None where parts do not tell."""
    query = asked.query
    if len(query.sort) != 1 or not query.limit or query.offset + query.limit > MOST_PASSED:
        return None
    key = query.sort[0]
    field = seen(asked.actor, key.field)
    parts = parts_of(field)
    if parts is None:
        return None
    sections = _sections(asked, parts, is_down=key.descending)
    rows = _read(sections, query.offset, query.limit) if sections is not None else None
    # Who has two first values stands in the list once.
    return rows if rows is not None and len({row[0] for row in rows}) == len(rows) else None


def _sections(asked: Asked, parts: Parts, *, is_down: bool) -> list[Section] | None:
    """Return the sections of the list in its order, or None where they are not known."""
    few = _few(asked, parts, is_down=is_down)
    if few is not None:
        sections = [few]
    elif parts.values is not None:
        sections = _of_values(asked, parts.values, is_down=is_down)
    else:
        return None
    if parts.without is None:
        return sections
    without = _without(asked, parts, parts.without, is_down=is_down)
    return [*sections, without] if is_down else [without, *sections]


def _read(sections: Sequence[Section], passed: int, limit: int) -> Rows | None:
    """Return the rows behind those that are passed, section by section."""
    rows: Rows = []
    for read, count in sections:
        found = read(passed, limit - len(rows))
        if found is None:
            return None
        if passed:
            passed = 0 if found else passed - count(passed)
        rows += found
        if len(rows) == limit:
            break
    return rows


def _of_values(asked: Asked, parts: Sequence[Part], *, is_down: bool) -> list[Section]:
    """Return the sections of those with a value; places that follow each other are one."""
    sections: list[Section] = []
    places: list[Place] = []
    for part in reversed(parts) if is_down else parts:
        if isinstance(part, Run):
            sections += _placed(asked, places, is_down=is_down)
            places = []
            sections.append(_run(asked, part, is_down=is_down))
        else:
            places.append(part)
    return sections + _placed(asked, places, is_down=is_down)


def _placed(asked: Asked, places: Sequence[Place], *, is_down: bool) -> list[Section]:
    return [_places(asked, tuple(places), is_down=is_down)] if places else []


def _run(asked: Asked, run: Run, *, is_down: bool) -> Section:
    """Return what reads along rows that have an index of their order."""
    sign = "-" if is_down else ""

    def fitting() -> QuerySet[Any, Any]:
        if run.rows is None:
            return asked.matching(row_by_row).filter(run.counts)
        # Who is seen is asked first: that needs nothing but what the index of the values has.
        return run.rows.filter(asked.fitting(run.owner)).filter(run.counts)

    def read(passed: int, limit: int) -> Rows:
        def ordered() -> QuerySet[Any, Any]:
            rows = fitting().order_by(f"{sign}{run.column}", f"{sign}{run.owner}")
            if run.rows is None:
                shown = rows.values_list("pk", "document__body")
            else:
                document = ContactDocument.objects.filter(contact_id=OuterRef(run.owner))
                shown = rows.values_list(run.owner, Subquery(document.values("body")))
            return shown[passed : passed + limit]

        return asked.rows("run", ordered, run.column, is_down, window=(passed, limit))

    return read, lambda most: fitting().order_by()[:most].count()


def _without(asked: Asked, parts: Parts, condition: Q, *, is_down: bool) -> Section:
    """Return what reads those without a value along the first contacts by id.

    Where these do not fill the page, few may lack one: then they are asked for.
    """
    order, reached = ("-pk", "pk__gte") if is_down else ("pk", "pk__lte")

    def fitting() -> QuerySet[Contact]:
        return asked.matching(row_by_row).filter(Q(Checked(condition)))

    def read(passed: int, limit: int) -> Rows | None:
        def ordered() -> QuerySet[Any, Any]:
            end = Value(0 if is_down else LARGEST_ID, BigAutoField())
            last = Contact.objects.order_by(order).values("pk")[LOOKED_AT - 1 : LOOKED_AT]
            # Where there are fewer, all of them are meant.
            first = fitting().filter(**{reached: Coalesce(Subquery(last), end)})
            return first.order_by(order).values_list("pk", "document__body")[passed:][:limit]

        found = asked.rows("without", ordered, is_down, window=(passed, limit))
        if len(found) == limit or _are_all_looked_at(asked):
            return found
        lacking = _lacking(asked, parts, is_down=is_down)
        return lacking[0](passed, limit) if lacking is not None else None

    def count(most: int) -> int:
        lacking = _lacking(asked, parts, is_down=is_down)
        return fitting()[:most].count() if lacking is None else lacking[1](most)

    return read, count


def _lacking(asked: Asked, parts: Parts, *, is_down: bool) -> Section | None:
    """Return those without a value from what leads to them, or None where nothing does."""
    kinds = kinds_among(asked.query.condition)
    are_people = bool(kinds) and Contact.Kind.ORGANIZATION not in kinds
    lacking = parts.lacking or (parts.people_lacking if are_people else None)
    return _places(asked, (lacking,), is_down=is_down) if lacking is not None else None


def _are_all_looked_at(asked: Asked) -> bool:
    """Tell whether there are no more contacts than are looked at."""
    return not Contact.objects.using(asked.using).order_by()[LOOKED_AT : LOOKED_AT + 1].exists()


def _few(asked: Asked, parts: Parts, *, is_down: bool) -> Section | None:
    """Return those that have a value, put in order, where they are few; else None."""
    if parts.few is None:
        return None
    found = [pk for _place, pk in _of_ways(asked, parts.few.ways)]
    if len(found) > MOST_SORTED:
        return None
    among = Contact.objects.using(asked.using).filter(pk__among=found)
    if parts.without is not None:
        among = among.exclude(Q(Checked(parts.without)))
    ordered = among.order_by(*asked.ordering).values_list("pk", flat=True)
    return _of_ids(asked, list(ordered) if found else [])


def _of_ids(asked: Asked, ids: Sequence[int]) -> Section:
    def read(passed: int, limit: int) -> Rows:
        return written(list(islice(ids, passed, passed + limit)), asked.using)

    return read, lambda most: min(most, len(ids))


def _led(asked: Asked, rows: QuerySet[Any], owner: str, *columns: str) -> QuerySet[Any, Any]:
    """Return the rows whose contacts are seen and fit: of each it is asked, beginning with rows."""
    return rows.filter(asked.fitting(owner)).using(asked.using).values_list(*columns, owner)


def _places(asked: Asked, places: Sequence[Place], *, is_down: bool) -> Section:
    """Return what reads those at some places, one place after the other."""

    def read(passed: int, limit: int) -> Rows:
        rows: Rows = []
        at, width = 0, 1
        while at < len(places) and len(rows) < limit:
            some = places[at : at + width]
            ids = ids_at(asked, some, is_down=is_down)
            if ids is None and len(some) > 1:
                width = 1
                continue
            if ids is None:
                found = _of_crowd(asked, some[0], passed, limit - len(rows), is_down=is_down)
                count = 0 if found or not passed else _count(asked, some, passed)
            else:
                found = written(ids[passed : passed + limit - len(rows)], asked.using)
                count = len(ids)
            passed = 0 if found else max(0, passed - count)
            rows += found
            at += len(some)
            width = min(2 * width, MOST_PLACES)
        return rows

    return read, lambda most: _count(asked, places, most)


def ids_at(asked: Asked, places: Sequence[Place], *, is_down: bool) -> list[int] | None:
    """Return the ids of those at some places in order; None where they are too many to sort.

    Also where several places are not asked for at once.
    """
    first = places[0]
    if isinstance(first, Group):
        found = _of_groups(asked, first, places)
    else:
        found = _of_ways(asked, first.ways) if len(places) == 1 else None
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


def _of_ways(asked: Asked, ways: Sequence[Q | RowsOfIds]) -> list[tuple[int, int]]:
    """Return the ids of those that each of some ways leads to, all at one place."""
    found: set[int] = set()
    for way in ways:
        if isinstance(way, Q):
            among = asked.matching(row_by_row).filter(few_fit(way)).values_list("pk")
        else:
            among = _led(asked, way, str(way.query.values_select[0])).distinct()
        found.update(pk for (pk,) in among[: MOST_SORTED + 1])
    return [(0, pk) for pk in found]


def _of_crowd(asked: Asked, place: Place, passed: int, limit: int, *, is_down: bool) -> Rows:
    """Return those at a place where many stand along the ids: of those passed many are there."""
    among = asked.matching(row_by_row).filter(Q(Checked(stand_at(place, row_by_row))))
    shown = among.order_by("-pk" if is_down else "pk").values_list("pk", "document__body")
    return list(shown[passed : passed + limit])


def _count(asked: Asked, places: Sequence[Place], most: int) -> int:
    """Return how many stand at some places, `most` at most."""
    at_one = reduce(or_, (stand_at(place, as_set) for place in places))
    return asked.matching(row_by_row).filter(at_one).values("pk")[:most].count()


def stand_at(place: Place, shape: Shape) -> Q:
    """Return "stands at this place"."""
    if isinstance(place, Group):
        within = Q(**{f"{place.column}__in": list(place.values)})
        return (
            within if place.rows is None else shape(place.rows.filter(within).values(place.owner))
        )
    return reduce(or_, (way if isinstance(way, Q) else shape(way) for way in place.ways))
