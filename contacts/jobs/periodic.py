"""Jobs that nobody starts: planned again and again by the workers."""

from django.utils import timezone

from contacts.jobs.registry import Definition, definitions
from contacts.jobs.store import enqueue
from contacts.models import Job


def plan() -> None:
    """Put in what is missing; any number of workers may do so at once."""
    for definition in definitions():
        if definition.every is not None:
            _plan(definition)


def _plan(definition: Definition) -> None:
    key = f"every:{definition.name}"
    latest = Job.objects.filter(name=definition.name, key=key).order_by("-pk").first()
    if latest is not None and latest.finished_at is None:
        return
    due = timezone.now()
    if latest is not None and latest.finished_at is not None and definition.every is not None:
        due = latest.finished_at + definition.every
    enqueue(definition.name, key=key, at=due)
