"""Read files and what is known about them."""

from collections.abc import Collection
from typing import BinaryIO

from contacts.access import Actor
from contacts.access.visibility import visible_attachments
from contacts.errors import NotFoundError
from contacts.fields.types import written_moment
from contacts.models import Attachment

Document = dict[str, object]

# The kinds of record that files can be attached to; each is a column of the attachment.
OWNERS = ("contact", "deal", "note", "ticket")


def attachment_document(row: Attachment) -> Document:
    """Return the document of one file."""
    return {
        "id": row.pk,
        "filename": row.filename,
        "size": row.size,
        "content_type": row.content_type,
        "description": row.description,
        "author_id": row.author_id,
        "contact_id": row.contact_id,
        "deal_id": row.deal_id,
        "note_id": row.note_id,
        "ticket_id": row.ticket_id,
        "title": row.title,
        "content": row.content,
        "link": row.link,
        "version": row.version,
        "is_active": row.is_active,
        "is_document": row.is_document,
        "download_count": row.download_count,
        "folder_id": row.folder_id,
        "project_id": row.project_id,
        "owner_id": row.owner_id,
        "owner_group_id": row.owner_group_id,
        "editor_id": row.editor_id,
        "entry_channel": row.entry_channel,
        "created_at": written_moment(row.created_at),
        "updated_at": written_moment(row.updated_at),
    }


def get_attachment(actor: Actor, attachment_id: int) -> Document:
    """Return the document of one file; raises NotFoundError for a hidden one too."""
    return attachment_document(_get(actor, attachment_id))


def find_attachments(
    actor: Actor, kind: str, record_ids: Collection[int]
) -> dict[int, list[Document]]:
    """Return the documents of the files of some records that the actor sees, by record.

    One statement; `kind` is one of OWNERS.
    """
    owner = f"{kind}_id"
    found: dict[int, list[Document]] = {pk: [] for pk in record_ids}
    rows = visible_attachments(actor).filter(**{f"{owner}__in": record_ids}).order_by("pk")
    for row in rows:
        found[getattr(row, owner)].append(attachment_document(row))
    return found


def open_attachment(
    actor: Actor, attachment_id: int, *, archived: bool | None = False
) -> tuple[Document, BinaryIO]:
    """Return the document of a file and the file, open for reading; the caller closes it.

    `archived` says where the contact that has it may be (None: anywhere). Raises NotFoundError for
    a hidden file and for one that is gone from the disk.
    """
    row = _get(actor, attachment_id, archived=archived)
    try:
        opened: BinaryIO = row.file.storage.open(row.file.name or "", "rb")  # type: ignore[assignment]  # Django's File reads like one
    except FileNotFoundError:
        raise NotFoundError("attachment", attachment_id) from None
    return attachment_document(row), opened


def _get(actor: Actor, attachment_id: int, *, archived: bool | None = False) -> Attachment:
    row = visible_attachments(actor, archived=archived).filter(pk=attachment_id).first()
    if row is None:
        raise NotFoundError("attachment", attachment_id)
    return row
