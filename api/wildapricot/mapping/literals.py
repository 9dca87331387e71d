"""Read values as clients write them, in filters and in bodies: truths, numbers, days, moments."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation

from django.utils import timezone

from api.wire.dates import first_instant, names_a_day, read_date, read_moment, shifted
from api.wire.errors import WireError

_TRUTHS = {
    "true": True,
    "1": True,
    "yes": True,
    "false": False,
    "0": False,
    "no": False,
}
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_FRACTION = re.compile(r"[:\d][.,]\d+")
_MOST_DIGITS = 40
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a literal names, from its first instant up to the one after its last."""

    start: datetime
    end: datetime


def truth_of(value: object) -> bool | None:
    """Return the truth of a word, a number or a JSON value, or None."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | str):
        return _TRUTHS.get(str(value).strip().casefold())
    return None


def integer_of(value: object) -> int | None:
    """Return a whole number, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    text = str(value).strip() if isinstance(value, str) else ""
    return int(text) if _INTEGER.fullmatch(text) else None


def number_of(value: object) -> Decimal | None:
    """Return a number, or None; exponents and infinities are none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if len(text) > _MOST_DIGITS or "_" in text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def moment_of(value: object) -> datetime | None:
    """Return a moment; without an offset it is in the account's zone; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        return read_moment(value, timezone.get_default_timezone())
    except WireError:
        return None


def span_of(text: str) -> Span | None:
    """Return the time that a literal names: a day, a second, or an instant with its fraction."""
    zone = timezone.get_default_timezone()
    try:
        if names_a_day(text):
            day = read_date(text)
            return Span(_start(day, zone), _start(day, zone, days=1))
        start = read_moment(text, zone)
    except WireError:
        return None
    length = timedelta(microseconds=1) if _FRACTION.search(text) else timedelta(seconds=1)
    return Span(start, start + length if start < _LAST - length else _LAST)


def _start(day: date, zone: tzinfo, days: int = 0) -> datetime:
    """Return when a day begins, or the one that many days later.

    The first and the last day of the calendar are how .NET and SQL write "ever" and "never", so
    what would lie beyond it is its end.
    """
    try:
        return first_instant(shifted(day, days), zone)
    except WireError:
        return _FIRST if day.year == _FIRST.year else _LAST


def day_of(value: object) -> date | None:
    """Return the calendar day of a date, or of a moment in the account's zone."""
    if not isinstance(value, str):
        return None
    try:
        if names_a_day(value):
            return read_date(value)
        if _has_offset(value):
            return read_moment(value, UTC).astimezone(timezone.get_default_timezone()).date()
        return read_moment(value, UTC).date()
    except (WireError, OverflowError):
        return None


def _has_offset(text: str) -> bool:
    return re.search(r"([zZ]|[+-]\d{2}:?\d{2}| \d{2}:?\d{2})\s*$", text[10:]) is not None
