"""Comments about notes, calls and activities."""

from collections.abc import Mapping
from typing import Any

from api.concord.mapping import choices
from api.concord.mapping.bodies import Body
from api.concord.resources.table import Wire, authorizations
from contacts.access import NEEDED, Actor

Document = Mapping[str, Any]

# Resource: the field of a comment that says what it is about.
ABOUT: Mapping[str, str] = {"notes": "note", "calls": "activity", "activities": "activity"}
# Notes and calls are commented on from a record; that has to be said.
WITH_VIA = ("notes", "calls")
VIA = ("via_resource", "via_resource_id")
MOST_HTML = 1_000_000
RIGHTS = {"create": NEEDED["note", "create"], "delete": NEEDED["own_note", "delete"]} | {
    "update": NEEDED["own_note", "update"]
}


def write(actor: Actor, document: Document) -> Wire:
    """Return a comment; its HTML is made harmless."""
    author = choices.user(document["author_id"])
    return {
        "id": document["id"],
        "body": choices.safe_html(document["content"]) or "",
        "created_by": document["author_id"],
        "creator": author,
        "commentable_id": document["note_id"] or document["activity_id"],
        "created_at": document["created_at"],
        "updated_at": document["updated_at"],
        "authorizations": authorizations(actor, RIGHTS, document),
    }


def read(sent: Mapping[str, Any], *, needs_via: bool) -> dict[str, object]:
    """Return the values of a comment; raises RejectedError."""
    body = Body(sent, creating=True, labels={"body": "body"})
    body.require("body", *(VIA if needs_via else ()))
    if not needs_via:
        body.fill(*VIA)
    content = body.text("body", most=MOST_HTML)
    body.finish()
    return {"content": content}
