"""Write notes as this dialect shows them, and read them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.redmineup.mapping import names
from api.redmineup.mapping.shapes import Items, Marked, Wire, moment, present
from api.redmineup.mapping.spans import zone_of
from api.wire.dates import read_moment
from api.wire.errors import MalformedError
from contacts.access import Actor
from contacts.errors import Fault, InvalidError

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


def written_at(actor: Actor, sent: Mapping[str, Any]) -> datetime | None:
    """Return the moment of ``created_on``, None without it; raises InvalidError."""
    text = sent.get("created_on")
    if text in (None, ""):
        return None
    try:
        return read_moment(str(text), zone_of(actor))
    except MalformedError:
        raise InvalidError([Fault("created_at", "not_a_datetime")]) from None


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
