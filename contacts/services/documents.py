"""Keep documents: files, texts and links that stand for themselves, in a project and a folder.

Whoever may change contacts in a document's project may change it, and so may its author and owners.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visibility import (
    visible_contacts,
    visible_deals,
    visible_documents,
    visible_tickets,
)
from contacts.errors import Fault, NotFoundError
from contacts.models import Attachment, Folder
from contacts.services.attachments import require_may_change
from contacts.services.files import (
    Source,
    clean_filename,
    media_type_of,
    remove,
    remove_when_committed,
    store,
)
from contacts.services.placing import default_project, require_place
from contacts.services.records import Document, assign, locked, trail_of, written
from contacts.services.tags import tag_record
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "attachment"

# What a document can tell of besides the record it is attached to.
ABOUT = ("contacts", "deals", "tickets")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file on its way to a document."""

    source: Source
    filename: str
    content_type: str = ""


def create_document(actor: Actor, values: Values, *, file: NewFile | None = None) -> Document:
    """Keep a document; without a project it goes to the actor's default one.

    It has a title, else the name of its file. Raises ForbiddenError, InvalidError.
    """
    actor.require_write()
    if not values.get("project"):
        values = {**values, "project": default_project(actor)}
    now = timezone.now()
    row = Attachment(author_id=actor.user_id, created_at=now, updated_at=now, is_document=True)
    row.entry_channel = actor.dialect
    with transaction.atomic():
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        if not cleaned.get("title") and file is None:
            faults.append(Fault("title", "blank"))
        if cleaned.get("project") is None:
            faults.append(Fault("project", "blank"))
        require_no_faults(faults)
        require_place(actor, cleaned["project"], NEEDED["contact", "create"])  # type: ignore[arg-type]  # a cleaned id
        cleaned.setdefault("folder", _first_folder())
        assign(row, KIND, cleaned)
        if file is None:
            _save(row, cleaned)
        else:
            _save_with(row, cleaned, file)
        history.record(actor, KIND, row.pk, "created", after=trail_of(row, KIND))
        return written(actor, row, KIND)


def update_document(
    actor: Actor, document_id: int, values: Values, *, file: NewFile | None = None
) -> Document:
    """Change what the values name, and the file where one comes along.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, document_id)
        before = trail_of(row, KIND)
        project_before = row.project_id
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        require_no_faults(faults)
        if row.is_document and cleaned.get("project", project_before) != project_before:
            require_place(actor, cleaned["project"], NEEDED["contact", "create"])  # type: ignore[arg-type]  # a cleaned id
        assign(row, KIND, cleaned)
        row.updated_at = timezone.now()
        row.editor_id = actor.user_id
        if file is None:
            _save(row, cleaned)
        else:
            remove_when_committed([row.file.name or ""])
            _save_with(row, cleaned, file)
        history.record(
            actor,
            KIND,
            row.pk,
            "updated",
            before=before,
            after=trail_of(row, KIND),
            contact_id=row.contact_id,
        )
        return written(actor, row, KIND)


def relate_document(actor: Actor, document_id: int, kind: str, record_id: int) -> Document:
    """Let a document tell of a contact, deal or ticket too; whoever sees both may.

    Raises NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        row = _locked(actor, document_id)
        before = trail_of(row, KIND)
        if not _VISIBLE[kind](actor).filter(pk=record_id).exists():
            raise NotFoundError(kind, record_id)
        if getattr(row, f"{kind}_id") != record_id:
            getattr(row, f"{kind}s").add(record_id)
        history.record(actor, KIND, row.pk, "updated", before=before, after=trail_of(row, KIND))
        return written(actor, row, KIND)


def count_download(document_id: int) -> None:
    """Count that somebody has fetched a file; nobody's change, so nothing tells of it."""
    Attachment.objects.filter(pk=document_id).update(download_count=F("download_count") + 1)


# Of each kind's own model, which no signature for all kinds can name.
_VISIBLE: dict[str, Any] = {
    "contact": visible_contacts,
    "deal": visible_deals,
    "ticket": visible_tickets,
}


def _locked(actor: Actor, document_id: int) -> Attachment:
    row = locked(visible_documents(actor), KIND, document_id)
    require_may_change(actor, row)
    return row


def _save_with(row: Attachment, cleaned: Values, file: NewFile) -> None:
    """Store the file and the row; the file goes when the row does not stay."""
    stored = store(file.source)
    try:
        row.file.name = stored.name
        row.filename = clean_filename(file.filename)
        row.size, row.digest = stored.size, stored.digest
        row.content_type = media_type_of(file.content_type, row.filename)
        _save(row, cleaned)
    except BaseException:
        remove([stored.name])
        raise


def _save(row: Attachment, cleaned: Values) -> None:
    if row.is_document:
        row.title = row.title or row.filename
    if "filename" in cleaned:
        row.filename = clean_filename(row.filename)
    row.save()
    tag_record(row, cleaned)
    for key in ABOUT:
        if key in cleaned:
            links: Any = getattr(row, key)
            links.set(cleaned[key])


def _first_folder() -> int | None:
    rows: QuerySet[Folder] = Folder.objects.order_by("position", "pk")
    return rows.values_list("pk", flat=True).first()
