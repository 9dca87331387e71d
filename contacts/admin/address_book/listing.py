"""The list of contacts, and of the archived ones: search, filters, order, pages."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.access import NEEDED, Actor
from contacts.admin.address_book.filtering import (
    SORT_LABELS,
    filters_of_contacts,
    projects_of,
    sort_of_contacts,
)
from contacts.admin.address_book.rows import row_of
from contacts.admin.filters import Filtering, read_filters
from contacts.admin.paging import Pages, asked_page
from contacts.admin.visitors import actor_of_request
from contacts.fields import reference
from contacts.query import Page, Query, search
from contacts.services.bulk import MOST_CONTACTS

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

MOST_SEARCHED = 200


def contact_list(
    admin: "ContactAdmin", request: HttpRequest, *, archived: bool = False
) -> HttpResponse:
    """Show one page of the contacts that an address asks for."""
    actor = actor_of_request(request)
    query, filtering = query_of(actor, request, archived=archived)
    page = search(actor, query)
    asked = asked_page(request.GET)
    rows = [row_of(document) for document in page.documents]
    context = {
        "title": _("Archive") if archived else _("Contacts"),
        "rows": rows,
        "pages": Pages(asked.number, asked.size, page.total),
        "filtering": filtering,
        "search_text": query.search,
        "sort": sort_of_contacts(actor, request.GET.get("sort", ""))[0],
        "sort_labels": SORT_LABELS,
        "columns": columns(archived=archived),
        "archived": archived,
        "list_url": request.path,
        "may_add": actor.has_anywhere(NEEDED["contact", "create"]),
        "bulk": bulk_choices(actor, page, archived=archived) if rows else None,
    }
    return admin.page(request, "admin/contacts/list.html", context)


def query_of(actor: Actor, request: HttpRequest, *, archived: bool) -> tuple[Query, Filtering]:
    """Return the query of a list's address, with what its filters mean."""
    filtering = read_filters(actor, filters_of_contacts(actor), request.GET)
    asked = asked_page(request.GET)
    _name, sort = sort_of_contacts(actor, request.GET.get("sort", ""))
    query = Query(
        condition=filtering.condition,
        search=request.GET.get("q", "").strip()[:MOST_SEARCHED],
        wide=True,
        sort=sort,
        offset=asked.offset,
        limit=asked.size,
        archived=archived,
    )
    return query, filtering


def columns(*, archived: bool) -> list[tuple[str, str]]:
    """Return the columns with the orders that their heads offer; "" cannot be sorted by."""
    last = ("", _("Archived")) if archived else ("changed", _("Changed"))
    return [
        ("name", _("Name")),
        ("", _("E-mail, phone")),
        ("", _("Tags")),
        ("owner", _("Owner")),
        last,
    ]


def bulk_choices(actor: Actor, page: Page, *, archived: bool) -> dict[str, object] | None:
    """Return what can be done to several contacts at once, or None for nothing."""
    may_edit = actor.has_anywhere(NEEDED["contact", "update"]) and not archived
    may_archive = actor.has_anywhere(NEEDED["contact", "archive"])
    if not may_edit and not may_archive:
        return None
    users = reference.users().by_id.values()
    return {
        "may_edit": may_edit,
        "may_archive": may_archive and not archived,
        "may_restore": may_archive and archived,
        "tags": sorted(reference.tags().by_id.values(), key=lambda tag: tag.name.lower()),
        "users": sorted((user for user in users if user.is_active), key=lambda user: user.name),
        "projects": projects_of(actor, NEEDED["contact", "update"]),
        "url": reverse("admin:contacts_contact_bulk"),
        "all": page.total if len(page.ids) < page.total <= MOST_CONTACTS else 0,
    }
