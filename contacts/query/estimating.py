"""How many match, told by a sample: on the high side, or how many there are at the least.

What is told is four standard errors of that sample above its mean where counting takes too long:
whoever pages by it reaches the end, and the more evenly those that match are spread, the nearer it
is to the truth. As far below the mean so many match as surely as that.
"""

from math import ceil
from typing import Any

from django.db.models import Manager, QuerySet

from contacts.access.ids import ManyIds
from contacts.query.ordering import Columns, Raw
from contacts.query.sampling import Sample, error_of, sample_of
from contacts.query.totals import EXACT_UP_TO

PLACES = 256
# Enough to tell of what one in forty fits that it is more than one in a hundred.
PLACES_AT_LEAST = 128


def estimated(matching: QuerySet[Any, Any]) -> int:
    """Return how many records match, most probably too many and never fewer than an exact total.

    Three statements, whatever the size of the table: its first id, its last, and who matches of
    five thousand ids.
    """
    sample = sample_of(_all_of(matching), PLACES)
    if not sample.span:
        return 0
    found = sample.found_at(_found_in(sample, matching))
    high = sample.of_all(sum(found) + error_of(found))
    number: int = max(EXACT_UP_TO + 1, ceil(high))
    return number


def at_least(matching: QuerySet[Any, Any]) -> int:
    """Return a number that is most probably lower than that of the records that match.

    Three statements as above, of half as many ids.
    """
    sample = sample_of(_all_of(matching), PLACES_AT_LEAST)
    if not sample.span:
        return 0
    found = sample.found_at(_found_in(sample, matching))
    return max(0, int(sample.of_all(sum(found) - error_of(found))))


def numbers_until_met(
    matching: QuerySet[Any, Any], passed: QuerySet[Any, Any], columns: Columns
) -> tuple[int, int]:
    """Return about how many records match, and how many of those passed stand before the first.

    Four statements: who stands where of the ids above is asked as well.
    """
    sample = sample_of(_all_of(matching), PLACES_AT_LEAST)
    if not sample.span:
        return 0, 0
    found = set(_found_in(sample, matching))
    among = passed.order_by().filter(pk__among=ManyIds(list(sample.place_of)))
    placed = sorted(among.values_list(*map(Raw, columns.deciding), "pk"), reverse=columns.is_down)
    before = next((place for place, row in enumerate(placed) if row[-1] in found), len(placed))
    return round(sample.of_all(len(found))), round(sample.of_all(before))


def _all_of(matching: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    manager: Manager[Any] = matching.model._default_manager
    return manager.using(matching.db)


def _found_in(sample: Sample, matching: QuerySet[Any, Any]) -> list[int]:
    among = matching.order_by().filter(pk__among=ManyIds(list(sample.place_of)))
    return list(among.values_list("pk", flat=True))
