"""Lists of which a look for all that match, or at a sample, has found more than it looks for.

That they are long is remembered for some minutes, whatever changes meanwhile: asked again, their
page is looked for along the order at once. Where it was not among the first there either, as of a
surname in the order of names, that is remembered too.
"""

import time
from collections.abc import Hashable
from typing import NamedTuple

from contacts.query.kept_lists import is_hashable

KEEP_SECONDS = 600
KEEP_AT_MOST = 1_000


class Breadth(NamedTuple):
    """Whether those that match are spread along the order, or lie elsewhere; until when so.

    Also how many they are at the least, where that is known.
    """

    is_even: bool
    until: float
    at_least: int


_kept: dict[Hashable, Breadth] = {}


def known_breadth(question: Hashable) -> Breadth | None:
    """Return how a list was found to be long, or None."""
    found = _kept.get(question) if is_hashable(question) else None
    return found if found is not None and found.until > time.monotonic() else None


def note_breadth(question: Hashable, *, is_even: bool, at_least: int = 0) -> None:
    """Remember that a list is long, if it can be looked up."""
    if not is_hashable(question):
        return
    known = _kept.get(question)
    at_least = max(at_least, known.at_least if known else 0)
    if question not in _kept and len(_kept) >= KEEP_AT_MOST:
        _kept.clear()
    _kept[question] = Breadth(is_even, time.monotonic() + KEEP_SECONDS, at_least)


def forget_breadth(question: Hashable) -> None:
    """Forget that a list is long: it is no longer."""
    if is_hashable(question):
        _kept.pop(question, None)


def forget_breadths() -> None:
    """Forget everything kept (a test starts with other data)."""
    _kept.clear()
