"""Go anywhere by typing: contacts, companies, tags, projects, screens; on a page, or in a dialog.

Without scripts it is a page with a box; with them the same page is asked for its results while
somebody types (`crm/palette.js`).
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
from contacts.admin.navigation import Section
from contacts.admin.recent import seen_last
from contacts.admin.visitors import actor_of_request
from contacts.fields import reference
from contacts.fields.text import fold

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
        "groups": found(request, site.sections(request)),
    }
    return admin.page(request, "admin/palette.html", context)


def found(request: HttpRequest, sections: Iterable[Section]) -> list[Hits]:
    """Return what fits what was typed, or where somebody was last while nothing is typed."""
    actor = actor_of_request(request)
    typed = request.GET.get("q", "").strip()[:200]
    if not typed:
        return _titled(
            (_("Seen last"), _recent(actor, request)), (_("Screens"), _screens(sections))
        )
    if typed.startswith(NEW):
        return _titled((_("New"), _new(actor, typed.removeprefix(NEW).strip())))
    contacts = _contacts(actor, typed)
    return _titled(
        (_("Contacts"), contacts),
        (_("Tags"), _named(reference.tags(), typed, "tag", "tag")),
        (_("Projects"), _projects(actor, typed)),
        (_("Screens"), _fitting(_screens(sections), typed)),
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


def _named(table: reference.NamedTable, typed: str, icon: str, parameter: str) -> list[Hit]:
    rows = [each for each in table.by_id.values() if fold(typed) in fold(each.name)]
    rows.sort(key=lambda each: (not fold(each.name).startswith(fold(typed)), each.name))
    base = reverse("admin:contacts_contact_changelist")
    return [Hit(each.name, f"{base}?{parameter}={each.id}", icon) for each in rows[:MOST_OF_A_KIND]]


def _projects(actor: Actor, typed: str) -> list[Hit]:
    rows = [
        each
        for each in reference.projects().by_id.values()
        if fold(typed) in fold(each.name) and actor.has("view_contacts", [each.id])
    ]
    base = reverse("admin:contacts_contact_changelist")
    return [
        Hit(each.name, f"{base}?project={each.id}", "project") for each in rows[:MOST_OF_A_KIND]
    ]


def _screens(sections: Iterable[Section]) -> list[Hit]:
    links = [link for section in sections for link in section.links]
    return [Hit(str(link.label), link.url, link.icon) for link in links]


def _fitting(hits: Iterable[Hit], typed: str) -> list[Hit]:
    return [hit for hit in hits if fold(typed) in fold(hit.label)][:MOST_OF_A_KIND]


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
