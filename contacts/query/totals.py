"""How many match, without counting for every page.

A total is kept as long as the data is what it was when it was counted. Above ten thousand it is
also kept for half a minute of changes: clients use totals to page, one that is seconds old is
harmless, and counting a million rows for every page is not. No page waits for its total longer than
`COUNT_TIMEOUT`: then it is estimated (`contacts.query.estimating`).
"""

import time
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol, cast

from django.conf import settings
from django.db import OperationalError, connections

from contacts.errors import is_canceled
from contacts.fields import reference
from contacts.query.sizes import last_id
from contacts.query.tree import Query

EXACT_UP_TO = 10_000
KEEP_SECONDS = 30
KEEP_AT_MOST = 1_000
# Among fewer contacts no count takes so long that a limit is worth its statements.
LARGE = 2_000_000

Count = Callable[[], int]


class _Limiting(Protocol):
    """A connection of ours."""

    def limited(self, seconds: float) -> AbstractContextManager[None]: ...


class Total(NamedTuple):
    """How many match; `is_exact` is false where that is a guess, at least as high as the truth."""

    number: int
    is_exact: bool = True


class _Kept(NamedTuple):
    total: Total
    until: float
    version: str | None


# Question: what was found.
_kept: dict[Hashable, _Kept] = {}


def kept_total(key: Hashable, count: Count) -> int:
    """Return the total kept for this question, or count and keep it."""
    found = _kept_for(key)
    if found is not None and found.is_exact:
        return found.number
    return exact_total(key, count)


def page_total(key: Hashable, count: Count, guess: Count, *, using: str) -> Total:
    """Return the same for a page, which waits for a count only so long, and then for a guess."""
    found = _kept_for(key)
    if found is not None:
        return found
    try:
        return Total(exact_total(key, lambda: _counted_in_time(count, using)))
    except OperationalError as error:
        if not is_canceled(error):
            raise
    guessed = Total(guess(), is_exact=False)
    _keep(key, guessed, None)
    return guessed


def known_total(key: Hashable) -> int | None:
    """Return the total that was counted of the data as it is now, or None."""
    found, version = _kept.get(key), reference.data_version()
    is_known = found is not None and version is not None and found.version == version
    return found.total.number if found is not None and is_known else None


def share_total(key: Hashable, other: Hashable) -> None:
    """Let a question have the total that is kept for another which asks the same."""
    found = _kept.get(key)
    if found is not None:
        _kept[other] = found


def exact_total(key: Hashable, count: Count) -> int:
    """Return the same, counted again as soon as anything has changed."""
    version = reference.data_version()
    found = _kept.get(key)
    is_now = found is not None and found.until > time.monotonic() and version is not None
    if found is not None and is_now and found.version == version:
        return found.total.number
    total = count()
    _keep(key, Total(total), version)
    return total


def shown_total(total: Total, query: Query, shown: int, *, up_to: int | None = None) -> int:
    """Return the total of a page with so many rows, which is told `up_to` a number.

    Where it is higher, or a guess, it is higher than the last row of the page, and where that is
    full, something follows.
    """
    if total.is_exact and (up_to is None or total.number <= up_to):
        return total.number
    last = query.offset + shown + (shown == query.limit) if shown else 0
    return max(total.number if up_to is None else up_to + 1, last)


def forget_totals() -> None:
    """Forget everything kept (a test starts with other data)."""
    _kept.clear()


def _kept_for(key: Hashable) -> Total | None:
    """Return the total of many that serves for half a minute of changes."""
    found = _kept.get(key)
    if found is None or found.until <= time.monotonic():
        return None
    return found.total if found.total.number > EXACT_UP_TO else None


def _keep(key: Hashable, total: Total, version: str | None) -> None:
    if len(_kept) >= KEEP_AT_MOST:
        _kept.clear()
    _kept[key] = _Kept(total, time.monotonic() + KEEP_SECONDS, version)


def _counted_in_time(count: Count, using: str) -> int:
    seconds = settings.COUNT_TIMEOUT
    if not (seconds and last_id(using) > LARGE):
        return count()
    with cast(_Limiting, connections[using]).limited(seconds):
        return count()
