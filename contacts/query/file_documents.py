"""The documents of files, of the folders in which they lie, and of currencies."""

from collections.abc import Sequence

from contacts.access import Actor
from contacts.index.documents import plain
from contacts.models import Attachment, Currency, Folder
from contacts.query.attachments import attachment_document
from contacts.query.reading import briefs_of_contacts

Document = dict[str, object]


def attachments(actor: Actor, rows: Sequence[Attachment]) -> list[Document]:
    """Return the documents of files (rows of `with_links`); `contacts` are all that one sees."""
    linked = {row.pk: _contact_ids(row) for row in rows}
    briefs = briefs_of_contacts(actor, {pk for ids in linked.values() for pk in ids})
    return [
        {
            **attachment_document(row),
            "contacts": [
                {"id": pk, **briefs[pk]._asdict()} for pk in linked[row.pk] if pk in briefs
            ],
            "deal_ids": _own_first(row.deal_id, getattr(row, "deal_ids", None)),
            "ticket_ids": _own_first(row.ticket_id, getattr(row, "ticket_ids", None)),
            "tags": sorted(getattr(row, "tag_ids", None) or []),
            "followers": sorted(getattr(row, "followers", None) or []),
        }
        for row in rows
    ]


def folders(actor: Actor, rows: Sequence[Folder]) -> list[Document]:
    """Return the documents of folders."""
    names = ("id", "name", "description", "position", "author_id")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def currencies(actor: Actor, rows: Sequence[Currency]) -> list[Document]:
    """Return the documents of currencies."""
    names = ("id", "code", "name", "symbol", "rate", "is_default", "is_active")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def _contact_ids(row: Attachment) -> list[int]:
    return _own_first(row.contact_id, getattr(row, "contact_ids", None))


def _own_first(own: int | None, further: list[int] | None) -> list[int]:
    ids = [own] if own is not None else []
    return [*ids, *(pk for pk in further or () if pk != own)]
