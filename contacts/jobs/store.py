"""Jobs in the database: put in, taken under a lease, given back, ended.

Every change after the taking is conditional on the lease. A worker that was thought dead and comes
back finds that its lease is another's, and its transaction is undone.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from contacts.jobs.registry import find_definition
from contacts.models import Job

# A step has to be shorter; the heartbeat renews it several times meanwhile.
LEASE = timedelta(seconds=60)
# So many are looked at, because other workers look at the same ones.
LOOKED_AT = 10
KEEP_FINISHED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Origin:
    """On whose behalf and through which door a job was started."""

    user_id: int | None = None
    credential_id: int | None = None
    dialect: str = "system"


SYSTEM = Origin()


def enqueue(
    name: str,
    parameters: Mapping[str, object] | None = None,
    *,
    origin: Origin = SYSTEM,
    key: str = "",
    at: datetime | None = None,
) -> Job:
    """Store a job that a worker takes at its time, once the transaction is committed.

    With a key, an unfinished job of that key is returned instead of a second one. Raises TypeError
    for a kind or parameters that do not exist: a fault of the caller.
    """
    definition = find_definition(name)
    if definition is None:
        raise TypeError(f"no job is called {name!r}")
    definition.check(parameters or {})
    now = timezone.now()
    new = Job(
        name=name,
        parameters=dict(parameters or {}),
        key=key,
        user_id=origin.user_id,
        credential_id=origin.credential_id,
        dialect=origin.dialect,
        created_at=now,
        due_at=at or now,
    )
    return _stored_once(new) if key else _stored(new)


def _stored(new: Job) -> Job:
    new.save(force_insert=True)
    return new


def _stored_once(new: Job) -> Job:
    """Store it, or return the unfinished job of the same key."""
    while True:
        present = Job.objects.filter(key=new.key, finished_at=None).first()
        if present is not None:
            return present
        try:
            with transaction.atomic():
                return _stored(new)
        except IntegrityError:
            # Another has stored one just now; should it be finished by now, ours is stored.
            new.pk = None


def claim() -> Job | None:
    """Take the job that has been due for longest; no two workers get the same one.

    One whose worker has not renewed its lease is due as well.
    """
    now = timezone.now()
    due = Job.objects.filter(due_at__lte=now).order_by("due_at", "pk")
    return next((job for job in due[:LOOKED_AT] if take(job, now)), None)


def take(job: Job, now: datetime) -> bool:
    """Put our lease on a job, unless it has changed since it was looked at."""
    unchanged = Job.objects.filter(pk=job.pk, lease=job.lease, due_at=job.due_at)
    job.status = Job.Status.RUNNING
    job.lease = secrets.token_hex(16)
    job.due_at = now + LEASE
    job.attempts += 1
    job.started_at = job.started_at or now
    names = ("status", "lease", "due_at", "attempts", "started_at")
    return bool(unchanged.update(**{name: getattr(job, name) for name in names}))


def renew(leases: Collection[str]) -> None:
    """Hold jobs for another while."""
    if leases:
        held = Job.objects.filter(lease__in=leases, status=Job.Status.RUNNING)
        held.update(due_at=timezone.now() + LEASE)


def held(job: Job) -> QuerySet[Job]:
    """Return the row of a job as long as the lease is ours, else nothing."""
    return Job.objects.filter(pk=job.pk, lease=job.lease, status=Job.Status.RUNNING)


def put_back(job: Job, *, at: datetime, error: str = "", attempts: int | None = None) -> None:
    """Let another worker, or this one later, go on with a job."""
    held(job).update(
        status=Job.Status.WAITING,
        lease="",
        due_at=at,
        error=error,
        attempts=job.attempts if attempts is None else attempts,
    )


def end(
    job: Job, status: str, *, result: Mapping[str, object] | None = None, error: str = ""
) -> bool:
    """Finish a job; False when it is another worker's by now."""
    return bool(
        held(job).update(
            status=status,
            lease="",
            due_at=None,
            finished_at=timezone.now(),
            result=dict(result or {}),
            error=error,
        )
    )


def ask_to_cancel(job_id: int) -> bool:
    """Cancel a job that waits, or let a running one stop before its next step.

    Returns whether there was anything left to cancel.
    """
    now = timezone.now()
    waiting = Job.objects.filter(pk=job_id, status=Job.Status.WAITING)
    cancelled = waiting.update(
        status=Job.Status.CANCELLED, due_at=None, cancel_asked_at=now, finished_at=now
    )
    running = Job.objects.filter(pk=job_id, status=Job.Status.RUNNING)
    return bool(cancelled or running.update(cancel_asked_at=now))


def forget_finished() -> int:
    """Delete the jobs that ended long ago; return how many."""
    old = Job.objects.filter(finished_at__lt=timezone.now() - KEEP_FINISHED)
    count, _by_model = old.delete()
    return count
