"""Read files and what is known about them."""

from collections.abc import Collection
from typing import Any, BinaryIO

from django.db import router
from django.db.models import QuerySet

from contacts.access import Actor
from contacts.access.ids import IdSlot
from contacts.access.visibility import visible_attachments
from contacts.errors import NotFoundError
from contacts.index.documents import plain
from contacts.models import Attachment
from contacts.query.statements import rows_of

Document = dict[str, object]

# The kinds of record that files can be attached to; each is a column of the attachment.
OWNERS = ("contact", "deal", "note", "ticket")
# What the document of a file says of it.
SHOWN = (
    *("id", "filename", "size", "content_type", "description", "author_id"),
    *("contact_id", "deal_id", "note_id", "ticket_id"),
    *("title", "content", "link", "version", "is_active", "is_document", "download_count"),
    *("folder_id", "project_id", "owner_id", "owner_group_id", "editor_id", "entry_channel"),
    *("created_at", "updated_at"),
)


def attachment_document(row: Attachment) -> Document:
    """Return the document of one file."""
    return {name: plain(getattr(row, name)) for name in SHOWN}


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

    def of_records() -> QuerySet[Attachment, Any]:
        seen = visible_attachments(actor).filter(**{f"{owner}__among": IdSlot("records")})
        return seen.order_by("pk").values_list(owner, *SHOWN)

    key, ids = ("files", kind, actor.sight), {"records": list(found)}
    using = router.db_for_read(Attachment)
    for pk, *values in rows_of(key, of_records, using=using, ids=ids, is_prepared=True):
        found[pk].append({name: plain(value) for name, value in zip(SHOWN, values, strict=True)})
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
