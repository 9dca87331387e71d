"""How many match, without counting for every page.

A total is kept as long as the data is what it was when it was counted. Above ten thousand it is
also kept for half a minute of changes: clients use totals to page, one that is seconds old is
harmless, and counting a million rows for every page is not.
"""

import time
from collections.abc import Callable, Hashable

from contacts.fields import reference
from contacts.query.tree import Query

EXACT_UP_TO = 10_000
KEEP_SECONDS = 30
KEEP_AT_MOST = 1_000

# Question: (until when, data version, total).
_kept: dict[Hashable, tuple[float, str | None, int]] = {}


def kept_total(key: Hashable, count: Callable[[], int]) -> int:
    """Return the total kept for this question, or count and keep it."""
    found = _kept.get(key)
    if found is not None and found[0] > time.monotonic() and found[2] > EXACT_UP_TO:
        return found[2]
    return exact_total(key, count)


def known_total(key: Hashable) -> int | None:
    """Return the total that was counted of the data as it is now, or None."""
    found, version = _kept.get(key), reference.data_version()
    return found[2] if found is not None and version is not None and found[1] == version else None


def exact_total(key: Hashable, count: Callable[[], int]) -> int:
    """Return the same, counted again as soon as anything has changed."""
    now, version = time.monotonic(), reference.data_version()
    found = _kept.get(key)
    if found is not None and found[0] > now and version is not None and found[1] == version:
        return found[2]
    if len(_kept) >= KEEP_AT_MOST:
        _kept.clear()
    total = count()
    _kept[key] = (now + KEEP_SECONDS, version, total)
    return total


def shown_total(total: int, query: Query, shown: int) -> int:
    """Return the total of a page with so many rows; of one that was not counted to its end.

    Then it is higher than the last row of the page, and where that is full, something follows.
    """
    if query.count_up_to is None or total <= query.count_up_to:
        return total
    last = query.offset + shown + (shown == query.limit) if shown else 0
    return max(query.count_up_to + 1, last)


def forget_totals() -> None:
    """Forget everything kept (a test starts with other data)."""
    _kept.clear()
