"""A page in the order of a field that no index of contacts has, along the parts of that order.

Going up, those without a value come first, by id: some thousands are looked at along the ids. What
has an index of its own is walked along it. Those who share a value are asked for: where they are
some thousands at most, they are put in order by id in memory, and where they are more, a walk along
the ids meets them soon. Few groups are asked for at once, and more of them the fewer have them.

The page is None where the parts do not tell it: then everybody has to be put in order.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import BigAutoField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from contacts.access.ids import ManyIds
from contacts.fields.parts import Group, Part, Parts, Run, Tallied, Those, parts_of
from contacts.fields.types import LARGEST_ID
from contacts.models import Contact, ContactDocument, ContactKey
from contacts.query.asked import Asked
from contacts.query.beginning import up_to
from contacts.query.checking import Checked
from contacts.query.compiler import row_by_row
from contacts.query.kinds import kinds_among
from contacts.query.page_rows import written
from contacts.query.placed import MOST_SORTED, Place, count_at, crowd_at, ids_at, ids_led
from contacts.query.sight import seen
from contacts.query.statements import Rows
from contacts.query.tallied import count_tallied, page_of_tallied

# So many contacts without a value are looked at, and so many with one are passed.
LOOKED_AT = 20_000
MOST_PASSED = 20_000
# So many rows of a run are looked at before all that match are.
FIRST_ROWS = 20_000
# So many places are asked for at once.
MOST_PLACES = 64

# Returns at most so many rows behind so many that are passed; None where it cannot tell.
Read = Callable[[int, int], Rows | None]
# Returns how many there are, as far as that matters.
Count = Callable[[int], int]
Section = tuple[Read, Count]


def page_in_parts(asked: Asked, *, are_near: bool = False) -> Rows | None:
    """Return the page of a list by one field, ids with documents; None where parts do not tell.

    If `are_near`, also where it is not among the first rows of a run.
    """
    query = asked.query
    if len(query.sort) != 1 or not query.limit or query.offset + query.limit > MOST_PASSED:
        return None
    key = query.sort[0]
    field = seen(asked.actor, key.field)
    parts = parts_of(field)
    if parts is None:
        return None
    sections = _sections(asked, parts, is_down=key.descending, are_near=are_near)
    rows = _read(sections, query.offset, query.limit) if sections is not None else None
    # Who has two first values stands in the list once.
    return rows if rows is not None and len({row[0] for row in rows}) == len(rows) else None


def _sections(asked: Asked, parts: Parts, *, is_down: bool, are_near: bool) -> list[Section] | None:
    """Return the sections of the list in its order, or None where they are not known."""
    few = _few(asked, parts, is_down=is_down)
    if few is not None:
        sections = [few]
    elif parts.values is not None:
        sections = _of_values(asked, parts.values, is_down=is_down, are_near=are_near)
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


def _of_values(
    asked: Asked, parts: Sequence[Part], *, is_down: bool, are_near: bool
) -> list[Section]:
    """Return the sections of those with a value; places that follow each other are one."""
    sections: list[Section] = []
    places: list[Place] = []
    for part in reversed(parts) if is_down else parts:
        if isinstance(part, Group | Those):
            places.append(part)
            continue
        sections += _placed(asked, places, is_down=is_down)
        places = []
        if isinstance(part, Run):
            sections.append(_run(asked, part, is_down=is_down, are_near=are_near))
        else:
            sections.append(_tallied(asked, part, is_down=is_down))
    return sections + _placed(asked, places, is_down=is_down)


def _placed(asked: Asked, places: Sequence[Place], *, is_down: bool) -> list[Section]:
    return [_places(asked, tuple(places), is_down=is_down)] if places else []


def _run(asked: Asked, run: Run, *, is_down: bool, are_near: bool) -> Section:
    """Return what reads along rows that have an index of their order, or its first ones."""
    sign = "-" if is_down else ""
    order = (f"{sign}{run.column}", f"{sign}{run.owner}")
    is_part = are_near and run.rows is not None and run.rows.model is ContactKey

    def fitting() -> QuerySet[Any, Any]:
        if run.rows is None:
            return asked.matching(row_by_row).filter(run.counts)
        # Who is seen is asked first: that needs nothing but what the index of the values has.
        return run.rows.filter(asked.fitting(run.owner)).filter(run.counts)

    def read(passed: int, limit: int) -> Rows | None:
        def ordered() -> QuerySet[Any, Any]:
            rows = fitting().order_by(*order)
            if is_part:
                rows = rows.filter(_first_of(run, order, is_down=is_down))
            if run.rows is None:
                shown = rows.values_list("pk", "document__body")
            else:
                document = ContactDocument.objects.filter(contact_id=OuterRef(run.owner))
                shown = rows.values_list(run.owner, Subquery(document.values("body")))
            return shown[passed : passed + limit]

        more = (run.column, is_down, is_part)
        found = asked.rows("run", ordered, *more, window=(passed, limit))
        # The page may lie behind the first rows.
        return None if is_part and len(found) < limit else found

    return read, lambda most: fitting().order_by()[:most].count()


def _tallied(asked: Asked, part: Tallied, *, is_down: bool) -> Section:
    read = partial(page_of_tallied, asked, part, is_down=is_down)
    return read, partial(count_tallied, asked, part)


def _first_of(run: Run, order: tuple[str, str], *, is_down: bool) -> Q:
    """Return "is among the first rows of the run of keys"."""
    rows = ContactKey.objects.none() if run.rows is None else run.rows
    return up_to(rows.order_by(*order), (run.column, run.owner), FIRST_ROWS, is_down=is_down)


def _without(asked: Asked, parts: Parts, condition: Q, *, is_down: bool) -> Section:
    """Return what reads those without a value along the first contacts by id.

    Where these do not fill the page, few may lack one: then they are asked for.
    """
    kinds = kinds_among(asked.query.condition)
    if parts.lacking_among is not None and kinds and kinds <= parts.lacking_among[0]:
        return _places(asked, (parts.lacking_among[1],), is_down=is_down)
    order, reached = ("-pk", "pk__gte") if is_down else ("pk", "pk__lte")
    led = parts.lacking
    lacking = _places(asked, (led,), is_down=is_down) if led is not None else None

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
        return lacking[0](passed, limit) if lacking is not None else None

    def count(most: int) -> int:
        return fitting()[:most].count() if lacking is None else lacking[1](most)

    return read, count


def _are_all_looked_at(asked: Asked) -> bool:
    """Tell whether there are no more contacts than are looked at."""
    return not Contact.objects.using(asked.using).order_by()[LOOKED_AT : LOOKED_AT + 1].exists()


def _few(asked: Asked, parts: Parts, *, is_down: bool) -> Section | None:
    """Return those that have a value, put in order, where they are few; else None."""
    if parts.few is None:
        return None
    found = [pk for _place, pk in ids_led(asked, parts.few.ways)]
    if len(found) > MOST_SORTED:
        return None
    among = Contact.objects.using(asked.using).filter(pk__among=ManyIds(found))
    if parts.without is not None:
        among = among.exclude(Q(Checked(parts.without)))
    ordered = among.order_by(*asked.ordering).values_list("pk", flat=True)
    return _of_ids(asked, list(ordered) if found else [])


def _of_ids(asked: Asked, ids: Sequence[int]) -> Section:
    def read(passed: int, limit: int) -> Rows:
        return written(list(islice(ids, passed, passed + limit)), asked.using)

    return read, lambda most: min(most, len(ids))


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
                found = crowd_at(asked, some[0], passed, limit - len(rows), is_down=is_down)
                count = 0 if found or not passed else count_at(asked, some, passed)
            else:
                found = written(ids[passed : passed + limit - len(rows)], asked.using)
                count = len(ids)
            passed = 0 if found else max(0, passed - count)
            rows += found
            at += len(some)
            width = min(2 * width, MOST_PLACES)
        return rows

    return read, lambda most: count_at(asked, places, most)
