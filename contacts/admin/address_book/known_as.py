"""Under what each protocol knows a contact, and what it answers when it is asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts import query
from contacts.admin.address_book.rows import contact_url, name_of
from contacts.admin.doors import doors, find_door
from contacts.admin.visitors import actor_of_request
from contacts.errors import NotFoundError

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KnownAs:
    """A contact as one protocol knows it: the id, the whole address, the page of the answer.

    `path` is what is copied, `readable` the same without what an address has to encode.
    """

    door: str
    title: str
    id: str
    address: str
    path: str
    readable: str
    url: str


def known_as(document: Document) -> list[KnownAs]:
    """Return what every protocol that is spoken here calls a contact; nothing of archived ones."""
    if document.get("archived_at"):
        return []
    found = []
    for door in doors():
        known = door.ways.known_as(document) if door.ways else None
        if known is not None:
            url = reverse("admin:contacts_contact_shown_as", args=[document["id"], door.name])
            address = f"{settings.BASE_URL}{known.path}"
            found.append(
                KnownAs(
                    door=door.name,
                    title=door.title,
                    id=known.id,
                    address=address,
                    path=known.path,
                    readable=unquote_plus(known.path),
                    url=url,
                )
            )
    return found


def shown_as(
    admin: "ContactAdmin", request: HttpRequest, contact_id: int, door_name: str
) -> HttpResponse:
    """Show the raw answer of one protocol for a contact, as this person would get it."""
    actor = actor_of_request(request)
    document: Document = query.get_contact(actor, contact_id, archived=None)
    names = known_as(document)
    current = next((each for each in names if each.door == door_name), None)
    door = find_door(door_name)
    if current is None or door is None or door.ways is None:
        raise NotFoundError("contact", contact_id)
    context: dict[str, object] = {
        "title": _("%(name)s in %(door)s") % {"name": name_of(document), "door": current.title},
        "name": name_of(document),
        "names": names,
        "current": current,
        "answer": door.ways.read(request, actor, current.path),
        "back_url": contact_url(contact_id),
    }
    return admin.page(request, "admin/contacts/shown_as.html", context)
