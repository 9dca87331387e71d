"""What is done again and again without anybody asking for it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from contacts import jobs
from contacts.access import system_actor
from contacts.idempotency import forget_old_answers
from contacts.jobs import Work, job
from contacts.services.purging import purge
from contacts.services.stored_searches import forget_searches

DAILY = timedelta(days=1)


@job("purge", title=_("Empty the trash"), every=DAILY)
def purge_trash(work: Work) -> Mapping[str, int]:
    """Delete for good what has been in the trash for long enough."""
    # Each record is a transaction of its own: cut off, the next run goes on.
    return asdict(purge(system_actor("purge"), days=settings.ARCHIVE_RETENTION_DAYS))


@job("forget_expired", title=_("Forget what has expired"), every=timedelta(hours=1))
def forget_expired(work: Work) -> Mapping[str, int]:
    """Delete sessions, stored searches, answers kept for retries and jobs that are over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return {
        "searches": forget_searches(),
        "answers": forget_old_answers(),
        "jobs": jobs.forget_finished(),
    }
