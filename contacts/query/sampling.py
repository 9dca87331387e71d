"""Ids spread evenly over a table: what is true of them stands for all of it.

Records are looked at in places spread evenly over the ids, some next to each other at each. Places
and not single records: what came by one import lies together, and is met by few of them or by none.
"""

from collections import Counter
from collections.abc import Iterable
from math import sqrt
from typing import Any, NamedTuple

from django.db.models import Max, Min, QuerySet

AT_EACH = 20
# So many standard errors lie between what a sample shows and what is told by it.
ERRORS = 4
# Where nothing is found there may be some: e**-4 is how seldom a sample meets none of four.
UNSEEN = 4
# The fractional parts of its multiples are spread evenly: no order of the data keeps step with it.
GOLDEN = 0.6180339887498949


class Sample(NamedTuple):
    """Some ids, each with the number of its place, of a table whose ids span so many numbers."""

    place_of: dict[int, int]
    span: int

    def found_at(self, ids: Iterable[int]) -> list[int]:
        """Return how many of the ids lie at each place."""
        found = Counter(self.place_of[pk] for pk in ids)
        return [found[place] for place in set(self.place_of.values())]

    def of_all(self, number: float) -> float:
        """Return how many of the whole table so many of the sample stand for."""
        return number * self.span / len(self.place_of)


def sample_of(records: QuerySet[Any, Any], places: int) -> Sample:
    """Return a sample of a table at so many places; two statements, for its first and last id.

    For both in one SQLite would read the whole index.
    """
    first = records.order_by().aggregate(first=Min("pk"))["first"]
    if first is None:
        return Sample({}, 0)
    span = records.order_by().aggregate(last=Max("pk"))["last"] - first + 1
    places = min(places, span)
    width = min(AT_EACH, span // places)
    ids: dict[int, int] = {}
    for place in range(places):
        begin, end = (first + number * span // places for number in (place, place + 1))
        start = begin + int(place * GOLDEN % 1 * (end - begin - width + 1))
        ids |= dict.fromkeys(range(start, start + width), place)
    return Sample(ids, span)


def error_of(found: list[int]) -> float:
    """Return the errors to allow for, by the scatter between what was found at each place."""
    total = sum(found)
    mean = total / len(found)
    scatter = sum((each - mean) ** 2 for each in found) * len(found) / max(1, len(found) - 1)
    return ERRORS * sqrt(max(scatter, total + UNSEEN))
