"""Turn the date operators into stretches of time, relative to today where the user is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from api.redmineup.grammar import Clause
from api.wire.dates import first_instant, names_a_day, read_date, read_moment, shifted
from api.wire.errors import MalformedError, WireError
from api.wire.periods import days_around, period
from contacts.access import Actor
from contacts.errors import BadValueError

PERIODS = {
    "t": "today",
    "ld": "yesterday",
    "nd": "tomorrow",
    "w": "this_week",
    "lw": "last_week",
    "l2w": "last_2_weeks",
    "nw": "next_week",
    "m": "this_month",
    "lm": "last_month",
    "nm": "next_month",
    "y": "this_year",
}
MAX_DAYS = 1_000_000

Bound = date | datetime | None


@dataclass(frozen=True)
class Span:
    """From ``start`` up to but without ``end``; None is open."""

    start: Bound = None
    end: Bound = None


def span_of(clause: Clause, key: str, zone: tzinfo) -> Span:
    """Return the stretch of time that a clause means; raises BadValueError naming the field."""
    today = timezone.now().astimezone(zone).date()
    try:
        if clause.operator in PERIODS:
            return Span(*period(PERIODS[clause.operator], today))
        if clause.operator.endswith(("t-", "t+")):
            return _around(clause, today)
        return _between(clause, zone)
    except (WireError, IndexError):
        raise BadValueError(key, clause.values) from None


def zone_of(actor: Actor) -> tzinfo:
    """Return the actor's time zone, or the server's for one that is not known."""
    try:
        return ZoneInfo(actor.time_zone) if actor.time_zone else timezone.get_default_timezone()
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()


def as_instants(span: Span, zone: tzinfo) -> Span:
    """Return the span with days as the instants at which they begin."""
    try:
        return Span(*(_instant(bound, zone) for bound in (span.start, span.end)))
    except WireError:
        # Before or after all that a calendar holds: open on that side is the same.
        return Span()


def as_days(span: Span, zone: tzinfo) -> Span:
    """Return the span with instants as the days on which they fall."""
    return Span(*(_day(bound, zone) for bound in (span.start, span.end)))


def _around(clause: Clause, today: date) -> Span:
    """Return the days of ``>t-7`` and its like, all counted from today."""
    text = clause.values[0].strip()
    if not (text.isascii() and text.isdigit() and int(text[:8]) <= MAX_DAYS):
        raise MalformedError("not a number of days")
    days = int(text) if clause.operator.endswith("+") else -int(text)
    shape = clause.operator[:-2]
    if shape == ">":
        return Span(shifted(today, days), None)
    if shape == "<":
        return Span(None, shifted(today, days + 1))
    first, last = (days, days) if not shape else sorted((days, 0))
    return Span(*days_around(today, first, last))


def _between(clause: Clause, zone: tzinfo) -> Span:
    first = _stretch(clause.values[0], zone)
    if clause.operator == ">=":
        return Span(first.start, None)
    if clause.operator == "<=":
        return Span(None, first.end)
    if clause.operator == "><":
        return Span(first.start, _stretch(clause.values[1], zone).end)
    return first


def _stretch(text: str, zone: tzinfo) -> Span:
    """Return the day, or the second, that a text names."""
    if names_a_day(text):
        day = read_date(text)
        return Span(day, shifted(day, 1))
    moment = read_moment(text, zone)
    return Span(moment, moment + timedelta(seconds=1))


def _instant(bound: Bound, zone: tzinfo) -> datetime | None:
    if bound is None or isinstance(bound, datetime):
        return bound
    return first_instant(bound, zone)


def _day(bound: Bound, zone: tzinfo) -> date | None:
    return bound.astimezone(zone).date() if isinstance(bound, datetime) else bound
