"""Keep what is deleted with a word for a while, so that it can be brought back.

The rows are kept as they are, and put back as they were: with their ids, so that whatever names
them finds them again.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connections, router, transaction
from django.db.models import Model
from django.db.models.fields.json import KT

from contacts import history, index
from contacts.access import Actor
from contacts.access.visibility import visible_contacts
from contacts.errors import ConflictError, NotFoundError
from contacts.models import Attachment, Contact, DeletedRecord, Submission
from contacts.services.files import remove_when_committed


class _Exact(DjangoJSONEncoder):
    """Writes moments as they are; Django's own way leaves microseconds out."""

    def default(self, o: object) -> object:
        """Return what JSON has no word for as text."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def keep(actor: Actor, kind: str, rows: Sequence[Model], *, contact_id: int | None = None) -> None:
    """Keep the rows of a record that is about to be deleted, itself first."""
    record_id = rows[0].pk
    kept, _is_new = DeletedRecord.objects.update_or_create(
        kind=kind,
        record_id=record_id,
        defaults={
            "contact_id": contact_id,
            "rows": json.loads(serializers.serialize("json", rows, cls=_Exact)),
            "files": [row.file.name for row in rows if isinstance(row, Attachment)],
            "user_id": actor.user_id,
            "request_id": actor.request_id,
        },
    )
    index.trace_deleted(kept)


def bring_back(actor: Actor, kept: DeletedRecord) -> None:
    """Put a record back; only who deleted it may, or an administrator.

    Raises ForbiddenError, NotFoundError; ConflictError "gone" where what it belongs to is gone.
    """
    actor.require_write()
    if kept.user_id != actor.user_id:
        actor.require_administrator()
    contact_id = kept.contact_id
    if contact_id and not visible_contacts(actor).filter(pk=contact_id).exists():
        raise NotFoundError("contact", contact_id)
    try:
        with transaction.atomic():
            back = list(serializers.deserialize("json", json.dumps(kept.rows)))
            for each in back:
                each.save()
            rows = [each.object for each in back]
            index.trace_submissions([row for row in rows if isinstance(row, Submission)])
            connections[router.db_for_write(DeletedRecord)].check_constraints()
            kept.delete()
            history.record(actor, kept.kind, kept.record_id, "restored", contact_id=contact_id)
            if contact_id and Contact.objects.filter(pk=contact_id).exists():
                index.refresh([contact_id])
    except IntegrityError:
        raise ConflictError("gone") from None


def deleted_by_request(actor: Actor, request_id: str) -> list[DeletedRecord]:
    """Return what the actor deleted by one request, the last first."""
    kept = DeletedRecord.objects.filter(request_id=request_id, user_id__isnull=False)
    return [each for each in kept.order_by("-pk") if each.user_id == actor.user_id]


def find_kept(kind: str, record_id: int) -> DeletedRecord:
    """Return what is kept of a deleted record; raises NotFoundError."""
    found = DeletedRecord.objects.select_for_update().filter(kind=kind, record_id=record_id).first()
    if found is None:
        raise NotFoundError(kind, record_id)
    return found


def kept_of(kind: str, label: str) -> list[dict[str, Any]]:
    """Return the deleted records of a kind: `record_id`, `label` (a column), `deleted_at`."""
    kept = DeletedRecord.objects.filter(kind=kind).annotate(label=KT(f"rows__0__fields__{label}"))
    return [dict(each) for each in kept.order_by("-pk").values("record_id", "label", "deleted_at")]


def empty(*, before: datetime) -> int:
    """Forget for good what was deleted before a time, with its files; returns how many."""
    return forget(list(DeletedRecord.objects.filter(deleted_at__lt=before)))


def forget_contact(contact_id: int) -> None:
    """Forget for good what was deleted of a contact that goes itself."""
    forget(list(DeletedRecord.objects.filter(contact_id=contact_id)))


def forget(kept: Sequence[DeletedRecord]) -> int:
    """Forget these for good, with their files; returns how many."""
    with transaction.atomic():
        remove_when_committed([name for each in kept for name in each.files])
        DeletedRecord.objects.filter(pk__in=[each.pk for each in kept]).delete()
    return len(kept)
