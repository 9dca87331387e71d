"""A page of many that match, whom the database finds first and puts in order then.

More than a probe takes to Python, and none of them among the first in the order of the list: a walk
would pass nearly everybody before it meets one, asking of each. Where they are not too many it
costs less to go through all of them, from what leads to them, and to keep the first.
"""

from typing import Any

from django.db import connections
from django.db.models import OuterRef, QuerySet, Subquery

from contacts.models import Contact
from contacts.query.asked import Asked
from contacts.query.broad import known_breadth
from contacts.query.compiler import as_set, row_by_row
from contacts.query.estimating import numbers_until_met
from contacts.query.leading import leading
from contacts.query.led import led_to_all
from contacts.query.ordering import Columns, columns_of
from contacts.query.page_rows import written
from contacts.query.places import FAR
from contacts.query.sizes import SAMPLED_FROM, last_id
from contacts.query.statements import Rows
from contacts.query.walking import noted, reach_to, sliced

# More than so many are not gone through where the first in order may be met soon,
MOST_GATHERED = 200_000
# and more than so many never: the database would have no room for putting them in order.
MOST_EVER = 1_000_000


def gathered(asked: Asked, listed: Asked) -> Rows | None:
    """Return the page; None where more match than are gone through.

    A walk would go along what is `listed`.
    """
    if asked.is_searched or asked.is_seen_first or not asked.query.limit:
        return None
    if connections[asked.using].vendor == "sqlite" and not asked.may_be_many:
        # A walk passes whoever nothing leads to without reading them (`led_along`).
        return None
    columns = columns_of(asked.ordering)
    if _exceed(asked) and not _come_late(asked, listed, columns):
        return None
    if columns is None:
        return asked.rows("gathered", lambda: sliced(asked, asked.matching(as_set)))
    found = asked.rows("gathered ids", lambda: _ordered(asked, columns))
    # The next page is gone on to from here.
    noted(asked, [(pk, "", *values) for *values, pk in found], reach_to(asked))
    return written([row[-1] for row in found], asked.using)


def _exceed(asked: Asked) -> bool:
    """Tell whether more fit the condition than are gone through, whoever sees them."""
    known = known_breadth(asked.list_key)
    if known and known.at_least > MOST_GATHERED:
        return True
    rows = led_to_all(asked, is_seen=False).rows
    beyond = asked.rows("beyond", lambda: rows.values_list("pk")[MOST_GATHERED:][:1])
    return bool(beyond)


def _come_late(asked: Asked, listed: Asked, columns: Columns | None) -> bool:
    """Tell whether a walk would pass more before the first of them than they are themselves."""
    if columns is None or asked.query.offset > FAR or last_id(asked.using) <= SAMPLED_FROM:
        return False
    if connections[asked.using].vendor != "sqlite":
        # PostgreSQL walks as fast as it gathers.
        return False
    contacts = Contact.objects.using(asked.using)
    passed = contacts.filter(leading(listed.query.condition, listed.ordering))
    fitting = contacts.filter(asked.condition(row_by_row))
    number, before = numbers_until_met(fitting, passed, columns)
    return number < min(before, MOST_EVER)


def _ordered(asked: Asked, columns: Columns) -> QuerySet[Any, Any]:
    """Return the ids of the page behind what they are put in order by.

    That is looked up for each: the planner would take an index of it for the way to the first.
    """
    led = led_to_all(asked)
    contact = Contact.objects.filter(pk=OuterRef(led.owner)).order_by()
    places = {
        f"place{number}": Subquery(contact.values(name))
        for number, name in enumerate(columns.deciding)
    }
    names = [*places, led.owner]
    order = [f"-{name}" for name in names] if columns.is_down else names
    query = asked.query
    found = led.rows.annotate(**places).order_by(*order).values_list(*names).distinct()
    page: QuerySet[Any, Any] = found[query.offset : query.offset + query.limit]
    return page
