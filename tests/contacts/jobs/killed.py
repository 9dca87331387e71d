"""A worker with a job of its own, for a test that kills it."""

import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
django.setup()

from contacts.jobs import Work, Worker, job, store, worker  # noqa: E402  # after the set-up
from contacts.models import Tag  # noqa: E402  # after the set-up

STEPS = 40
NAME = "count_slowly"


@job(NAME, title="Count slowly")
def count_slowly(work: Work) -> None:
    """Make one tag a step, and end the worker at the last one."""
    for number in range(work.done + 1, STEPS + 1):
        with work.step():
            Tag.objects.create(name=f"tag {number}", name_key=f"tag {number}")
            work.done = number
    work.stopping.set()


if __name__ == "__main__":
    store.LEASE = timedelta(seconds=2)
    worker.RENEW_EVERY = 0.5
    worker.LOOK_EVERY = 0.1
    print("ready", flush=True)  # noqa: T201  # the test waits for it
    Worker(parent=os.getppid()).run()
