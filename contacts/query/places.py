"""Places in long lists: where a page has ended, the next one begins, however many rows lie before.

No index tells which row is the fifty-thousandth: the rows before it have to be passed. So the first
and the last row of a page far behind the beginning are remembered with their places, and that page
and those around it are read from there. While nothing has changed that is exact.
Beyond the first ten thousand it also serves for half a minute of changes, like a total (`totals`):
who pages through a long list is not helped by rows that move under the hands.
"""

import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from contacts.fields import reference
from contacts.query.totals import EXACT_UP_TO, KEEP_SECONDS

# Nearer to the beginning nothing is remembered: passing the rows costs less.
FAR = 1_000
# Of one list, and of all lists.
KEEP_PLACES = 60
KEEP_LISTS = 500

Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How a page is read: from a row on or back from before it, some passed and some taken.

    `values` are those of the row that the list is ordered by; without any it begins at that end
    of the list. `until` and `version` say how long what is found so holds.
    """

    passed: int
    taken: int
    values: Values = ()
    is_back: bool = False
    until: float = 0.0
    version: str | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    values: Values
    until: float
    version: str | None


# Question: places by position in its list, the latest last.
_kept: dict[Hashable, dict[int, _Place]] = {}


def reach_of(question: Hashable, offset: int, limit: int, total: int | None) -> Reach:
    """Return the shortest way to a page; `total` is how long the list is, where that is known."""
    now, version = time.monotonic() + KEEP_SECONDS, reference.data_version()
    found = [Reach(offset, limit, until=now, version=version)]
    end = offset + limit
    if total is not None and offset < total:
        last = min(end, total)
        taken = last - offset
        found.append(Reach(total - last, taken, is_back=True, until=now, version=version))
    for position, place in _kept.get(question, {}).items() if offset >= FAR else ():
        if not _holds(position, place, version):
            continue
        until = now if place.version == version is not None else place.until
        rest = (place.values, position >= end, until, place.version)
        if position <= offset:
            found.append(Reach(offset - position, limit, *rest))
        elif position >= end:
            found.append(Reach(position - end, limit, *rest))
    return min(found, key=lambda reach: reach.passed)


def note_place(question: Hashable, position: int, values: Sequence[object], reach: Reach) -> None:
    """Remember the row at a position, which was reached in some way."""
    if position < FAR:
        return
    if question not in _kept and len(_kept) >= KEEP_LISTS:
        _kept.clear()
    places = _kept.setdefault(question, {})
    places.pop(position, None)
    if len(places) >= KEEP_PLACES:
        del places[next(iter(places))]
    places[position] = _Place(tuple(values), reach.until, reach.version)


def forget_places() -> None:
    """Forget everything kept (a test starts with other data)."""
    _kept.clear()


def _holds(position: int, place: _Place, version: str | None) -> bool:
    """Tell whether a row may be taken to stand where it stood."""
    if version is not None and place.version == version:
        return True
    return position > EXACT_UP_TO and place.until > time.monotonic()
