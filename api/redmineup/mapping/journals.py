"""Write notes about a ticket as the journal of an issue, and read one that comes with a change."""

from collections.abc import Mapping
from typing import Any

from api.redmineup.mapping import names
from api.redmineup.mapping.shapes import Items, Marked, moment, present

TRUE = frozenset({"1", "true", "yes", "on", "t"})


class Entry(Marked):
    """An entry of a journal; what changed stands in the history, not here."""

    __slots__ = ()
    attributes = ("id",)


def items(documents: list[dict[str, Any]]) -> Items:
    """Return what ``include=journals`` adds to an issue, oldest first."""
    ordered = sorted(documents, key=lambda each: (each["created_at"], each["id"]))
    return Items("journal", [_entry(document) for document in ordered])


def from_wire(sent: Mapping[str, Any]) -> dict[str, object]:
    """Return the values of the note in ``notes`` of an issue; nothing where that is blank."""
    text = sent.get("notes")
    if text is None or (isinstance(text, str) and not text.strip()):
        return {}
    is_private = str(sent.get("private_notes", "")).strip().lower() in TRUE
    return {"content": text, "is_private": is_private}


def _entry(document: Mapping[str, Any]) -> Entry:
    user = present({"user": names.user(document["author_id"])})
    return Entry(
        {
            "id": document["id"],
            **user,
            "notes": document["content"],
            "created_on": moment(document["created_at"]),
            "private_notes": bool(document["is_private"]),
            "details": Items("detail"),
        }
    )
