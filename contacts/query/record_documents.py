"""The documents of deals, notes, activities, tickets and projects.

Like the contact's: references are ids, moments UTC text with microseconds, decimals text. A contact
stands as `{"id", "name", "kind"}`, and only if the actor sees it.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.db.models import Model

from contacts.access import Actor
from contacts.fields.activity_fields import PARTS
from contacts.index.documents import plain
from contacts.index.facts import facts_document
from contacts.models import (
    Activity,
    Deal,
    Note,
    Project,
    Ticket,
)
from contacts.query.custom_documents import custom_of
from contacts.query.reading import Brief, briefs_of_contacts

Document = dict[str, object]

BELONGING = (
    "owner_group_id",
    "author_id",
    "editor_id",
    "entry_channel",
    "created_at",
    "updated_at",
)
DEAL_PLAIN = (
    "id",
    "name",
    "project_id",
    "amount",
    "currency",
    "price_type",
    "duration",
    "probability",
    "due_on",
    "background",
    "status_id",
    "stage_id",
    "category_id",
    "stage_changed_at",
    "stage_seconds",
    "board_position",
    "color",
    "tax_mode",
    "lost_reason",
    "closed_at",
    "owner_id",
    "archived_at",
    *BELONGING,
)
NOTE_PLAIN = (
    "id",
    "subject",
    "content",
    "format",
    "type",
    "is_private",
    "contact_id",
    "deal_id",
    "ticket_id",
    "owner_id",
    "parent_id",
    "customer_id",
    "edit_reason",
    *BELONGING,
)
ACTIVITY_PLAIN = (
    *("id", "subject", "details", "remarks", "location"),
    *("type_id", "status_id", "priority_id", "outcome_id", "medium_id", "parent_id"),
    *("starts_at", "ends_at", "is_all_day", "duration", "reminder_minutes", "completed_at"),
    *("project_id", "owner_id"),
    "archived_at",
    *BELONGING,
)
TICKET_PLAIN = (
    "id",
    "subject",
    "description",
    "project_id",
    "tracker_id",
    "status_id",
    "priority_id",
    "category_id",
    "owner_id",
    "starts_on",
    "due_on",
    "done_ratio",
    "is_private",
    "closed_at",
    "archived_at",
    *BELONGING,
)
PROJECT_PLAIN = (
    "id",
    "identifier",
    "name",
    "description",
    "homepage",
    "is_public",
    "status",
    "inherit_members",
    "modules",
    "parent_id",
    "created_at",
    "updated_at",
)


def deals(actor: Actor, rows: Sequence[Deal]) -> list[Document]:
    """Return the documents of deals (rows of `with_links`)."""
    names = _names(actor, rows)
    custom = custom_of("deal", rows)
    return [
        {
            **_plain(row, DEAL_PLAIN),
            "status": {"id": row.status_id, "name": row.status.name, "outcome": row.status.outcome},
            "category": _named(row.category),
            "stage": _named(row.stage),
            **_contacts(row, names),
            "tags": sorted(_ids(row, "tag_ids")),
            "product_count": len(_ids(row, "product_ids")),
            **_more("deal", row),
            "custom": custom.get(row.pk, {}),
        }
        for row in rows
    ]


def notes(actor: Actor, rows: Sequence[Note]) -> list[Document]:
    """Return the documents of notes; `about` names what the note is about."""
    names = _names(actor, rows)
    return [
        {
            **_plain(row, NOTE_PLAIN),
            "about": _about(row, names),
            "further_contacts": [pk for pk in _ids(row, "linked") if pk in names],
            "further_deals": _ids(row, "linked_deals"),
            "comment_count": len(_ids(row, "comment_ids")),
            "customer_id": row.customer_id if row.customer_id in names else None,
        }
        for row in rows
    ]


def activities(actor: Actor, rows: Sequence[Activity]) -> list[Document]:
    """Return the documents of activities."""
    linked = ("linked", *(f"{key}_linked" for key in PARTS))
    ids = {pk for row in rows for name in linked for pk in _ids(row, name)}
    names = briefs_of_contacts(actor, ids)
    custom = custom_of("activity", rows)
    return [
        {
            **_plain(row, ACTIVITY_PLAIN),
            **_contacts(row, names),
            "deal_ids": _ids(row, "deal_ids"),
            **_parts(row, names),
            "comment_count": len(_ids(row, "comment_ids")),
            "ticket_ids": _ids(row, "ticket_ids"),
            "tags": sorted(_ids(row, "tag_ids")),
            **_more("activity", row),
            "custom": custom.get(row.pk, {}),
        }
        for row in rows
    ]


def _parts(row: Activity, names: dict[int, Brief]) -> Document:
    """Return who is what in an activity, as ids; guests also where they are not seen."""
    ids = {key: _ids(row, f"{key}_linked") for key in PARTS}
    seen = {key: [pk for pk in ids[key] if pk in names] for key in PARTS if key != "guests"}
    return {**seen, "guest_ids": ids["guests"]}


def tickets(actor: Actor, rows: Sequence[Ticket]) -> list[Document]:
    """Return the documents of tickets."""
    names = _names(actor, rows)
    return [
        {
            **_plain(row, TICKET_PLAIN),
            "category": _named(row.category),
            **_contacts(row, names),
            "tags": sorted(_ids(row, "tag_ids")),
            **_more("ticket", row),
        }
        for row in rows
    ]


def projects(actor: Actor, rows: Sequence[Project]) -> list[Document]:
    """Return the documents of projects."""
    return [_plain(row, PROJECT_PLAIN) for row in rows]


def _plain(row: Model, names: Iterable[str]) -> Document:
    return {name: plain(getattr(row, name)) for name in names}


def _ids(row: Model, name: str) -> list[int]:
    """Return one of the lists of a row of `with_links`."""
    return getattr(row, name, None) or []


class Named(Protocol):
    """Any row with a name."""

    pk: int
    name: str


def _named(row: Named | None) -> Document | None:
    return {"id": row.pk, "name": row.name} if row is not None else None


def _names(actor: Actor, rows: Sequence[Any]) -> dict[int, Brief]:  # rows of `with_links`
    ids: set[int] = set()
    for row in rows:
        ids.update(row.linked or [])
        if getattr(row, "contact_id", None):
            ids.add(row.contact_id)
        if getattr(row, "customer_id", None):
            ids.add(row.customer_id)
    return briefs_of_contacts(actor, ids)


def _brief(pk: int, brief: Brief) -> Document:
    return {"id": pk, "name": brief.name, "kind": brief.kind, "stage": brief.stage}


def _contacts(row: Model, names: dict[int, Brief]) -> Document:
    """Return the contacts of a row of `with_links`."""
    main = getattr(row, "contact_id", None)
    ids: list[int] = getattr(row, "linked", None) or []
    linked = [_brief(pk, names[pk]) for pk in ids if pk in names]
    seen = _brief(main, names[main]) if main in names else None
    return {"contact": seen, "contacts": linked}


def _more(kind: str, row: Model) -> Document:
    """Return the followers and the facts of a row of `with_links`."""
    facts: list[dict[str, Any]] = getattr(row, "fact_list", None) or []
    pairs = ((fact["code"], fact["text"]) for fact in facts)
    return {"followers": sorted(_ids(row, "followers")), **facts_document(kind, pairs)}


def _about(row: Note, names: dict[int, Brief]) -> Document:
    if row.deal is not None:
        return {"kind": "deal", "id": row.deal_id, "name": row.deal.name}
    if row.ticket is not None:
        return {"kind": "ticket", "id": row.ticket_id, "name": row.ticket.subject}
    about = names.get(row.contact_id or 0)
    return {
        "kind": "contact",
        "id": row.contact_id,
        "name": about.name if about else "",
        "contact_kind": about.kind if about else "",
        "stage": about.stage if about else "",
    }
