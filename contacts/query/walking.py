"""A page along the index of its order, asking each row whether it belongs there.

Far behind the beginning it starts from the nearest place that is known: see `places`.
"""

from typing import Any

from django.db import connections
from django.db.models import Q, QuerySet

from contacts.models import Contact
from contacts.query.asked import Asked
from contacts.query.beginning import UpTo
from contacts.query.compiler import row_by_row
from contacts.query.led import led_along
from contacts.query.ordering import Columns, columns_of
from contacts.query.places import FAR, Reach, note_place, reach_of
from contacts.query.slots import Given, ValueSlot
from contacts.query.statements import Rows
from contacts.query.totals import EXACT_UP_TO, known_total
from contacts.query.worded import is_of_words

# A page is gone on to from a place that lies no farther away, whatever else might find it.
NEAR = 10_000
# Where more rows are passed, it costs less to ask once for everybody who is seen.
MANY = 10_000


def walked(asked: Asked) -> Rows:
    """Return the page: ids, documents and what else the list is ordered by."""
    columns = columns_of(asked.ordering)
    if columns is None:
        return asked.rows("walked", lambda: sliced(asked, asked.matching(row_by_row), led=True))
    return _from(asked, columns, reach_to(asked))


def gone_on(asked: Asked) -> Rows | None:
    """Return the page where a place near it is known from an earlier walk, else None."""
    columns = columns_of(asked.ordering) if asked.query.offset >= FAR else None
    if columns is None or not asked.query.limit:
        return None
    reach = reach_to(asked)
    is_of_many = bool(reach.values) or (known_total(asked.key) or 0) > EXACT_UP_TO
    if reach.passed > NEAR or not is_of_many or reach.passed == asked.query.offset:
        return None
    return _from(asked, columns, reach)


def reach_to(asked: Asked) -> Reach:
    """Return the shortest way to the page."""
    query = asked.query
    return reach_of(asked.list_key, query.offset, query.limit, known_total(asked.key))


def noted(asked: Asked, rows: Rows, reach: Reach) -> Rows:
    """Remember where the page begins and ends: it may be asked for again, and what follows it."""
    offset = asked.query.offset
    for position, row in ((offset, rows[:1]), (offset + len(rows) - 1, rows[-1:])):
        for pk, _body, *values in row:
            note_place(asked.list_key, position, (*values, pk), reach)
    return rows


def _from(asked: Asked, columns: Columns, reach: Reach) -> Rows:
    connection = connections[asked.using]
    fields = [_field_of(name) for name in columns.names]
    given = {
        name: field.get_db_prep_value(value, connection)
        for name, field, value in zip(columns.names, fields, reach.values, strict=False)
    }
    # A statement with words in it is not kept: nothing fills a slot of it.
    slots: dict[str, object] = {name: ValueSlot(name) for name in given}
    places = [
        Given((given if asked.is_searched else slots)[name], field)
        for name, field in zip(columns.names, fields, strict=True)
        if name in given
    ]
    window = (reach.passed, reach.taken, reach.is_back, bool(places))
    rows = asked.rows(
        "from", lambda: _statement(asked, columns, reach, places), window=window, values=given
    )
    return noted(asked, rows[::-1] if reach.is_back else rows, reach)


def _statement(
    asked: Asked, columns: Columns, reach: Reach, places: list[Given]
) -> QuerySet[Any, Any]:
    # From a place on the next ones that match are near.
    found = led_along(asked) if _is_led(asked) and not places else None
    contacts = _contacts(asked, reach) if found is None else found
    if places:
        is_down = columns.is_down is not reach.is_back
        # Back from before the row, or on from the row itself.
        sign = ("<" if is_down else ">") + ("" if reach.is_back else "=")
        contacts = contacts.filter(Q(UpTo(*columns.names, *places, sign=sign)))
    ordering = columns.turned if reach.is_back else asked.ordering
    window = slice(reach.passed, reach.passed + reach.taken)
    if places or found is not None or reach.passed > reach.taken:
        # The database would carry along the documents of all that it passes; and from a place on
        # PostgreSQL would read the documents in the order of ids from the very first.
        ids = contacts.order_by(*ordering).values("pk")[window]
        contacts, window = Contact.objects.using(asked.using).filter(pk__in=ids), slice(None)
    shown = ("pk", "document__body", *columns.names[:-1])
    return contacts.order_by(*ordering).values_list(*shown)[window]


def _is_led(asked: Asked) -> bool:
    """Tell whether to look first for what leads to contacts: to few of all, or to many by words."""
    return is_of_words(asked) or not asked.may_be_many


def _contacts(asked: Asked, reach: Reach) -> QuerySet[Contact]:
    return asked.all_matching() if reach.passed > MANY else asked.matching(row_by_row)


def sliced(asked: Asked, contacts: QuerySet[Contact], *, led: bool = False) -> QuerySet[Any, Any]:
    """Return the page among the contacts, with its documents.

    The ids alone are put in order, and only the page's own rows are fetched: the database would
    carry along the documents of all that it leaves out. A page that an index leads to (`led`)
    leaves out nothing before its end.
    """
    query = asked.query
    window = slice(query.offset, query.offset + query.limit)
    if query.offset or not led:
        ids = contacts.order_by(*asked.ordering).values("pk")[window]
        contacts, window = Contact.objects.using(asked.using).filter(pk__in=ids), slice(None)
    return contacts.order_by(*asked.ordering).values_list("pk", "document__body")[window]


def _field_of(name: str) -> Any:  # noqa: ANN401 -- of any type of column
    return Contact._meta.pk if name == "pk" else Contact._meta.get_field(name)
