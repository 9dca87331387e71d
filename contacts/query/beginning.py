"""The first contacts in the order of a list, among which a page of many that match is soon full.

A few thousand are looked at along the index of the order. That fills a page for a condition that
one in twenty fits, and costs little where it does not: then the ids that match are looked for.
"""

from contacts.access import Actor
from contacts.fields.field import Rows
from contacts.models import Contact
from contacts.query.breadth import may_be_many
from contacts.query.ordering import INDEXED, ordering_of
from contacts.query.tree import Query

LOOKED_AT = 4
AT_LEAST = 2_000
MOST = 6_000


def first_in_order(actor: Actor, query: Query, default: tuple[str, ...]) -> Rows | None:
    """Return the ids of the contacts to look at first, or None where that is no help."""
    reach = AT_LEAST + LOOKED_AT * (query.offset + query.limit)
    if reach > MOST or not query.limit or query.search.strip():
        return None
    ordering = ordering_of(actor, query.sort, default)
    if not may_be_many(query.condition) or not _is_indexed(ordering[0]):
        return None
    return Contact.objects.order_by(*ordering).values("pk")[:reach]


def _is_indexed(first: object) -> bool:
    return isinstance(first, str) and first.removeprefix("-") in INDEXED
