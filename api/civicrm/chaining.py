"""Bound what the calls of one request come to where each is made for each record of another.

Ten calls in each other, each for a handful of records, would be millions. So one request may chain
so many calls and records in all, whatever their shape; docs/dialects/civicrm.md, "Chains".
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from api.civicrm.errors import CiviApiError

MOST = 10_000


@dataclass
class _Purse:
    left: int


_purse: ContextVar[_Purse | None] = ContextVar("chained", default=None)


@contextmanager
def bounded_chains(most: int | None = None) -> Iterator[None]:
    """Count what is chained within; calls of the same process, outside of this, are not counted."""
    token = _purse.set(_Purse(MOST if most is None else most))
    try:
        yield
    finally:
        _purse.reset(token)


def spend(number: int) -> None:
    """Count calls or records; raises CiviApiError where they are too many."""
    purse = _purse.get()
    if purse is None:
        return
    purse.left -= number
    if purse.left < 0:
        raise CiviApiError(f"More than {MOST} calls and records are chained to each other", 0)
