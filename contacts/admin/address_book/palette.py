"""Go anywhere by typing: contacts, companies, tags, projects, screens; on a page, or in a dialog.

Without scripts it is a page with a box; with them the same page is asked for its results while
somebody types (`crm/page.js`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts import query
from contacts.access import NEEDED, Actor
from contacts.admin.address_book.rows import KIND_ICONS, contact_url, name_of
from contacts.admin.address_book.rows import row_of as contact_row
from contacts.admin.navigation import Link
from contacts.admin.recent import seen_last
from contacts.admin.visitors import actor_of_request
from contacts.fields import reference
from contacts.fields.text import fold, words_of
from contacts.query.misspelling import LEAST_LETTERS, is_near

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin
    from contacts.admin.site import CrmSite

MOST = 8
MOST_OF_A_KIND = 5
NEW = "+"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing to go to."""

    label: str
    url: str
    icon: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """Things of one kind under a title."""

    title: str
    hits: Sequence[Hit]


def palette(admin: "ContactAdmin", request: HttpRequest) -> HttpResponse:
    """Show the quick search."""
    site = cast("CrmSite", admin.admin_site)
    context: dict[str, object] = {
        "title": _("Go to"),
        "typed": request.GET.get("q", ""),
        "groups": found(request, site.destinations(request)),
    }
    return admin.page(request, "admin/palette.html", context)


def found(request: HttpRequest, destinations: Iterable[Link]) -> list[Hits]:
    """Return what fits what was typed, or where somebody was last while nothing is typed."""
    actor = actor_of_request(request)
    typed = request.GET.get("q", "").strip()[:200]
    if not typed:
        return _titled(
            (_("Seen last"), _recent(actor, request)), (_("Screens"), _screens(destinations))
        )
    if typed.startswith(NEW):
        return _titled((_("New"), _new(actor, typed.removeprefix(NEW).strip())))
    contacts = _contacts(actor, typed)
    return _titled(
        (_("Contacts"), contacts),
        (_("Tags"), _named(reference.tags().by_id.values(), typed, "tag", "tag")),
        (_("Projects"), _named(_projects(actor), typed, "project", "project")),
        (_("Screens"), fitting(_screens(destinations), typed)),
        (_("New"), [] if contacts else _new(actor, typed)),
    )


def _titled(*groups: tuple[str, Sequence[Hit]]) -> list[Hits]:
    return [Hits(title, hits) for title, hits in groups if hits]


def _contacts(actor: Actor, typed: str) -> list[Hit]:
    """Return the contacts that fit; those whose names begin so first, and the one of a number."""
    asked = query.Query(search=typed, lenient=True, stage=None, limit=4 * MOST, total=False)
    documents = query.search(actor, asked).documents
    number = typed.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 19:
        documents = [*query.find_contacts(actor, [int(number)]).values(), *documents]
    start = fold(typed)
    by_id = {document["id"]: document for document in documents}
    ordered = sorted(
        by_id.values(),
        key=lambda each: not fold(str(each.get("display_name", ""))).startswith(start),
    )
    return [_contact(document) for document in ordered[:MOST]]


def _contact(document: dict[str, object]) -> Hit:
    row = contact_row(document)
    about = row.subtitle or row.email or row.phone
    icon = KIND_ICONS.get(row.kind, "person")
    return Hit(name_of(document), contact_url(row.id), icon, about)


def _named(rows: Iterable[reference.Named], typed: str, icon: str, name: str) -> list[Hit]:
    base = reverse("admin:contacts_contact_changelist")
    return fitting((Hit(each.name, f"{base}?{name}={each.id}", icon) for each in rows), typed)


def _projects(actor: Actor) -> Iterable[reference.Named]:
    rows = reference.projects().by_id.values()
    return (each for each in rows if actor.has("view_contacts", [each.id]))


def _screens(destinations: Iterable[Link]) -> list[Hit]:
    return [Hit(str(link.label), link.url, link.icon) for link in destinations]


def fitting(hits: Iterable[Hit], typed: str) -> list[Hit]:
    """Return what has the letters that were typed, else what is spelt nearly so."""
    letters, every = fold(typed), list(hits)
    found = [hit for hit in every if letters in fold(hit.label)]
    found.sort(key=lambda hit: (not fold(hit.label).startswith(letters), hit.label))
    near = (hit for hit in every if _is_near(letters, fold(hit.label)))
    return (found or list(near))[:MOST_OF_A_KIND]


def _is_near(typed: str, label: str) -> bool:
    """Tell whether each word that was typed is one of the label's with few slips."""
    words = [word for word in words_of(label) if word]
    return all(
        len(each) >= LEAST_LETTERS and any(is_near(each, word) for word in words)
        for each in words_of(typed)
    )


def _new(actor: Actor, name: str) -> list[Hit]:
    if not actor.has_anywhere(NEEDED["contact", "create"]):
        return []
    base = reverse("admin:contacts_contact_add")
    found = []
    for kind, icon, label in (
        ("person", "person", _("New person %(name)s")),
        ("organization", "company", _("New organization %(name)s")),
    ):
        address = f"{base}?{urlencode({'kind': kind, 'name': name})}"
        found.append(Hit((label % {"name": f"“{name}”" if name else ""}).strip(), address, icon))
    return found


def _recent(actor: Actor, request: HttpRequest) -> list[Hit]:
    ids = seen_last(request)
    documents = query.find_contacts(actor, ids)
    return [_contact(documents[pk]) for pk in ids if pk in documents]
