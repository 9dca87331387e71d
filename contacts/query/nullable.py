"""A page in the order of a column that may be empty: owner, author, birthday.

Empty values come first going up and last going down. PostgreSQL's indexes have them at the other
end, and that of birthdays has none of them: no index has that order, and everybody would be put in
order. There the list is read in two parts, those with a value and those without.
"""

from typing import Any

from django.db import connections
from django.db.models import QuerySet

from contacts.query.asked import Asked
from contacts.query.compiler import row_by_row
from contacts.query.sight import seen
from contacts.query.statements import Rows
from contacts.query.tree import SortKey

# By database: columns of contacts whose index has another order than the list.
SPLIT = {
    "postgresql": frozenset({"owner_id", "author_id", "birthday"}),
    "sqlite": frozenset({"birthday"}),
}
# So many rows are passed along an index; behind them all are put in order.
MOST_PASSED = 20_000


def page_by_nullable(asked: Asked) -> Rows | None:
    """Return the page of a list by one such column, ids with documents, or None for others."""
    query = asked.query
    if len(query.sort) != 1:
        return None
    key = query.sort[0]
    field = seen(asked.actor, key.field)
    column = field.storage.sort(field)
    is_far = query.offset + query.limit > MOST_PASSED
    split = SPLIT[connections[asked.using].vendor]
    if not isinstance(column, str) or column not in split or is_far or not query.limit:
        return None
    is_empty_first = not key.descending
    first = _part(asked, key, column, is_empty_first, (query.offset, query.limit))
    if len(first) == query.limit:
        return first
    passed = 0 if first else query.offset - _counted(asked, column, is_empty_first)
    window = (passed, query.limit - len(first))
    return first + _part(asked, key, column, not is_empty_first, window)


def _part(asked: Asked, key: SortKey, column: str, is_empty: bool, window: tuple[int, int]) -> Rows:
    """Return those at this place among the contacts with a value, or without one."""
    sign = "-" if key.descending else ""
    ordering = [f"{sign}pk"] if is_empty else [f"{sign}{column}", f"{sign}pk"]

    def ordered() -> QuerySet[Any, Any]:
        offset, limit = window
        fitting = asked.matching(row_by_row).filter(**{f"{column}__isnull": is_empty})
        shown = fitting.order_by(*ordering).values_list("pk", "document__body")
        return shown[offset : offset + limit]

    way = "without a value" if is_empty else "with a value"
    return asked.rows(way, ordered, column, window=window)


def _counted(asked: Asked, column: str, is_empty: bool) -> int:
    """Return how many there are in a part, which the page lies behind."""
    fitting = asked.matching(row_by_row).filter(**{f"{column}__isnull": is_empty})
    return fitting.order_by()[: asked.query.offset].count()
