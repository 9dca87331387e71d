"""What a request demands of the record that it changes: that it is still what was read.

The demand is met where a service locks the first record for a change, so that nothing can come
between the check and the change, whichever way led to the service.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

# Raises StaleError for a kind, an id and a time of change that are not the demanded ones.
Demand = Callable[[str, int, datetime | None], None]

_open: ContextVar[Demand | None] = ContextVar("demand", default=None)


@contextmanager
def demanding(demand: Demand) -> Iterator[None]:
    """Demand this of the record that is changed first inside; others follow from that change."""
    token = _open.set(demand)
    try:
        yield
    finally:
        _open.reset(token)


def meet_demand(kind: str, record_id: int, changed_at: datetime | None) -> None:
    """Raise StaleError where a record that is locked now is not what the request demands."""
    demand = _open.get()
    if demand is not None:
        _open.set(None)
        demand(kind, record_id, changed_at)
