"""The process that runs jobs until it is told to stop."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone

from contacts.jobs import periodic, store
from contacts.jobs.running import run
from contacts.models import Job

logger = structlog.get_logger(__name__)

THREADS = 2
# How soon a new job is noticed, a lease renewed, a periodic job planned.
LOOK_EVERY = 1.0
RENEW_EVERY = 15.0
PLAN_EVERY = 60.0
PAUSE_AFTER_OUTAGE = 5.0
# After that whoever waits for us kills us, which costs no more than the step under way.
LAST_STEPS_IN_SECONDS = 20.0


def _nothing() -> None:
    """Prepare nothing."""


def run_due(prepare: Callable[[], None] = _nothing) -> int:
    """Run everything that is due now, in this thread; return how many jobs that were."""
    periodic.plan()
    count = 0
    while (job := store.claim()) is not None:
        prepare()
        run(job)
        count += 1
    return count


def run_held(job: Job) -> bool:
    """Run one job in this process now; False where another one holds it."""
    now = timezone.now()
    if job.due_at is None or job.due_at > now or not store.take(job, now):
        return False
    try:
        with _kept_alive(job.lease):
            run(job)
    except KeyboardInterrupt:
        # Others need not wait for the lease to end.
        store.put_back(job, at=timezone.now())
        raise
    return True


@contextmanager
def _kept_alive(lease: str) -> Iterator[None]:
    """Renew a lease from beside as long as the block takes."""
    ended = Event()

    def renew() -> None:
        while not ended.wait(RENEW_EVERY):
            with suppress(DatabaseError, InterfaceError):
                store.renew([lease])
        connections.close_all()

    beside = Thread(target=renew, daemon=True)
    beside.start()
    try:
        yield
    finally:
        ended.set()
        beside.join()


class Worker:
    """Threads that run jobs, and one that keeps their leases alive.

    `prepare` is called before each job: what a process remembers between requests is out of date
    in one that gets none. With `parent` the worker ends when that process does.
    """

    def __init__(
        self,
        threads: int = THREADS,
        *,
        prepare: Callable[[], None] = _nothing,
        parent: int | None = None,
    ) -> None:
        self.stopping = Event()
        self.parent = parent
        self._prepare = prepare
        self._held: set[str] = set()
        self._lock = Lock()
        self._runners = [Thread(target=self._run_jobs, daemon=True) for _ in range(threads)]

    def stop(self) -> None:
        """Let the jobs end at their next step."""
        self.stopping.set()

    def run(self) -> None:
        """Work until told to stop."""
        for runner in self._runners:
            runner.start()
        self._look_after_jobs()
        give_up = time.monotonic() + LAST_STEPS_IN_SECONDS
        for runner in self._runners:
            runner.join(max(0.0, give_up - time.monotonic()))

    def _look_after_jobs(self) -> None:
        next_renewal = next_plan = 0.0
        while not self.stopping.wait(LOOK_EVERY):
            if self.parent is not None and os.getppid() != self.parent:
                self.stop()
            now = time.monotonic()
            if now >= next_plan and self._managed(periodic.plan):
                next_plan = now + PLAN_EVERY
            if now >= next_renewal and self._managed(self._renew):
                next_renewal = now + RENEW_EVERY
        connections.close_all()

    def _renew(self) -> None:
        with self._lock:
            leases = list(self._held)
        store.renew(leases)

    def _run_jobs(self) -> None:
        while not self.stopping.is_set():
            if not self._managed(self._run_next):
                self.stopping.wait(PAUSE_AFTER_OUTAGE)
        connections.close_all()

    def _run_next(self) -> None:
        """Run the job that is due, or wait a little for one."""
        job = store.claim()
        if job is None:
            self.stopping.wait(LOOK_EVERY)
            return
        with self._lock:
            self._held.add(job.lease)
        try:
            self._prepare()
            run(job, self.stopping)
        finally:
            with self._lock:
                self._held.discard(job.lease)

    def _managed(self, act: Callable[[], object]) -> bool:
        """Do something with the database, and tell whether that went well."""
        close_old_connections()
        try:
            act()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("database away", error=str(error))
        except Exception as error:  # a worker goes on, whatever happened
            logger.error("worker failed", exc_info=error)
        else:
            return True
        connections.close_all()
        return False
