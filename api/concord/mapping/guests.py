"""Write and read who is asked to come to activities: contacts, and users by their own contacts."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.concord.mapping.bodies import ARRAY, Body, ids_of
from api.concord.mapping.contacts import email_of
from contacts.access import Actor, system_actor
from contacts.fields import reference
from contacts.query import Query, find_contacts, search, where

Wire = dict[str, object]
Document = Mapping[str, Any]

MOST = 1_000


def invited(documents: Sequence[Document]) -> set[int]:
    """Return the contacts that are asked to come to activities."""
    return {pk for document in documents for pk in document.get("guest_ids") or ()}


def written(document: Document, contacts: Mapping[int, Document]) -> list[Wire]:
    """Return the guests of an activity, of those contacts that the caller sees."""
    users = reference.users_by_contact()
    return [
        _guest(contacts[pk], users.get(pk))
        for pk in document.get("guest_ids") or ()
        if pk in contacts
    ]


def _guest(contact: Document, user_id: int | None) -> Wire:
    name = contact.get("display_name", "")
    return {
        "id": contact["id"] if user_id is None else user_id,
        "guest_email": email_of(contact),
        "guest_display_name": name,
        "resource_name": "contacts" if user_id is None else "users",
    }


def read(actor: Actor, body: Body) -> list[int]:
    """Return the contacts that are asked to come; ids of nobody are left out."""
    sent = body.sent["guests"]
    if isinstance(sent, list) and all(isinstance(each, Mapping) for each in sent):
        sent = _sorted_out(sent)
    if not isinstance(sent, Mapping):
        body.reject("guests", ARRAY)
        return []
    contacts = find_contacts(actor, ids_of(sent.get("contacts") or []))
    return list(dict.fromkeys([*contacts, *_contacts_of_users(ids_of(sent.get("users") or []))]))


def _sorted_out(guests: Sequence[Mapping[str, Any]]) -> dict[str, list[object]]:
    """Return the ids of guests that are sent back as they were read, by resource."""
    found: dict[str, list[object]] = {}
    for guest in guests:
        found.setdefault(str(guest.get("resource_name")), []).append(guest.get("id"))
    return found


def _contacts_of_users(user_ids: Sequence[int]) -> list[int]:
    if not user_ids:
        return []
    everybody = system_actor()
    asked = where(everybody, "id", "in", list(user_ids), kind="user")
    found = search(everybody, Query("user", asked, limit=MOST)).documents
    return [int(str(user["contact_id"])) for user in found if user.get("contact_id")]
