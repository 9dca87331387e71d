"""Read a filter as this dialect's views do."""

from api.wildapricot.grammar import read_filter
from api.wildapricot.mapping.filters import condition_of as resolved
from api.wildapricot.mapping.table import table_for
from contacts.access import Actor
from contacts.query import Condition


def condition_of(actor: Actor, spelling: str) -> Condition | None:
    """Return the condition of a `$filter`."""
    return resolved(actor, table_for(actor), read_filter(spelling))
