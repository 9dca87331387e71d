"""Archive records, take them back, delete them for good."""

from django.db.models import Q
from django.utils import timezone

from contacts import history
from contacts.access import Actor
from contacts.models import Activity, Attachment, Deal, Note, Product, Ticket
from contacts.services.files import remove_when_committed
from contacts.services.records import Document, trail_of, written
from contacts.services.wastebasket import keep


def set_archived(
    actor: Actor,
    row: Deal | Ticket | Activity | Product,
    kind: str,
    *,
    archived: bool,
    contact_id: int | None,
) -> Document:
    """Put a locked row into the trash or take it out, with its entry in the history."""
    now = timezone.now()
    row.archived_at = now if archived else None
    row.updated_at = now
    row.save(update_fields=["archived_at", "updated_at"])
    history.record(
        actor,
        kind,
        row.pk,
        "archived" if archived else "restored",
        before={} if archived else {"archived": True},
        after={"archived": True} if archived else {},
        contact_id=contact_id,
    )
    return written(actor, row, kind)


def delete_row(
    actor: Actor,
    row: Deal | Ticket | Activity | Note,
    kind: str,
    *,
    contact_id: int | None,
) -> None:
    """Delete a locked row for good; the history keeps what it was, the disk loses its files.

    A note has no trash to be taken out of, and can be brought back for a while.
    """
    before = trail_of(row, kind)
    record_id = row.pk
    if isinstance(row, Note):
        files = Attachment.objects.filter(note=row)
        keep(actor, kind, [row, *row.comments.all(), *files], contact_id=contact_id)
    elif kind != "activity":
        going = Q(**{kind: row}) | Q(**{f"note__{kind}": row})
        remove_when_committed([each.file.name or "" for each in Attachment.objects.filter(going)])
    row.delete()
    history.record(actor, kind, record_id, "deleted", before=before, contact_id=contact_id)
