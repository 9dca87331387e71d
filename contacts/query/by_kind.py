"""A page of contacts of several kinds in an order whose index begins with the kind: lists merged.

Organizations have no first name and no last one, households neither: in these orders each kind
stands together, and who lists persons and households would walk past all organizations between
them. Of each kind the beginning is read, and the page is what comes first of all.
"""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from contacts.query.asked import Asked
from contacts.query.compiler import row_by_row
from contacts.query.kinds import kinds_among, kinds_of, of_kind
from contacts.query.leading import BY_KIND, parts_of
from contacts.query.ordering import Ordering, columns_of
from contacts.query.page_rows import written
from contacts.query.resolving import all_of
from contacts.query.sizes import SAMPLED_FROM, last_id
from contacts.query.statements import Rows
from contacts.query.tree import Compare, Condition

# So many rows of each kind are read at most.
MOST_READ = 2_000


def page_by_kind(asked: Asked) -> Rows | None:
    """Return the page, ids with documents, where more than a kind or a stage is not asked for.

    None for other conditions and orders, and among fewer contacts than it is worth for.
    """
    query = asked.query
    kinds = kinds_among(query.condition)
    if len(kinds) < 2 or not query.limit or query.offset + query.limit > MOST_READ:
        return None
    if asked.is_searched or last_id(asked.using) <= SAMPLED_FROM:
        return None
    if not all(map(_is_of_kinds, parts_of(query.condition))):
        return None
    lists = [_beginning(asked, kind) for kind in sorted(kinds)]
    if not all(_is_by_kind(each.ordering) for each in lists):
        return None
    is_down = str(lists[0].ordering[0]).startswith("-")
    rows = sorted((row for each in lists for row in _placed(each)), reverse=is_down)
    ids = [pk for _place, pk in rows[query.offset : query.offset + query.limit]]
    return written(ids, asked.using)


def _placed(asked: Asked) -> Rows:
    """Return the ids of a list, each behind what it is ordered by."""
    first = str(asked.ordering[0]).removeprefix("-")

    def ordered() -> QuerySet[Any, Any]:
        found = asked.matching(row_by_row).order_by(*asked.ordering).values_list(first, "pk")
        return found[: asked.query.limit]

    return asked.rows("of a kind", ordered)


def _is_of_kinds(part: Condition | None) -> bool:
    is_stage = isinstance(part, Compare) and part.field.key == "stage"
    return is_stage or kinds_of(part) is not None


def _is_by_kind(ordering: Ordering) -> bool:
    return columns_of(ordering) is not None and len(ordering) == 2 and ordering[0] in BY_KIND


def _beginning(asked: Asked, kind: str) -> Asked:
    """Return the list of one kind as far as the page reaches."""
    query = asked.query
    condition, limit = all_of(query.condition, of_kind(kind)), query.offset + query.limit
    beginning = replace(query, condition=condition, offset=0, limit=limit, total=False)
    return replace(asked, query=beginning)
