"""Write files as this dialect shows them, and read the tokens of uploads."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from api.redmineup.mapping import names
from api.redmineup.mapping.shapes import Items, Wire, moment, present
from contacts.services.attachments import Upload

# Makes an address absolute.
Link = Callable[[str], str]


def to_wire(document: Mapping[str, Any], link: Link) -> Wire:
    """Return a file."""
    author = present({"author": names.user(document["author_id"])})
    return {
        "id": document["id"],
        "filename": document["filename"],
        "filesize": document["size"],
        "content_type": document["content_type"] or None,
        "description": document["description"] or None,
        "content_url": link(address_of(document)),
        **author,
        "created_on": moment(document["created_at"]),
    }


def items(documents: list[dict[str, Any]], link: Link) -> Items:
    """Return the files of one record."""
    return Items("attachment", [to_wire(document, link) for document in documents])


def address_of(document: Mapping[str, Any]) -> str:
    """Return where the file itself is."""
    return f"/attachments/download/{document['id']}/{quote(document['filename'], safe='')}"


def uploads_of(sent: Mapping[str, Any], params: Mapping[str, Any]) -> list[Upload]:
    """Return the uploads to attach: ``uploads`` of the record or ``attachments`` beside it.

    A list, or a hash of numbered rows as forms send it; rows without a token are left out.
    """
    listed = sent.get("uploads") or params.get("uploads") or params.get("attachments")
    if isinstance(listed, Mapping):
        # XML without type="array" gives one row, or the rows under their element's name.
        listed = [listed] if "token" in listed else list(listed.values())
    rows = [row for each in _list(listed) for row in _list(each)]
    return [_upload(row) for row in rows if isinstance(row, Mapping) and row.get("token")]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _upload(row: Mapping[str, Any]) -> Upload:
    names_of_row = ("token", "filename", "description", "content_type")
    return Upload(**{name: str(row[name]) for name in names_of_row if row.get(name)})
