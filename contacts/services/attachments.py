"""Upload files, attach them to records, change and delete them.

A file arrives first and belongs to nothing. Its token, "id.digest", is shown to the uploader, who
attaches it once to a record. Uploads that nobody used are removed by the command `purge`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from contacts import history, index
from contacts.access import NEEDED, Actor
from contacts.access.visibility import (
    visible_attachments,
    visible_contacts,
    visible_deals,
    visible_notes,
    visible_tickets,
)
from contacts.errors import Fault, ForbiddenError, InvalidError
from contacts.models import Attachment, Contact
from contacts.query.attachments import OWNERS, attachment_document
from contacts.services.contacts import touch_contact
from contacts.services.files import (
    Source,
    clean_filename,
    media_type_of,
    remove,
    store,
)
from contacts.services.records import Document, Owner, assign, contact_of, locked, projects_of
from contacts.services.values import clean_values
from contacts.services.wastebasket import keep


@dataclass(frozen=True, slots=True)
class Upload:
    """A token, and what the record shall say of the file."""

    token: str
    filename: str = ""
    description: str = ""
    content_type: str = ""


def store_upload(
    actor: Actor, source: Source, *, filename: str = "", content_type: str = ""
) -> Document:
    """Store a file that belongs to nothing yet; its document has the `token` to attach it by.

    `source` is a binary file or an iterable of pieces; it is never held in memory as a whole.
    Raises ForbiddenError, InvalidError (file: too_large).
    """
    actor.require_write()
    now = timezone.now()
    name = clean_filename(filename)
    stored = store(source)
    try:
        with transaction.atomic():
            row = Attachment.objects.create(
                file=stored.name,
                filename=name,
                size=stored.size,
                content_type=media_type_of(content_type, name),
                digest=stored.digest,
                author_id=actor.user_id,
                created_at=now,
                updated_at=now,
                entry_channel=actor.dialect,
            )
            document = attachment_document(row)
            history.record(actor, "attachment", row.pk, "uploaded", after=document)
    except BaseException:
        remove([stored.name])
        raise
    return {**document, "token": f"{row.pk}.{row.digest}"}


def attach_uploads(
    actor: Actor, kind: str, record_id: int, uploads: Sequence[Upload]
) -> list[Document]:
    """Attach uploaded files to a contact, deal, note or ticket; each token works once.

    Raises NotFoundError, ForbiddenError, InvalidError with a fault for every unusable token.
    """
    with transaction.atomic():
        owner = _owner(actor, kind, record_id)
        _require_may_attach(actor, kind, owner)
        rows = _take(actor, uploads)
        contact_id = contact_of(owner)
        for row, upload in zip(rows, uploads, strict=True):
            setattr(row, kind, owner)
            _describe(row, upload)
            row.save()
            history.record(
                actor,
                "attachment",
                row.pk,
                "created",
                after=attachment_document(row),
                contact_id=contact_id,
            )
        if rows and isinstance(owner, Contact):
            touch_contact(actor, owner.pk)
    return [attachment_document(row) for row in rows]


def attach_file(
    actor: Actor, kind: str, record_id: int, source: Source, *, filename: str
) -> Document:
    """Store a file and attach it at once; raises what uploading and attaching raise."""
    with transaction.atomic():
        stored = store_upload(actor, source, filename=filename)
        (document,) = attach_uploads(actor, kind, record_id, [Upload(str(stored["token"]))])
    return document


def find_upload_id(actor: Actor, token: str) -> int | None:
    """Return the id of an upload of the actor that is not attached yet, or None."""
    row = _unused(actor, token).first()
    return row.pk if row else None


def update_attachment(actor: Actor, attachment_id: int, values: Mapping[str, object]) -> Document:
    """Change what is known about a file.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = locked(visible_attachments(actor), "attachment", attachment_id)
        require_may_change(actor, row)
        before = attachment_document(row)
        cleaned = clean_values(actor, "attachment", values, creating=False)
        assign(row, "attachment", cleaned)
        if "filename" in cleaned:
            row.filename = clean_filename(row.filename)
        row.updated_at = timezone.now()
        row.editor_id = actor.user_id
        row.save()
        after = attachment_document(row)
        history.record(
            actor,
            "attachment",
            row.pk,
            "updated",
            before=before,
            after=after,
            contact_id=contact_of(_owner_of(row)),
        )
    return after


def delete_attachment(actor: Actor, attachment_id: int) -> None:
    """Delete a file; it can be brought back for a while. Raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        row = locked(visible_attachments(actor), "attachment", attachment_id)
        require_may_change(actor, row)
        owner = _owner_of(row)
        before = attachment_document(row)
        keep(actor, "attachment", [row], contact_id=contact_of(owner))
        row.delete()
        history.record(
            actor,
            "attachment",
            attachment_id,
            "deleted",
            before=before,
            contact_id=contact_of(owner),
        )
        if isinstance(owner, Contact):
            index.refresh([owner.pk])


def _take(actor: Actor, uploads: Sequence[Upload]) -> list[Attachment]:
    rows: list[Attachment] = []
    faults = []
    for upload in uploads:
        row = _unused(actor, upload.token).select_for_update().first()
        if row is None or row in rows:
            faults.append(Fault("uploads", "unknown", {"value": upload.token}))
        else:
            rows.append(row)
    if faults:
        raise InvalidError(faults)
    return rows


def _unused(actor: Actor, token: str) -> QuerySet[Attachment]:
    number, _, digest = token.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 19 and digest):
        return Attachment.objects.none()
    unused = Attachment.objects.filter(
        contact=None, deal=None, note=None, ticket=None, is_document=False
    )
    return unused.filter(pk=int(number), digest=digest, author_id=actor.user_id)


def _describe(row: Attachment, upload: Upload) -> None:
    if upload.filename:
        row.filename = clean_filename(upload.filename)
    if upload.content_type:
        row.content_type = media_type_of(upload.content_type, row.filename)
    if len(upload.description) > 255:
        raise InvalidError([Fault("description", "too_long", {"limit": 255})])
    if upload.description:
        row.description = upload.description


def _owner(actor: Actor, kind: str, record_id: int) -> Owner:
    if kind == "contact":
        return locked(visible_contacts(actor), kind, record_id)
    if kind == "deal":
        return locked(visible_deals(actor), kind, record_id)
    if kind == "note":
        return locked(visible_notes(actor), kind, record_id)
    return locked(visible_tickets(actor), kind, record_id)


def _owner_of(row: Attachment) -> Owner | None:
    owners = (row.contact, row.deal, row.note, row.ticket)
    return next((owner for owner in owners if owner is not None), None)


def _kind_of(owner: Model) -> str:
    return next(kind for kind in OWNERS if kind == owner._meta.model_name)


def _require_may_attach(actor: Actor, kind: str, owner: Owner) -> None:
    """Whoever may change a record may add files, and so may whoever wrote it."""
    actor.require_write()
    projects = projects_of(owner)
    if actor.has(NEEDED[kind, "update"], projects):
        return
    is_author = owner.author_id is not None and owner.author_id == actor.user_id
    if not is_author or not actor.has(NEEDED[kind, "create"], projects):
        raise ForbiddenError(NEEDED[kind, "update"], kind)


def require_may_change(actor: Actor, row: Attachment) -> None:
    """Raise ForbiddenError unless the actor may change a file that it sees."""
    owner = _owner_of(row)
    actor.require_write()
    if owner is not None:
        _require_may_attach(actor, _kind_of(owner), owner)
    elif row.is_document and not _is_own(actor, row):
        places = [row.project_id] if row.project_id else []
        actor.require(NEEDED["contact", "update"], places, "attachment")


def _is_own(actor: Actor, row: Attachment) -> bool:
    people = {row.author_id, row.owner_id} - {None}
    return actor.user_id in people or row.owner_group_id in actor.group_ids
