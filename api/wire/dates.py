"""Read and print dates and times in the spellings of the wire."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from api.wire.errors import MalformedError

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{4})(\d{2})(\d{2})", re.ASCII)
# A "+" of an offset that was not escaped in a query string arrives as a blank.
_MOMENT = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2}|\d{8})"
    r"(?:[Tt ]?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r" ?(?P<zone>[Zz]|[+ -]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)


def read_date(text: str) -> date:
    """Return the day that ``2026-01-31`` or ``20260131`` names."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise MalformedError("not a date")
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        raise MalformedError("not a day of the calendar") from None


def read_moment(text: str, zone: tzinfo) -> datetime:
    """Return the instant of an ISO date and time, with the zone where the text names no offset.

    Seconds and fractions may be missing, a blank may stand for the ``T``, and a date alone is the
    first instant of that day. The result is in UTC.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise MalformedError("not a date and time")
    day = read_date(match["date"])
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    micro = int((match["part"] or "0")[:6].ljust(6, "0"))
    offset = _offset(match["zone"]) or zone
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second, micro, tzinfo=offset)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise MalformedError("not a time of the day") from None


def names_a_day(text: str) -> bool:
    """Say whether the text is a date without a time, which a filter reads as the whole day."""
    return _DATE.fullmatch(text.strip()) is not None


def utc_text(moment: datetime) -> str:
    """Print an instant as ``2026-11-21T22:41:30Z``: in UTC, whole seconds."""
    moment = moment.astimezone(UTC)
    # strftime("%Y") drops the leading zeros of early years and is slower.
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def first_instant(day: date, zone: tzinfo) -> datetime:
    """Return when the day begins in that zone, in UTC."""
    try:
        return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    except OverflowError:
        raise MalformedError("a day at the end of the calendar") from None


def shifted(day: date, days: int) -> date:
    """Return the day that many days later (or earlier), refusing to leave the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise MalformedError("a day beyond the calendar") from None


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    try:
        return timezone(-size if text[0] == "-" else size)
    except ValueError:
        raise MalformedError("not an offset from UTC") from None
