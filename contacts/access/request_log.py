"""Keep what programs ask for some days, without making them wait for it.

A request only leaves a note in memory. The notes are written down every few seconds by the thread
of `contacts.access.counting`, and by whoever wants to read them. Of a flood only the latest are
kept, failures apart from the others; what a killed process had not written is missing.
"""

from collections import deque
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address
from django.db import Error
from django.db.models import Count, QuerySet
from django.utils import timezone

from contacts.access.actor import Actor
from contacts.access.visibility import visible_contacts
from contacts.fields.text import storable
from contacts.models import Change, RequestLogEntry

# Of each process, between two times that they are written.
MOST_NOTES = 1_000
ROWS_AT_ONCE = 200
MOST_REFUSALS = 10
MOST_TOUCHED = 100
LIMITS = {"operation": 100, "method": 10, "path": 300, "parameters": 300, "reason": 200}

logger = structlog.get_logger("contacts.counting")


@dataclass(slots=True)
class Note:
    """What there is to say of one request.

    Not frozen: making a frozen one takes longer than all else that is done to note a request.
    """

    dialect: str
    method: str
    path: str
    status: int
    milliseconds: int
    operation: str = ""
    parameters: str = ""
    is_failed: bool = False
    reason: str = ""
    credential_id: int | None = None
    user_id: int | None = None
    address: str | None = None
    request_id: str = ""
    at: datetime = field(default_factory=timezone.now)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is asked for in vain, and how often."""

    dialect: str
    asked: str
    reason: str
    count: int


_good: deque[Note] = deque(maxlen=MOST_NOTES)
_failed: deque[Note] = deque(maxlen=MOST_NOTES)
_lock = Lock()


def note_request(note: Note) -> None:
    """Remember one request; costs a few microseconds and cannot fail."""
    if settings.REQUEST_LOG_DAYS:
        (_failed if note.is_failed else _good).append(note)


def has_notes() -> bool:
    """Tell whether anything was noted that is not written down."""
    return bool(_good or _failed)


def forget_notes() -> None:
    """Forget what was noted and not yet written."""
    _taken()


def write_notes() -> None:
    """Write down what was noted; it is lost where the database is away."""
    notes = sorted(_taken(), key=lambda note: note.at)
    try:
        RequestLogEntry.objects.bulk_create([_row(note) for note in notes], ROWS_AT_ONCE)
    except Error:
        logger.warning("requests not written", exc_info=True)


def _taken() -> list[Note]:
    with _lock:
        notes = [*_good, *_failed]
        _good.clear()
        _failed.clear()
    return notes


def _row(note: Note) -> RequestLogEntry:
    values = asdict(note)
    for name, limit in LIMITS.items():
        values[name] = storable(values[name])[:limit]
    values["request_id"] = storable(note.request_id)[:64]
    try:
        validate_ipv46_address(note.address or "")
    except ValidationError:
        # Behind some proxies there is none.
        values["address"] = None
    return RequestLogEntry(**values)


def forget_requests() -> int:
    """Delete what was asked long enough ago; returns how many requests that were."""
    since = timezone.now() - timedelta(days=settings.REQUEST_LOG_DAYS)
    return RequestLogEntry.objects.filter(at__lt=since).delete()[0]


def visible_requests(actor: Actor) -> QuerySet[RequestLogEntry]:
    """Return the requests of all programs, the newest first; raises ForbiddenError."""
    actor.require_administrator()
    write_notes()
    return RequestLogEntry.objects.order_by("-id")


def touched_contacts(actor: Actor, entry: RequestLogEntry) -> list[tuple[int, str]]:
    """Return the contacts that a request has changed and that the actor sees, with their names."""
    if not entry.request_id:
        return []
    changes = Change.objects.filter(request_id=entry.request_id).exclude(contact_id=None)
    found = changes.order_by().values_list("contact_id", flat=True)[:MOST_TOUCHED]
    ids = {pk for pk in found if pk is not None}
    seen = visible_contacts(actor, archived=None).filter(pk__in=ids).order_by("pk")
    return list(seen.values_list("pk", "display_name"))


def refusals(actor: Actor) -> list[Refusal]:
    """Return what is asked for in vain most often; raises ForbiddenError."""
    rows = visible_requests(actor).filter(is_failed=True).order_by()
    grouped = rows.values("dialect", "operation", "method", "path", "reason")
    counted = grouped.annotate(count=Count("id")).order_by("-count", "dialect", "operation", "path")
    return [
        Refusal(
            row["dialect"],
            row["operation"] or f"{row['method']} {row['path']}",
            row["reason"],
            row["count"],
        )
        for row in counted[:MOST_REFUSALS]
    ]
