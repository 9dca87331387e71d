"""What the function of a job holds in its hands."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from threading import Event

from django.db import transaction
from django.utils import timezone

from contacts.jobs import store
from contacts.models import Job


class End(Enum):
    """Why a job has to stop before it is done."""

    LOST = "another worker has it"
    CANCELLED = "somebody cancelled it"
    STOPPED = "the worker is told to stop"


class TurnOverError(BaseException):
    """Leave the function of a job; no `except Exception` in it may catch this."""

    def __init__(self, why: End) -> None:
        self.why = why
        super().__init__(why.value)


class HopelessError(Exception):
    """What is wrong will be wrong the next time as well; the job is not tried again."""


class Work:
    """A job while it runs.

    `state` is whatever the job needs to go on from here, `done`, `total` and `message` are for
    people. All four are stored at the end of a step.
    """

    def __init__(self, job: Job, stopping: Event | None = None) -> None:
        self.job = job
        self.stopping = stopping or Event()
        self.state: dict[str, object] = dict(job.state)
        self.done = job.done
        self.total = job.total
        self.message = job.message

    @property
    def parameters(self) -> Mapping[str, object]:
        """Return what the job was started with."""
        parameters: dict[str, object] = self.job.parameters
        return parameters

    @contextmanager
    def step(self) -> Iterator[None]:
        """Do the next step: one transaction with the note of how far the job is.

        Raises `TurnOverError` before it when the job is cancelled, or somebody else's, or the
        worker is to stop; and at its end, undoing the step, when the lease was lost meanwhile.
        """
        self.require_turn()
        with transaction.atomic():
            yield
            self._note()

    def require_turn(self) -> None:
        """Raise `TurnOverError` when there is a reason to stop here."""
        row = store.held(self.job).values_list("cancel_asked_at", flat=True)
        asked = list(row)
        if not asked:
            raise TurnOverError(End.LOST)
        if asked[0] is not None:
            raise TurnOverError(End.CANCELLED)
        if self.stopping.is_set():
            raise TurnOverError(End.STOPPED)

    def _note(self) -> None:
        """Store how far the job is."""
        stored = store.held(self.job).update(
            state=self.state,
            done=self.done,
            total=self.total,
            message=self.message[:500],
            attempts=1,
            error="",
            due_at=timezone.now() + store.LEASE,
        )
        if not stored:
            raise TurnOverError(End.LOST)
        self.job.attempts = 1
