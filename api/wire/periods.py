"""Name stretches of days relative to today: this week, last month, the last 7 days.

A period is a pair of days, from the first day up to but without the second. Which word a client
writes for a period is its dialect's; the names here are ours.
"""

from calendar import MONDAY
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import partial

from api.wire.dates import first_instant, shifted
from api.wire.errors import MalformedError

Period = tuple[date, date]

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_PLACES = {"last": -1, "this": 0, "next": 1}


def period(name: str, today: date, *, first_weekday: int = MONDAY) -> Period:
    """Return the days of ``today``, ``this_week``, ``last_quarter`` or another of ``PERIODS``."""
    try:
        find = PERIODS[name]
    except KeyError:
        raise MalformedError("an unknown period") from None
    return find(today, first_weekday)


def days_around(today: date, first: int, last: int) -> Period:
    """Return the days from ``first`` to ``last``, both counted from today and both included."""
    return shifted(today, first), shifted(today, last + 1)


def instants(days: Period, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the instants between which the days lie in a time zone, in UTC."""
    return first_instant(days[0], zone), first_instant(days[1], zone)


def _weeks(offset: int, count: int, today: date, first_weekday: int) -> Period:
    start = shifted(today, -((today.weekday() - first_weekday) % 7) + 7 * offset)
    return start, shifted(start, 7 * count)


def _days(day: int, today: date, _first_weekday: int) -> Period:
    return days_around(today, day, day)


def _months(size: int, offset: int, today: date, _first_weekday: int) -> Period:
    months = today.year * 12 + today.month - 1
    start = months - months % size + offset * size
    return _first_of_month(start), _first_of_month(start + size)


def _first_of_month(months: int) -> date:
    year, month = divmod(months, 12)
    try:
        return date(year, month + 1, 1)
    except ValueError:
        raise MalformedError("a day beyond the calendar") from None


def _calendar() -> dict[str, Callable[[date, int], Period]]:
    found: dict[str, Callable[[date, int], Period]] = {
        "yesterday": partial(_days, -1),
        "today": partial(_days, 0),
        "tomorrow": partial(_days, 1),
        "last_2_weeks": partial(_weeks, -2, 2),
    }
    for place, offset in _PLACES.items():
        found[f"{place}_week"] = partial(_weeks, offset, 1)
        for word, size in _MONTHS.items():
            found[f"{place}_{word}"] = partial(_months, size, offset)
    return found


PERIODS = _calendar()
