"""Run one job that was taken, and decide what becomes of it."""

import gc
import random
from collections.abc import Mapping
from datetime import timedelta
from threading import Event

import structlog
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from contacts.jobs import store
from contacts.jobs.registry import Definition, find_definition
from contacts.jobs.work import End, HopelessError, TurnOverError, Work
from contacts.models import Job

logger = structlog.get_logger(__name__)

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
# A job of a newer version waits for a worker of that version.
UNKNOWN_PAUSE = timedelta(minutes=5)
# Kilobytes of pages of an SQLite file. A job goes on from page to page and seldom
# comes back: measured, an import is no faster with four times as much.
PAGE_CACHE = 16_384
# Who only reads comes to each page once.
PAGE_CACHE_OF_READERS = 4_096
# Rows of a job live as long as its step, and nothing of them is in a circle. Python would look for
# circles every 700 new objects, a tenth of an import's time.
NEW_OBJECTS = 50_000


def run(job: Job, stopping: Event | None = None) -> None:
    """Run a taken job to its end, or to the reason why it ends now."""
    settle_in()
    definition = find_definition(job.name)
    if definition is None:
        store.put_back(job, at=timezone.now() + UNKNOWN_PAUSE, attempts=job.attempts - 1)
        return
    if job.attempts > definition.attempts:
        # Its worker died each time, so nobody was left to say so.
        store.end(job, Job.Status.FAILED, error=job.error or "The worker ended while it ran.")
        return
    work = Work(job, stopping)
    try:
        work.require_turn()
        result = definition.run(work, **work.parameters)
    except TurnOverError as turn:
        _end_turn(job, turn.why)
    except Exception as error:  # noqa: BLE001  # whatever a job raises is kept with it
        _after_failure(job, definition, error)
    else:
        store.end(job, Job.Status.DONE, result=result if isinstance(result, Mapping) else {})
        logger.info("job done", job=job.pk, name=job.name)


def settle_in(pages: int = PAGE_CACHE) -> None:
    """Let this process go through very many rows: whatever it reads, it takes the same memory."""
    gc.set_threshold(NEW_OBJECTS)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size=-{pages}")


def _end_turn(job: Job, why: End) -> None:
    if why is End.CANCELLED:
        store.end(job, Job.Status.CANCELLED)
    elif why is End.STOPPED:
        store.put_back(job, at=timezone.now(), attempts=job.attempts - 1)
    logger.info("job left", job=job.pk, name=job.name, why=why.value)


def _after_failure(job: Job, definition: Definition, error: Exception) -> None:
    """Try again later and later, or give up."""
    if isinstance(error, DatabaseError | InterfaceError) and not _is_reachable(job):
        # Nothing can be written down now; the lease ends by itself and somebody goes on.
        raise error
    is_hopeless = isinstance(error, HopelessError)
    text = str(error) if is_hopeless else f"{type(error).__name__}: {error}"
    is_last = is_hopeless or job.attempts >= definition.attempts
    logger.error("job failed", job=job.pk, name=job.name, is_last=is_last, exc_info=error)
    if is_last:
        store.end(job, Job.Status.FAILED, error=text)
    else:
        store.put_back(job, at=timezone.now() + pause_after(job.attempts), error=text)


def _is_reachable(job: Job) -> bool:
    try:
        return store.held(job).exists()
    except (DatabaseError, InterfaceError):
        return False


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait: twice as long after each try, and not all at the same moment."""
    pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311  # no secret
