"""Read and write days and moments: ISO, compact, and in words.

2026-01-31   20260131   20260131123000   2026-01-31 12:30:00
now   yesterday   -1 week   first day of next month   31 January 2026   01/31/2026
"""

from contextlib import suppress
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from api.civicrm.errors import bad_date
from api.civicrm.mapping.phrases import moment_said
from api.wire.dates import read_moment
from api.wire.errors import WireError
from contacts.access import Actor


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
    zone = zone_of(actor)
    with suppress(WireError):
        return read_moment(str(value).strip(), zone)
    try:
        said = moment_said(" ".join(str(value).lower().split()), timezone.now().astimezone(zone))
    except (OverflowError, ValueError):
        said = None
    if said is None:
        raise bad_date(name, value)
    return said


def written(moment: datetime, zone: tzinfo | None = None) -> str:
    """Return ``YYYY-MM-DD HH:MM:SS`` in a time zone, that of the server unless said otherwise."""
    local = moment.astimezone(zone or timezone.get_default_timezone())
    return local.replace(tzinfo=None, microsecond=0).isoformat(" ")
