"""Whose jobs an actor may see: administrators all, others what they started themselves."""

from django.db.models import QuerySet

from contacts.access.actor import Actor
from contacts.models import Job


def visible_jobs(actor: Actor) -> QuerySet[Job]:
    """Return the jobs that an actor may see and cancel, newest first."""
    jobs = Job.objects.order_by("-pk")
    if actor.is_administrator:
        return jobs
    # Nobody signed in sees nothing: such jobs are the system's.
    return jobs.filter(user_id=actor.user_id) if actor.user_id else jobs.none()
