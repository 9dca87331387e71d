"""Read and write days and moments: ISO, compact, and relative to now.

2026-01-31   20260131   20260131123000   2026-01-31 12:30:00
now  today  yesterday  tomorrow   -1 week   +3 days   now - 2 months
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from api.civicrm.errors import bad_date
from api.wire.dates import read_moment
from api.wire.errors import WireError
from contacts.access import Actor

_DAYS = {"now": 0, "today": 0, "yesterday": -1, "tomorrow": 1}
_SHIFT = re.compile(
    r"([+-]?)\s*(\d{1,6})\s*(second|sec|minute|min|hour|day|week|month|year)s?( ago)?"
)
_SECONDS = {
    "second": 1,
    "sec": 1,
    "minute": 60,
    "min": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
}


def zone_of(actor: Actor) -> tzinfo:
    """Return the time zone of who asks, else that of the server."""
    try:
        return ZoneInfo(actor.time_zone) if actor.time_zone else timezone.get_default_timezone()
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()


def day_of(value: object, name: str, actor: Actor) -> date:
    """Return the day that a text names; raises CiviApiError."""
    return moment_of(value, name, actor).astimezone(zone_of(actor)).date()


def moment_of(value: object, name: str, actor: Actor) -> datetime:
    """Return the moment that a text names; raises CiviApiError."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise bad_date(name, value)
    text = " ".join(str(value).lower().split())
    zone = zone_of(actor)
    try:
        relative = _relative(text, timezone.now().astimezone(zone))
        return relative if relative is not None else read_moment(str(value).strip(), zone)
    except (WireError, OverflowError, ValueError):
        raise bad_date(name, value) from None


def written(moment: datetime, zone: tzinfo | None = None) -> str:
    """Return ``YYYY-MM-DD HH:MM:SS`` in a time zone, that of the server unless said otherwise."""
    local = moment.astimezone(zone or timezone.get_default_timezone())
    return local.replace(tzinfo=None, microsecond=0).isoformat(" ")


def _relative(text: str, now: datetime) -> datetime | None:
    """Return a moment relative to now, or None where the text is none of these."""
    word, _, rest = text.partition(" ")
    moment = now
    if word in _DAYS:
        if word != "now":
            moment = now.replace(hour=0, minute=0, second=0, microsecond=0)
        moment += timedelta(days=_DAYS[word])
        text = rest.strip()
        if not text:
            return moment
    shifts = list(_SHIFT.finditer(text))
    if not shifts or _SHIFT.sub("", text).strip():
        return None
    for found in shifts:
        sign, count, unit, ago = found.groups()
        amount = -int(count) if (sign == "-") != bool(ago) else int(count)
        moment = _SHIFTS.get(unit, _by_seconds)(moment, amount, unit)
    return moment


def _by_seconds(moment: datetime, amount: int, unit: str) -> datetime:
    return moment + timedelta(seconds=amount * _SECONDS[unit])


def _by_months(moment: datetime, amount: int, unit: str) -> datetime:
    months = moment.year * 12 + moment.month - 1 + amount * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


_SHIFTS: dict[str, Callable[[datetime, int, str], datetime]] = {
    "month": _by_months,
    "year": _by_months,
}
