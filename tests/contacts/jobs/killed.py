"""A worker with a job of its own, for a test that kills it; see `tests/trust/forking.py`."""

import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
django.setup()

from contacts.jobs import Work, Worker, enqueue, job, store, worker  # noqa: E402  # after the set-up
from contacts.models import Job, Tag  # noqa: E402  # after the set-up

STEPS = 40
NAME = "count_slowly"

store.LEASE = timedelta(seconds=1)
worker.RENEW_EVERY = 0.25
worker.LOOK_EVERY = 0.1


@job(NAME, title="Count slowly")
def count_slowly(work: Work, *, turn: int) -> None:
    """Make one tag a step, and end the worker at the last one."""
    for number in range(work.done + 1, STEPS + 1):
        with work.step():
            Tag.objects.create(name=f"{turn} {number}", name_key=f"{turn} {number}")
            work.done = number
    work.stopping.set()


def put_in(turn: int) -> None:
    """Put the job in."""
    enqueue(NAME, {"turn": turn})


def run() -> None:
    """Work until the last step is done."""
    Worker(parent=os.getppid()).run()


def state(turn: int) -> list[object]:
    """Return how the job of a turn stands, and after how many steps."""
    found = Job.objects.get(name=NAME, parameters__turn=turn)
    return [found.status, found.done]


def tags() -> list[str]:
    """Return the tags that all jobs have made."""
    return list(Tag.objects.values_list("name", flat=True))
