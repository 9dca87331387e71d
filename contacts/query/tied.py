"""A page in the order of several fields, of which the first has parts or an index.

The first field alone tells which contacts stand before the page and which behind it. Only those
who share its value with the first or the last of the page may change places by the other fields:
where these are some thousands at most, they are put in order, and where they are more, the page is
looked for among them in the order of the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import F, Q

from contacts.fields import Comparison, Field
from contacts.fields.parts import Group, Run, Those, parts_of
from contacts.models import Contact
from contacts.query.asked import Asked
from contacts.query.checking import Checked
from contacts.query.compiler import row_by_row
from contacts.query.ordering import INDEXED
from contacts.query.page_rows import written
from contacts.query.parted import MOST_PASSED
from contacts.query.placed import Place, ids_at, stand_at
from contacts.query.sight import seen
from contacts.query.statements import Rows
from contacts.query.tree import And, Compare, Condition

# Finds the page of a list by fewer fields.
Find = Callable[[Asked], Rows]


def page_by_several(asked: Asked, find: Find) -> Rows | None:
    """Return the page, ids with documents; None where everybody has to be put in order."""
    query = asked.query
    if len(query.sort) < 2 or not query.limit or query.offset + query.limit > MOST_PASSED:
        return None
    first = query.sort[0]
    field = seen(asked.actor, first.field)
    if not field.column or field.is_multiple or _place_of(field, "") is None:
        return None
    ids = [row[0] for row in find(_asked(asked, sort=(first,)))]
    values = _values(asked, field, ids)
    if not ids or len(values) < len(ids):
        return None if ids else []
    found: list[int] = []
    for value in dict.fromkeys((values[ids[0]], values[ids[-1]])):
        if found:
            ends = (values[ids[0]], values[ids[-1]])
            found += _sorted(asked, [pk for pk in ids if values[pk] not in ends])
        own = [pk for pk in ids if values[pk] == value]
        found += _tied(asked, field, value, own, find)
    return written(found, asked.using)


def _asked(asked: Asked, **more: Any) -> Asked:
    return replace(asked, query=replace(asked.query, total=False, **more))


def _values(asked: Asked, field: Field, ids: Sequence[int]) -> dict[int, Any]:
    """Return by what each of some contacts is put in order."""
    sort = field.storage.sort(field)
    among = Contact.objects.using(asked.using).filter(pk__among=ids).order_by()
    by = F(sort) if isinstance(sort, str) else sort
    return dict(among.annotate(sorted_by=by).values_list("pk", "sorted_by"))


def _sorted(asked: Asked, ids: Sequence[int]) -> list[int]:
    if not ids:
        return []
    among = Contact.objects.using(asked.using).filter(pk__among=ids)
    return list(among.order_by(*asked.ordering).values_list("pk", flat=True))


def _place_of(field: Field, value: object) -> Place | None:
    """Return those who have this value; None where nothing leads to them."""
    sort = field.storage.sort(field)
    if isinstance(sort, str) and sort in INDEXED:
        return Group(sort, (value,))
    parts = parts_of(field)
    if parts is None:
        return None
    if value is None:
        return Those((parts.without,)) if parts.without is not None else None
    run = parts.values[0] if parts.values is not None and len(parts.values) == 1 else None
    if not isinstance(run, Run):
        return None
    if run.rows is None:
        return Group(run.column, (value,))
    return Group(run.column, (value,), run.rows.filter(run.counts), run.owner)


def _tied(asked: Asked, field: Field, value: object, own: Sequence[int], find: Find) -> list[int]:
    """Return those of all who share a value that stand where these of them stand by id."""
    place = _place_of(field, value)
    is_down = asked.query.sort[0].descending
    ids = ids_at(asked, (place,), is_down=is_down) if place and value is not None else None
    if ids is not None:
        # Who has gone or changed meanwhile stands nowhere.
        passed = ids.index(own[0]) if own[0] in ids else 0
        return _sorted(asked, ids)[passed : passed + len(own)]
    passed = _before(asked, place, own[0], is_down=is_down) if place else 0
    same = Compare(
        field, Comparison("is_empty", True) if value is None else Comparison("eq", value)
    )
    condition: Condition = And((asked.query.condition, same)) if asked.query.condition else same
    sort = asked.query.sort[1:]
    rows = find(_asked(asked, condition=condition, sort=sort, offset=passed, limit=len(own)))
    return [row[0] for row in rows]


def _before(asked: Asked, place: Place, pk: int, *, is_down: bool) -> int:
    """Return how many of very many at a place stand before one of them by id."""
    among = asked.matching(row_by_row).filter(Q(Checked(stand_at(place, row_by_row))))
    before = among.filter(**{"pk__gt" if is_down else "pk__lt": pk}).values("pk")
    return before[: asked.query.offset].count()
