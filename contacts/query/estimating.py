"""How many match where counting takes too long: estimated from a sample, on the high side.

Records are looked at in places spread evenly over the ids, some next to each other at each. What is
told is four standard errors of that sample above its mean: whoever pages by it reaches the end, and
the more evenly those that match are spread, the nearer it is to the truth. Places and not single
records: what came by one import lies together, and is met by few of them or by none.
"""

from collections import Counter
from math import ceil, sqrt
from typing import Any

from django.db.models import Max, Min, QuerySet

from contacts.query.totals import EXACT_UP_TO

PLACES = 256
AT_EACH = 20
ERRORS_ABOVE = 4
# Where nothing is found there may be some: e**-4 is how seldom a sample meets none of four.
UNSEEN = 4
# The fractional parts of its multiples are spread evenly: no order of the data keeps step with it.
GOLDEN = 0.6180339887498949


def estimated(matching: QuerySet[Any, Any]) -> int:
    """Return how many records match, most probably too many and never fewer than an exact total.

    Two statements, whatever the size of the table: its first and last id, and who matches of five
    thousand ids.
    """
    records = matching.model._default_manager.using(matching.db)
    ends = records.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return 0
    span = ends["last"] - ends["first"] + 1
    place_of = _sample(ends["first"], span)
    among = matching.order_by().filter(pk__among=list(place_of)).values_list("pk", flat=True)
    found = Counter(place_of[pk] for pk in among.iterator())
    high = _on_the_high_side([found[place] for place in set(place_of.values())])
    number: int = max(EXACT_UP_TO + 1, ceil(high * span / len(place_of)))
    return number


def _sample(first: int, span: int) -> dict[int, int]:
    """Return the ids that are looked at, each with the number of its place."""
    places = min(PLACES, span)
    width = min(AT_EACH, span // places)
    ids: dict[int, int] = {}
    for place in range(places):
        begin, end = (first + number * span // places for number in (place, place + 1))
        start = begin + int(place * GOLDEN % 1 * (end - begin - width + 1))
        ids |= dict.fromkeys(range(start, start + width), place)
    return ids


def _on_the_high_side(found: list[int]) -> float:
    """Return more than places like these have together, by the scatter between them."""
    total = sum(found)
    mean = total / len(found)
    scatter = sum((each - mean) ** 2 for each in found) * len(found) / max(1, len(found) - 1)
    return total + ERRORS_ABOVE * sqrt(max(scatter, total + UNSEEN))
