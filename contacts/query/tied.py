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

from contacts.access.ids import ManyIds
from contacts.fields import Field
from contacts.fields.text import KEY_LENGTH
from contacts.models import Contact
from contacts.query.asked import Asked
from contacts.query.checking import Checked
from contacts.query.compiler import row_by_row
from contacts.query.page_rows import written
from contacts.query.parted import MOST_PASSED
from contacts.query.placed import Place, ids_at, stand_at
from contacts.query.sharing import has_places, place_shared, standing_at
from contacts.query.sight import seen
from contacts.query.statements import Rows
from contacts.query.tree import And, Condition

# Finds the page of a list by fewer fields.
Find = Callable[[Asked], Rows]


def page_by_several(asked: Asked, find: Find) -> Rows | None:
    """Return the page, ids with documents; None where everybody has to be put in order."""
    query = asked.query
    if len(query.sort) < 2 or not query.limit or query.offset + query.limit > MOST_PASSED:
        return None
    first = query.sort[0]
    field = seen(asked.actor, first.field)
    if not has_places(field):
        return None
    ids = [row[0] for row in find(_asked(asked, sort=(first,)))]
    values = _values(asked, field, ids)
    if not ids or len(values) < len(ids):
        return None if ids else []
    ends = dict.fromkeys((values[ids[0]], values[ids[-1]]))
    found: list[int] = []
    for value in ends:
        if found:
            found += _sorted(asked, [pk for pk in ids if values[pk] not in ends])
        tied = _tied(asked, field, value, [pk for pk in ids if values[pk] == value], find)
        if tied is None:
            return None
        found += tied
    return written(found, asked.using)


def _asked(asked: Asked, **more: Any) -> Asked:
    return replace(asked, query=replace(asked.query, total=False, **more))


def _values(asked: Asked, field: Field, ids: Sequence[int]) -> dict[int, Any]:
    """Return by what each of some contacts is put in order."""
    sort = field.storage.sort(field)
    among = Contact.objects.using(asked.using).filter(pk__among=ManyIds(ids)).order_by()
    by = F(sort) if isinstance(sort, str) else sort
    return dict(among.annotate(sorted_by=by).values_list("pk", "sorted_by"))


def _sorted(asked: Asked, ids: Sequence[int]) -> list[int]:
    if not ids:
        return []
    among = Contact.objects.using(asked.using).filter(pk__among=ManyIds(ids))
    return list(among.order_by(*asked.ordering).values_list("pk", flat=True))


def _tied(
    asked: Asked, field: Field, value: object, own: Sequence[int], find: Find
) -> list[int] | None:
    """Return those of all who share a value that stand where these of them stand by id.

    None where it is not known who they are: a key has but the beginning of a long text.
    """
    is_cut = isinstance(value, str) and len(value) >= KEY_LENGTH
    shared = None if is_cut else place_shared(field, own[0], value, asked.using)
    if shared is None:
        return None
    first = asked.query.sort[0]
    is_down = first.descending
    ids = ids_at(asked, (shared.led,), is_down=is_down) if shared.led is not None else None
    if ids is not None:
        # Who has gone or changed meanwhile stands nowhere.
        passed = ids.index(own[0]) if own[0] in ids else 0
        return _sorted(asked, ids)[passed : passed + len(own)]
    passed = _before(asked, shared.place, own[0], is_down=is_down)
    same = standing_at(first.field, shared, value)
    condition: Condition = And((asked.query.condition, same)) if asked.query.condition else same
    sort = asked.query.sort[1:]
    rows = find(_asked(asked, condition=condition, sort=sort, offset=passed, limit=len(own)))
    return [row[0] for row in rows]


def _before(asked: Asked, place: Place, pk: int, *, is_down: bool) -> int:
    """Return how many of very many at a place stand before one of them by id."""
    among = asked.matching(row_by_row).filter(Q(Checked(stand_at(place, row_by_row))))
    before = among.filter(**{"pk__gt" if is_down else "pk__lt": pk}).values("pk")
    return before[: asked.query.offset].count()
