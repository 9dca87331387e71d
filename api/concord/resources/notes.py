"""Notes: each is about one contact, company or deal, and may be shown at others."""

from collections.abc import Mapping, Sequence
from functools import partial

import nh3

from api.concord.associations import apply_named, usable_ids
from api.concord.mapping import choices, rules
from api.concord.mapping.bodies import Body, trimmed
from api.concord.mapping.contacts import brief, deal_brief
from api.concord.resources.table import (
    Document,
    Resource,
    Sent,
    Shown,
    Values,
    Wire,
    authorizations,
)
from contacts.access import NEEDED, Actor
from contacts.query import Condition, Or, where
from contacts.query.surroundings import Asked, Surroundings, surroundings
from contacts.services.notes import create_note, delete_note, update_note

RIGHTS: Mapping[str, str] = {
    "create": NEEDED["note", "create"],
    "update": NEEDED["own_note", "update"],
    "delete": NEEDED["own_note", "delete"],
}
# Resource that a note is written about: field of the note.
ABOUT: Mapping[str, str] = {"contacts": "contact", "companies": "contact", "deals": "deal"}
MOST_HTML = 1_000_000
RULES = rules.table(
    rules.number("id", "id", "note"),
    rules.text("body", "content", "note"),
    rules.named("user.name", "author", rules.users_called, "note"),
    rules.number("user_id", "author", "note"),
    rules.only_order("created_at", "created_at", "note"),
    rules.only_order("updated_at", "updated_at", "note"),
)


def write(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return notes; their HTML is made harmless."""
    people = {pk for document in documents for pk in contacts_of(document)}
    deals = {pk for document in documents for pk in deals_of(document)}
    around = surroundings(actor, Asked(contacts=people, deals=deals))
    return [_note(actor, document, around, shown) for document in documents]


def contacts_of(document: Document) -> list[int]:
    """Return the ids of the contacts and companies of a note, the main one first."""
    main, further = document.get("contact_id"), document.get("further_contacts") or []
    return [*([main] if main else []), *sorted(further)]


def deals_of(document: Document) -> list[int]:
    """Return the ids of the deals of a note, the main one first."""
    main, further = document.get("deal_id"), document.get("further_deals") or []
    return [*([main] if main else []), *sorted(further)]


def _note(actor: Actor, document: Document, around: Surroundings, shown: Shown) -> Wire:
    both = [around.contacts[pk] for pk in contacts_of(document) if pk in around.contacts]
    return {
        "id": document["id"],
        "display_name": document["subject"] or f"Note {document['id']}",
        "body": _html(document),
        "user_id": document.get("author_id"),
        "user": choices.user(document.get("author_id")),
        "contacts": [brief(each) for each in both if each["kind"] == "person"],
        "companies": [brief(each) for each in both if each["kind"] != "person"],
        "deals": [deal_brief(around.deals[pk]) for pk in deals_of(document) if pk in around.deals],
        "comments_count": document.get("comment_count", 0),
        "timeline_component": "note",
        "timeline_key": "note",
        "timeline_relation": "notes",
        "created_at": document.get("created_at"),
        "updated_at": document.get("updated_at"),
        "authorizations": authorizations(actor, RIGHTS, document),
        "was_recently_created": shown.is_new,
    }


def _html(document: Document) -> str:
    content = str(document["content"])
    return nh3.clean(content if document["format"] == "html" else nh3.clean_text(content))


def read(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a note; raises RejectedError.

    The original asks for the record it is written from and then does not tie the note to it; here
    it is tied (docs/dialects/concord.md, "Notes").
    """
    body = Body(sent, creating=True)
    body.require("body", "via_resource", "via_resource_id")
    content = body.text("body", most=MOST_HTML)
    via = str(sent.get("via_resource"))
    values: Values = {}
    # What is sent back as it is shown stays as it was written: a text may not be HTML.
    if before is None or content != trimmed(_html(before)):
        values = {"content": content, "format": "html"}
    if via not in ABOUT:
        if sent.get("via_resource") is not None:
            body.reject("via_resource", "The selected {label} is invalid.")
    elif before is None and sent.get("via_resource_id") is not None:
        ids = usable_ids(actor, via, sent["via_resource_id"])
        if not ids:
            body.reject("via_resource_id", "The selected {label} is invalid.")
        values |= {ABOUT[via]: ids[0]} if ids else {}
    body.finish()
    return values


def about(actor: Actor, resource: str, record_id: int) -> Condition:
    """Return the condition of the notes about a record, and of those that are shown there."""
    own = where(actor, ABOUT[resource], "eq", record_id, kind="note")
    further = where(actor, f"further_{ABOUT[resource]}s", "has_any", [record_id], kind="note")
    return Or((own, further))


def _after(actor: Actor, record_id: int, sent: Sent, made: Document | None) -> None:
    """Show the note at the records that the body names besides."""
    apply_named(actor, "notes", record_id, sent)


NOTES = Resource(
    name="notes",
    model="Note",
    kind="note",
    rules=RULES,
    order="id",
    write=write,
    read=read,
    create=create_note,
    update=partial(update_note, keeps_time=True),
    delete=delete_note,
    after=_after,
    links=("contacts", "companies", "deals"),
    rights={"update": RIGHTS["update"], "delete": RIGHTS["delete"]},
)
