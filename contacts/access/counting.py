"""Count what programs ask, without making them wait for it.

A request only adds to a number in memory. The numbers are written down every few seconds by a
thread of the server, and by whoever wants to read them; what a killed process had not written yet
is missing, which a figure for people can bear.
"""

import atexit
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Event, Lock, Thread

import structlog
from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address
from django.db import Error, connection, transaction
from django.db.models import F, Max, QuerySet, Sum
from django.utils import timezone

from contacts.access.request_log import has_notes, write_notes
from contacts.access.view_counts import has_views, write_views
from contacts.models import RequestCount

WRITE_EVERY_SECONDS = 10
KEEP = timedelta(days=35)
WEEK = timedelta(days=7)

logger = structlog.get_logger("contacts.counting")

Key = tuple[date, str, int]


@dataclass(slots=True)
class Tally:
    """What has been asked under one key since it was last written down."""

    requests: int = 0
    failed: int = 0
    address: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """How often somebody asked, how often in vain, and from where the last time."""

    requests: int = 0
    failed: int = 0
    last_address: str = ""
    last_at: datetime | None = None

    @property
    def failed_percent(self) -> int:
        """Return the share of failed requests; one of a thousand is still more than none."""
        return -(-100 * self.failed // self.requests) if self.requests else 0


_tallies: dict[Key, Tally] = {}
_lock = Lock()


def count_request(
    dialect: str, credential_id: int | None, *, address: str = "", is_failed: bool = False
) -> None:
    """Count one request; costs a few microseconds and cannot fail."""
    now = timezone.now()
    key = (today(now), dialect, credential_id or 0)
    with _lock:
        tally = _tallies.setdefault(key, Tally())
        tally.requests += 1
        tally.failed += is_failed
        tally.address, tally.at = address or tally.address, now


def today(now: datetime | None = None) -> date:
    """Return the day of the instance, whatever zone a reader lives in."""
    return timezone.localdate(now, timezone=timezone.get_default_timezone())


def write_counts() -> None:
    """Write down what was counted; it is counted on where the database is away."""
    with _lock:
        taken = dict(_tallies)
        _tallies.clear()
    try:
        with transaction.atomic():
            for key, tally in sorted(taken.items()):
                _add(key, tally)
    except Error:
        logger.warning("counts not written", exc_info=True)
        _put_back(taken)


def forget_counts() -> None:
    """Forget what was counted and not yet written."""
    with _lock:
        _tallies.clear()


def _add(key: Key, tally: Tally) -> None:
    day, dialect, credential_id = key
    same = RequestCount.objects.filter(day=day, dialect=dialect, credential_id=credential_id)
    values = {"last_address": _valid(tally.address), "last_at": tally.at}
    if same.update(
        requests=F("requests") + tally.requests, failed=F("failed") + tally.failed, **values
    ):
        return
    fresh = RequestCount(day=day, dialect=dialect, credential_id=credential_id, **values)
    # Another process may do the same this moment; then both add.
    RequestCount.objects.bulk_create([fresh], ignore_conflicts=True)
    same.update(requests=F("requests") + tally.requests, failed=F("failed") + tally.failed)
    RequestCount.objects.filter(day__lt=day - KEEP).delete()


def _valid(address: str | None) -> str | None:
    """Return an address that the database takes; behind some proxies there is none."""
    try:
        validate_ipv46_address(address or "")
    except ValidationError:
        return None
    return address


def _put_back(taken: dict[Key, Tally]) -> None:
    with _lock:
        for key, tally in taken.items():
            present = _tallies.setdefault(key, tally)
            if present is not tally:
                present.requests += tally.requests
                present.failed += tally.failed


def usage_of_credentials(credential_ids: list[int]) -> dict[int, Usage]:
    """Return the use of credentials in the last seven days, by id."""
    write_counts()
    since = today() - WEEK
    rows = RequestCount.objects.filter(credential_id__in=credential_ids, day__gt=since)
    usage = {int(str(pk)): each for pk, each in _sums(rows, "credential_id").items()}
    latest = RequestCount.objects.filter(credential_id__in=credential_ids).order_by("last_at")
    for pk, address in latest.values_list("credential_id", "last_address"):
        known = usage.get(pk, Usage())
        usage[pk] = Usage(known.requests, known.failed, address or "", known.last_at)
    return usage


def usage_of_dialects() -> dict[str, Usage]:
    """Return the use of each dialect today, by its name."""
    write_counts()
    rows = RequestCount.objects.filter(day=today())
    return {str(name): each for name, each in _sums(rows, "dialect").items()}


def _sums(rows: QuerySet[RequestCount], column: str) -> dict[object, Usage]:
    summed = rows.order_by(column).values(column)
    found = summed.annotate(all=Sum("requests"), bad=Sum("failed"), at=Max("last_at"))
    return {row[column]: Usage(row["all"], row["bad"], last_at=row["at"]) for row in found}


def keep_writing() -> None:
    """Start the thread of a server process that writes the numbers down."""
    stop = Event()

    def run() -> None:
        while not stop.wait(WRITE_EVERY_SECONDS):
            _write_and_close()

    atexit.register(_write_and_close)
    Thread(target=run, name="counts", daemon=True).start()


def _write_and_close() -> None:
    """Write, and hold no connection while there is nothing to write."""
    if _tallies or has_views() or has_notes():
        for work in (write_counts, write_views, write_notes, connection.close):
            do_or_tell(work)


def do_or_tell(work: Callable[[], None]) -> None:
    """Do a part; whatever goes wrong is told, and neither the thread nor the other parts end."""
    try:
        work()
    except Exception:
        logger.exception("counting failed", part=work.__name__)
