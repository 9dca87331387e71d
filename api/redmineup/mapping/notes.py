"""Write notes as this dialect shows them, and read them."""

from collections.abc import Mapping
from typing import Any

from api.redmineup.mapping import names
from api.redmineup.mapping.shapes import Items, Marked, Wire, moment, present

# What a note can be about, by the name on the wire.
SOURCES = {"contact": "Contact", "deal": "Deal", "ticket": "Issue"}

ATTRIBUTES = {"content": "content", "subject": "subject", "type_id": "type"}


def to_wire(document: Mapping[str, Any]) -> Wire:
    """Return a note."""
    about = document["about"]
    source = {"id": about["id"], "name": about["name"], "type": SOURCES[about["kind"]]}
    head = {"id": document["id"], "source": Marked(source), "subject": document["subject"] or None}
    return head | _body(document)


def within_source(document: Mapping[str, Any]) -> Wire:
    """Return a note as it stands among those of its source."""
    return {"id": document["id"]} | _body(document)


def items(documents: list[dict[str, Any]]) -> Items:
    """Return the notes of one source."""
    return Items("note", [within_source(document) for document in documents])


def from_wire(sent: Mapping[str, Any]) -> dict[str, object]:
    """Return the values of a note; unknown attributes are ignored."""
    return {key: sent[name] for name, key in ATTRIBUTES.items() if name in sent}


def source_kind(word: object) -> str | None:
    """Return the kind of record that ``Contact`` or ``deal`` names, None for any other."""
    text = str(word).strip().lower()
    return text if text in ("contact", "deal") else None


def _body(document: Mapping[str, Any]) -> Wire:
    author = present({"author": names.user(document["author_id"])})
    return {
        "content": document["content"],
        "type_id": document["type"],
        **author,
        "created_on": moment(document["created_at"]),
        "updated_on": moment(document["updated_at"]),
    }
