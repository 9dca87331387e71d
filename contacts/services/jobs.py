"""What outlives a request: changes of many contacts, and what is done again and again."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from contacts import jobs
from contacts.access import system_actor
from contacts.access.request_log import forget_requests
from contacts.idempotency import forget_old_answers
from contacts.jobs import Work, job
from contacts.services.background import actor_of_job
from contacts.services.bulk import BulkChange, BulkOutcome, change_contacts
from contacts.services.personal_data.scrubbing import SCRUB, scrub
from contacts.services.purging import purge
from contacts.services.stored_searches import forget_searches
from contacts.services.undoing import undo_request
from contacts.services.webhook_sending import forget_deliveries

DAILY = timedelta(days=1)
# A step is one transaction; while it lasts, nobody else writes on SQLite.
CONTACTS_A_STEP = 50
# So many contacts that could not be taken back are named.
MOST_LEFT = 1_000


@job("change_contacts", title=_("Change many contacts"))
def change_many_contacts(
    work: Work, *, action: str, parameters: dict[str, object], contact_ids: list[int], undo: str
) -> Mapping[str, int]:
    """Do the same to many contacts; `undo` is the request under which it can be taken back."""
    actor = actor_of_job(work).through(work.job.dialect, request_id=undo)
    work.total = len(contact_ids)
    while work.done < len(contact_ids):
        with work.step():
            ids = contact_ids[work.done : work.done + CONTACTS_A_STEP]
            outcome = change_contacts(actor, BulkChange(action, parameters), ids) + _so_far(work)
            work.state = asdict(outcome)
            work.done += len(ids)
    return asdict(_so_far(work))


@job("undo_changes", title=_("Take many changes back"))
def undo_many_changes(work: Work, *, undo: str, own_request: str) -> Mapping[str, object]:
    """Take back all that one request changed, which again can be taken back.

    The result names the contacts that were left as they are, with what was changed since.
    """
    actor = actor_of_job(work).through(work.job.dialect, request_id=own_request)
    below: int | None = work.state.get("below")  # type: ignore[assignment]  # as it is put there
    while True:
        with work.step():
            undone = undo_request(actor, undo, below=below, most=CONTACTS_A_STEP)
            outcome = BulkOutcome(undone.count, undone.refused) + _so_far(work)
            below = undone.last
            left = [*_left_so_far(work), *map(asdict, undone.left)][:MOST_LEFT]
            work.state = asdict(outcome) | {"below": below, "left": left}
            work.done = outcome.changed + outcome.refused
        if below is None:
            return asdict(outcome) | ({"left": left} if left else {})


def _so_far(work: Work) -> BulkOutcome:
    changed, refused = (int(str(work.state.get(key, 0))) for key in ("changed", "refused"))
    return BulkOutcome(changed, refused)


def _left_so_far(work: Work) -> list[dict[str, object]]:
    left: list[dict[str, object]] = work.state.get("left", [])  # type: ignore[assignment]  # as it is put there
    return left


@job("purge", title=_("Empty the trash"), every=DAILY)
def purge_trash(work: Work) -> Mapping[str, int]:
    """Delete for good what has been in the trash for long enough."""
    # Each record is a transaction of its own: cut off, the next run goes on.
    return asdict(purge(system_actor("purge"), days=settings.ARCHIVE_RETENTION_DAYS))


@job(SCRUB, title=_("Clean what deleted rows have left"))
def scrub_database(work: Work) -> None:
    """Clean after an erasure; whoever reads an old state of the database lets the job wait."""
    work.require_turn()
    scrub()


@job("forget_expired", title=_("Forget what has expired"), every=timedelta(hours=1))
def forget_expired(work: Work) -> Mapping[str, int]:
    """Delete sessions, stored searches, answers kept for retries and jobs that are over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return {
        "searches": forget_searches(),
        "answers": forget_old_answers(),
        "jobs": jobs.forget_finished(),
        "deliveries": forget_deliveries(),
        "requests": forget_requests(),
    }
