"""The page of one contact."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from contacts import query
from contacts.access import NEEDED, Actor
from contacts.admin.address_book.facts import Channel, channels_of, groups_of, linked_ids
from contacts.admin.address_book.known_as import known_as
from contacts.admin.address_book.merging import merging_url
from contacts.admin.address_book.note_form import note_form
from contacts.admin.address_book.one_field import editable
from contacts.admin.address_book.rows import (
    KIND_ICONS,
    ContactRow,
    name_of,
    named_in,
    picture_url,
    row_of,
    tags_of,
)
from contacts.admin.address_book.similar import similar_to
from contacts.admin.address_book.ties import other_end, shown_ties, tie_form, ties_of
from contacts.admin.address_book.timeline import NARROWED, SHOWN, timeline_of
from contacts.admin.recent import remember
from contacts.admin.record_forms import RecordForm
from contacts.admin.visitors import actor_of_request
from contacts.fields import reference
from contacts.models import Contact
from contacts.query.attachments import find_attachments

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

Document = Mapping[str, Any]

MOST_RELATED = 10
ALL_ENTRIES = 500


def contact_page(
    admin: "ContactAdmin",
    request: HttpRequest,
    contact_id: int,
    *,
    note: RecordForm | None = None,
    tie: RecordForm | None = None,
) -> HttpResponse:
    """Show everything about one contact; `note` or `tie` is a form that was refused."""
    actor = actor_of_request(request)
    document: Document = query.get_contact(actor, contact_id, archived=None)
    remember(request, contact_id)
    ties = ties_of(contact_id)
    others = {other_end(each, contact_id) for each in ties}
    names = query.names_of_contacts(actor, linked_ids(actor, document) | others)
    everything = request.GET.get("history") == "all"
    narrowed = request.GET.get("show", "")
    entries, has_more = timeline_of(
        actor, document, narrowed=narrowed, shown=ALL_ENTRIES if everything else SHOWN
    )
    channels = channels_of(document)
    context: dict[str, object] = {
        "title": name_of(document),
        "document": document,
        "picture_url": picture_url(document),
        "kind": Contact.Kind(document["kind"]).label,
        "kind_icon": KIND_ICONS.get(document["kind"], "person"),
        "visibility": Contact.Visibility(document["visibility"]).label,
        "tags": tags_of(document),
        "groups_in": named_in(reference.groups(), document.get("groups", ())),
        "projects": projects_of_contact(actor, document),
        "owner": reference.users().name_of(document.get("owner_id"))
        or reference.user_groups().name_of(document.get("owner_group_id")),
        "channels": channels,
        "shortcuts": shortcuts_of(channels),
        "groups": groups_of(actor, document, names),
        "ties": shown_ties(ties, contact_id, names),
        "people": people_of(actor, document),
        "names": known_as(document),
        "alike": alike_of(actor, document),
        "heir": heir_of(actor, document),
        "entries": entries,
        "has_more": has_more,
        "narrowed": narrowed,
        "narrowings": [(name, label) for name, (label, _kinds) in NARROWED.items()],
        "note_form": note or note_form(),
        "faults": (note or tie or note_form()).summary(),
        "wrong": "note" if note else "tie",
        **work_of(actor, contact_id),
        **what_one_may(actor, document),
    }
    if context["may_edit"]:
        context["editable"] = editable(actor, document["kind"])
        context["tie_form"] = tie or tie_form(actor, document["kind"])
    status = 422 if note or tie else 200
    return admin.page(request, "admin/contacts/page.html", context, status=status)


def shortcuts_of(channels: list[Channel]) -> list[Channel]:
    """Return where to call and to write, which is what people want on a phone."""
    found: dict[str, Channel] = {}
    for channel in channels:
        if channel.url and channel.key in ("phones", "emails"):
            found.setdefault(channel.key, channel)
    return [found[key] for key in ("phones", "emails") if key in found]


def alike_of(actor: Actor, document: Document) -> list[tuple[ContactRow, str]]:
    """Return possible duplicates of a living contact, with where to compare and merge them."""
    if document.get("archived_at"):
        return []
    found = [each for each in similar_to(actor, document) if each["kind"] == document["kind"]]
    return [(row_of(each), merging_url([document["id"], each["id"]])) for each in found]


def heir_of(actor: Actor, document: Document) -> ContactRow | None:
    """Return the contact into which an archived one was merged, if the actor sees it."""
    heir_id = query.heir_of(document["id"]) if document.get("archived_at") else None
    heir = query.find_contacts(actor, [heir_id]).get(heir_id) if heir_id is not None else None
    return row_of(heir) if heir else None


def projects_of_contact(actor: Actor, document: Document) -> list[str]:
    """Return the names of the contact's projects that the actor is in."""
    projects = reference.projects()
    ids = document.get("projects", ())
    return [projects.name_of(pk) for pk in ids if actor.has("view_contacts", [pk])]


def people_of(actor: Actor, document: Document) -> dict[str, object] | None:
    """Return the first people of an organization with their number, or None for other kinds."""
    if document["kind"] != Contact.Kind.ORGANIZATION:
        return None
    employed = query.where(actor, "companies", "has_any", [document["id"]])
    page = query.search(actor, query.Query(condition=employed, limit=MOST_RELATED))
    rows: list[ContactRow] = [row_of(each) for each in page.documents]
    return {"rows": rows, "total": page.total, "more": page.total - len(rows)}


def work_of(actor: Actor, contact_id: int) -> dict[str, object]:
    """Return the notes, deals, activities, tickets and files of a contact that the actor sees."""
    notes = _records(actor, "note", "contact", contact_id)
    note_ids = [int(str(note["id"])) for note in notes.documents]
    return {
        "notes": notes,
        "files_of_notes": find_attachments(actor, "note", note_ids),
        "deals": _records(actor, "deal", "contact", contact_id),
        "activities": _records(actor, "activity", "contacts", contact_id),
        "tickets": _records(actor, "ticket", "contact", contact_id),
        "files": find_attachments(actor, "contact", [contact_id])[contact_id],
    }


def _records(actor: Actor, kind: str, key: str, contact_id: int) -> query.Page:
    operator, value = ("has_any", [contact_id]) if key == "contacts" else ("eq", contact_id)
    about = query.where(actor, key, operator, value, kind=kind)
    return query.search(actor, query.Query(kind=kind, condition=about, limit=MOST_RELATED))


def what_one_may(actor: Actor, document: Document) -> dict[str, bool]:
    """Return which buttons the page has for this person."""
    projects = document.get("projects", ())
    archived = bool(document.get("archived_at"))

    def may(kind: str, action: str) -> bool:
        return actor.has(NEEDED[kind, action], projects)

    return {
        "archived": archived,
        "follows": actor.user_id in document.get("followers", ()),
        "may_edit": not archived and may("contact", "update"),
        "may_archive": not archived and may("contact", "archive"),
        "may_restore": archived and may("contact", "restore"),
        "may_delete": archived and may("contact", "delete"),
        "may_erase": actor.is_administrator,
        "may_remove_notes": not archived and may("note", "delete"),
        "may_remove_own_notes": not archived and may("own_note", "delete"),
        "may_note": not archived and may("note", "create"),
        "may_add_deal": not archived and may("deal", "create"),
        "may_add_activity": not archived and may("activity", "create"),
        "may_add_ticket": not archived and may("ticket", "create"),
    }
