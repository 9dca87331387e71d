"""Read what a contact is shown together with: ``include=notes,deals``."""

from collections.abc import Callable, Mapping
from typing import Any

from api.base.requests import DialectRequest
from api.redmineup.mapping import attachments, notes
from api.redmineup.mapping.includes import deal_items, people, ticket_items
from api.redmineup.mapping.shapes import Items, Wire
from contacts.access import Actor
from contacts.query import Condition, Or, Query, search, where
from contacts.query.attachments import find_attachments

# More than anybody shows; what is beyond can be listed by itself.
MOST = 1_000

Document = Mapping[str, Any]


def included(request: DialectRequest, document: Document) -> Wire:
    """Return the parts that ``include`` names; those with nothing to show have no key."""
    asked = request.params.get("include")
    text = ",".join(map(str, asked)) if isinstance(asked, list) else str(asked or "")
    parts: Wire = {}
    for name in dict.fromkeys(word.strip() for word in text.split(",")):
        items = INCLUDES[name](request, document, name) if name in INCLUDES else None
        if items:
            parts[name] = items
    return parts


def _notes(request: DialectRequest, document: Document, _name: str) -> Items:
    about = where(request.actor, "contact", "eq", document["id"], kind="note")
    return notes.items(_found(request.actor, "note", about))


def _people(request: DialectRequest, document: Document, _name: str) -> Items:
    working = where(request.actor, "employer", "eq", document["id"])
    return people(_found(request.actor, "contact", working))


def _deals(request: DialectRequest, document: Document, _name: str) -> Items:
    return deal_items(_found(request.actor, "deal", _with(request.actor, "deal", document)))


def _tickets(request: DialectRequest, document: Document, name: str) -> Items:
    with_contact = _with(request.actor, "ticket", document)
    return ticket_items(_found(request.actor, "ticket", with_contact), name.removesuffix("s"))


def _attachments(request: DialectRequest, document: Document, _name: str) -> Items:
    contact_id = int(document["id"])
    files = find_attachments(request.actor, "contact", [contact_id])[contact_id]
    return attachments.items(files, request.build_absolute_uri)


def _with(actor: Actor, kind: str, document: Document) -> Condition:
    """Return "the contact is the main one or a further one"."""
    main = where(actor, "contact", "eq", document["id"], kind=kind)
    further = where(actor, "contacts", "has_any", [document["id"]], kind=kind)
    return Or((main, further))


def _found(actor: Actor, kind: str, condition: Condition) -> list[dict[str, Any]]:
    return list(search(actor, Query(kind, condition, limit=MOST, total=False)).documents)


INCLUDES: dict[str, Callable[[DialectRequest, Document, str], Items]] = {
    "notes": _notes,
    "contacts": _people,
    "employees": _people,
    "deals": _deals,
    "tickets": _tickets,
    "issues": _tickets,
    "attachments": _attachments,
}
