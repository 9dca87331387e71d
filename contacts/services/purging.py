"""Delete for good what has been in the trash for long enough, and uploads that nobody used.

Each record is a transaction of its own: a run that is cut off has done its work up to there, and
the next one goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from contacts import history
from contacts.access import Actor
from contacts.access.visibility import (
    visible_activities,
    visible_contacts,
    visible_deals,
    visible_tickets,
)
from contacts.errors import NotFoundError
from contacts.models import Attachment
from contacts.query.attachments import attachment_document
from contacts.services.activities import delete_activity
from contacts.services.contacts import delete_contact
from contacts.services.deals import delete_deal
from contacts.services.files import remove_when_committed
from contacts.services.tickets import delete_ticket
from contacts.services.wastebasket import empty

# Long enough to fill in the longest form; the file is of no use without the record.
UPLOADS_LIVE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of each kind were deleted."""

    contacts: int = 0
    deals: int = 0
    tickets: int = 0
    activities: int = 0
    uploads: int = 0


def purge(actor: Actor, *, days: int) -> Purged:
    """Delete what was archived more than so many days ago (0: nothing), and unused uploads.

    Raises ForbiddenError for everybody but administrators.
    """
    actor.require_administrator()
    uploads = _purge_uploads(actor, timezone.now() - UPLOADS_LIVE)
    if days == 0:
        return Purged(uploads=uploads)
    end = timezone.now() - timedelta(days=days)
    empty(before=end)
    return Purged(
        contacts=_purge(actor, visible_contacts(actor, archived=True), end, delete_contact),
        deals=_purge(actor, visible_deals(actor, archived=True), end, delete_deal),
        tickets=_purge(actor, visible_tickets(actor, archived=True), end, delete_ticket),
        activities=_purge(actor, visible_activities(actor, archived=True), end, delete_activity),
        uploads=uploads,
    )


def _purge(
    actor: Actor,
    archived: QuerySet,  # type: ignore[type-arg]  # of any model with a trash
    end: datetime,
    delete: Callable[[Actor, int], None],
) -> int:
    ids = list(archived.filter(archived_at__lt=end).order_by("pk").values_list("pk", flat=True))
    count = 0
    for pk in ids:
        try:
            delete(actor, pk)
        except NotFoundError:
            # Somebody took it out of the trash, or deleted it, since the list was read.
            continue
        count += 1
    return count


def _purge_uploads(actor: Actor, end: datetime) -> int:
    unused = Attachment.objects.filter(
        contact=None, deal=None, note=None, ticket=None, is_document=False, created_at__lt=end
    )
    count = 0
    for pk in list(unused.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = unused.filter(pk=pk).select_for_update().first()
            if row is None:
                continue
            before = attachment_document(row)
            remove_when_committed([row.file.name or ""])
            row.delete()
            history.record(actor, "attachment", pk, "deleted", before=before)
            count += 1
    return count
