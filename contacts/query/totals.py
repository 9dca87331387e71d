"""How many match: exact up to ten thousand, beyond that exact at most every half minute.

Clients use totals to page. One that is seconds old is harmless, and counting a million rows for
every page is not.
"""

import time
from collections.abc import Callable, Hashable

EXACT_UP_TO = 10_000
KEEP_SECONDS = 30
KEEP_AT_MOST = 1_000

_kept: dict[Hashable, tuple[float, int]] = {}


def kept_total(key: Hashable, count: Callable[[], int]) -> int:
    """Return the total kept for this question, or count and keep it."""
    now = time.monotonic()
    found = _kept.get(key)
    if found is not None and found[0] > now:
        return found[1]
    if len(_kept) >= KEEP_AT_MOST:
        _kept.clear()
    total = count()
    _kept[key] = (now + KEEP_SECONDS, total)
    return total


def forget_totals() -> None:
    """Forget everything kept (a test starts with other data)."""
    _kept.clear()
