"""A page in the order of values that have rows of their own: city, job title, custom fields.

The contacts have no index of that order, but the rows of the values have one. Going down, contacts
with a value come first: the index of the values is walked from its end. Going up, those without one
come first, by id: some thousands are looked at along the ids. The page is found when it is full;
otherwise everybody has to be put in order.
"""

from typing import Any, Protocol, runtime_checkable

from django.db.models import BigAutoField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from contacts.fields import Field
from contacts.fields.types import LARGEST_ID
from contacts.models import Contact, ContactDocument
from contacts.query.asked import Asked
from contacts.query.compiler import row_by_row
from contacts.query.statements import Rows
from contacts.query.tree import SortKey

# So many contacts without a value are looked at, and so many with one are passed.
LOOKED_AT = 20_000
MOST_PASSED = 20_000


@runtime_checkable
class ValueRows(Protocol):
    """A storage whose values are rows with an index of their order."""

    def first_rows(self, field: Field) -> tuple[QuerySet[Any], Q, str] | None:
        """Return the rows of the contacts' values, which are their first, and the value's column.

        None where no index has them in order.
        """


def page_by_value(asked: Asked) -> Rows | None:
    """Return the full page of a list by one such value, ids with documents, or None."""
    query = asked.query
    if len(query.sort) != 1 or not query.limit or query.offset + query.limit > MOST_PASSED:
        return None
    key = query.sort[0]
    found = key.field.storage
    rows = found.first_rows(key.field) if isinstance(found, ValueRows) else None
    if rows is None:
        return None
    if not key.descending:
        page = _without_value(asked, key, (query.offset, query.limit))
    else:
        page = _with_value(asked, *rows)
        if len(page) < query.limit and (page or not query.offset):
            # Everybody with a value has been passed: the others begin here.
            page = page + _without_value(asked, key, (0, query.limit - len(page)))
    # Who has two first values stands in the list once.
    return page if len({row[0] for row in page}) == query.limit else None


def _with_value(asked: Asked, rows: QuerySet[Any], is_first: Q, column: str) -> Rows:
    """Return the page's contacts with a value, those with the highest first."""

    def ordered() -> QuerySet[Any, Any]:
        # Who is seen is asked first: that needs nothing but what the index of the values has.
        seen = rows.filter(asked.fitting("contact_id")).filter(is_first)
        document = ContactDocument.objects.filter(contact_id=OuterRef("contact_id"))
        body = Subquery(document.values("body"))
        offset = asked.query.offset
        shown = seen.order_by(f"-{column}", "-contact_id").values_list("contact_id", body)
        return shown[offset : offset + asked.query.limit]

    return asked.rows("with a value", ordered)


def _without_value(asked: Asked, key: SortKey, window: tuple[int, int]) -> Rows:
    """Return those at this place among the first contacts without a value, by id."""

    def ordered() -> QuerySet[Any, Any]:
        offset, limit = window
        order, reached = ("-pk", "pk__gte") if key.descending else ("pk", "pk__lte")
        end = Value(0 if key.descending else LARGEST_ID, BigAutoField())
        last = Contact.objects.order_by(order).values("pk")[LOOKED_AT - 1 : LOOKED_AT]
        # Where there are fewer, all of them are meant.
        first = asked.matching(row_by_row).filter(**{reached: Coalesce(Subquery(last), end)})
        without = first.filter(IsNull(key.field.storage.sort(key.field), True))
        shown = without.order_by(order).values_list("pk", "document__body")
        return shown[offset : offset + limit]

    return asked.rows("without a value", ordered, window=window)
