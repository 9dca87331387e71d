"""The list of contacts, and of the archived ones: search, filters, views, order, pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.access import NEEDED, Actor, people_of
from contacts.admin.address_book import columns as chosen
from contacts.admin.address_book import saved_views
from contacts.admin.address_book.exporting import FORMATS
from contacts.admin.address_book.filtering import (
    SORT_LABELS,
    SORT_NAMES,
    filters_of_contacts,
    projects_of,
    sort_of_contacts,
)
from contacts.admin.address_book.finding.page import WHERE, read_where, written_where
from contacts.admin.address_book.finding.telling import words_of
from contacts.admin.address_book.rows import row_of
from contacts.admin.address_book.saved_views import View
from contacts.admin.filters import Chip, Filtering, address_without, read_filters
from contacts.admin.paging import Pages, asked_page
from contacts.admin.visitors import actor_of_request
from contacts.errors import QueryError, UnknownFieldError
from contacts.fields import reference
from contacts.models import SavedFilter
from contacts.query import And, Condition, Page, Query, all_of, from_json, search
from contacts.query.totals import EXACT_UP_TO
from contacts.services.bulk import MOST_AT_ONCE

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

MOST_SEARCHED = 200


@dataclass(frozen=True, slots=True)
class AskedList:
    """What the address of a list asks for, with what its view keeps."""

    parameters: QueryDict
    query: Query
    filtering: Filtering
    sort: str
    where: Condition | None
    views: Sequence[View]
    view: SavedFilter | None

    @property
    def kept_columns(self) -> Sequence[str]:
        """Return the columns of the open view."""
        return self.view.columns if self.view else ()


def contact_list(
    admin: "ContactAdmin", request: HttpRequest, *, archived: bool = False
) -> HttpResponse:
    """Show one page of the contacts that an address asks for."""
    actor = actor_of_request(request)
    asked = asked_list(actor, request.GET, archived=archived)
    page = search(actor, asked.query)
    paging = asked_page(request.GET)
    context: dict[str, object] = {
        "title": _("Archive") if archived else _("Contacts"),
        "page": page,
        "pages": Pages(paging.number, paging.size, page.total),
        "filtering": asked.filtering,
        "search_text": asked.query.search,
        "sort": asked.sort,
        "sort_labels": SORT_LABELS,
        "archived": archived,
        "list_url": request.path,
        "may_add": actor.has_anywhere(NEEDED["contact", "create"]),
        "may_make_forms": actor.has_anywhere(NEEDED["web_form", "manage"]),
        "bulk": bulk_choices(actor, page, archived=archived) if page.documents else None,
        **_table(actor, request, asked, page, archived=archived),
        **_finding(actor, request, asked, archived=archived),
    }
    return admin.page(request, "admin/contacts/list.html", context)


def _table(
    actor: Actor, request: HttpRequest, asked: AskedList, page: Page, *, archived: bool
) -> dict[str, object]:
    """Return the columns and the rows."""
    columns = chosen.columns_of(actor, request.GET, asked.kept_columns, archived=archived)
    names = chosen.names_for(actor, page.documents, columns)
    cells = chosen.cells_of(page.documents, columns, names)
    rows = [row_of(document) for document in page.documents]
    offered = [each for each in chosen.offered_columns(actor) if each not in columns]
    return {
        "columns": [(SORT_NAMES.get(each.sort, each.sort), each) for each in columns],
        "rows": [(row, list(zip(columns, cells[row.id], strict=True))) for row in rows],
        "placed": chosen.placed(request.GET, columns),
        "offered": sorted(offered, key=lambda each: each.label.lower()),
        "column_keys": [each.key for each in columns],
        "usual_columns_url": _without(request.GET, chosen.PARAMETER),
    }


def _finding(
    actor: Actor, request: HttpRequest, asked: AskedList, *, archived: bool
) -> dict[str, object]:
    """Return the saved views, and the way to the advanced filter."""
    back = request.GET.copy()
    back.pop(WHERE, None)
    parameters = {"back": back.urlencode()}
    if asked.where is not None:
        parameters[WHERE] = written_where(asked.where)
    edited = QueryDict(mutable=True)
    edited.update(parameters)
    return {
        "views": asked.views,
        "view": asked.view,
        "state": request.GET.urlencode(),
        "kept": [(name, request.GET[name]) for name in LASTING if name in request.GET],
        "other_state": _pairs(request.GET, leave_out=(chosen.PARAMETER, "column", "page")),
        "filter_url": "" if archived else f"{reverse(FILTER)}?{edited.urlencode()}",
        "sharing": saved_views.sharing(actor),
    }


FILTER = "admin:contacts_contact_filter"
# Parts of the address that a new search or filter leaves as they are.
LASTING = (saved_views.PARAMETER, WHERE, chosen.PARAMETER)


def _pairs(parameters: QueryDict, *, leave_out: Sequence[str]) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in parameters.lists()
        if name not in leave_out
        for value in values
    ]


def asked_list(actor: Actor, parameters: QueryDict, *, archived: bool) -> AskedList:
    """Return what the address of a list asks for."""
    number = saved_views.asked_view(parameters)
    views = [] if archived else saved_views.views_of(actor, number)
    view = saved_views.current_view(views)
    whole = saved_views.completed(parameters, view)
    filtering = read_filters(actor, filters_of_contacts(actor), whole)
    where = _where(actor, whole, view, filtering)
    paging = asked_page(whole)
    sort, keys = sort_of_contacts(actor, whole.get("sort", ""))
    query = Query(
        condition=all_of(filtering.condition, where),
        search=whole.get("q", "").strip()[:MOST_SEARCHED],
        lenient=True,
        sort=keys,
        offset=paging.offset,
        limit=paging.size,
        archived=archived,
        count_up_to=EXACT_UP_TO,
    )
    return AskedList(whole, query, filtering, sort, where, views, view)


def _where(
    actor: Actor, parameters: QueryDict, view: SavedFilter | None, filtering: Filtering
) -> Condition | None:
    """Return the advanced filter of the address, else that of the view; tell of it in chips."""
    text = parameters.get(WHERE, "")
    try:
        if text:
            condition = read_where(actor, text)
        else:
            condition = from_json(actor, "contact", view.condition) if view else None
    except UnknownFieldError:
        text = _(
            "The advanced filter asks about a field that does not exist any more, or that you may"
            " not see. It is left out: contacts are shown that it would leave out."
        )
        filtering.problems.append(text)
        return None
    except QueryError:
        filtering.problems.append(_("The advanced filter was not understood and is left out."))
        return None
    if condition is not None:
        filtering.chips += _chips(parameters, condition)
    return condition


def _chips(parameters: QueryDict, condition: Condition) -> list[Chip]:
    """Return one chip for each part that can be taken away by itself."""
    parts = condition.parts if isinstance(condition, And) else (condition,)
    found = []
    for part in parts:
        rest = all_of(*(each for each in parts if each is not part))
        address = parameters.copy()
        address.pop("page", None)
        address[WHERE] = written_where(rest)
        if rest is None and saved_views.PARAMETER not in address:
            del address[WHERE]
        found.append(Chip(words_of(part), f"?{address.urlencode()}"))
    return found


def _without(parameters: QueryDict, name: str) -> str:
    return address_without(parameters, name, parameters.get(name, ""))


def bulk_choices(actor: Actor, page: Page, *, archived: bool) -> dict[str, object]:
    """Return what can be done to several contacts at once."""
    may_edit = actor.has_anywhere(NEEDED["contact", "update"]) and not archived
    may_archive = actor.has_anywhere(NEEDED["contact", "archive"])
    return {
        "may_edit": may_edit,
        "may_archive": may_archive and not archived,
        "may_restore": may_archive and archived,
        "tags": sorted(reference.tags().by_id.values(), key=lambda tag: tag.name.lower()),
        "users": people_of(actor),
        "projects": projects_of(actor, NEEDED["contact", "update"]),
        "url": reverse("admin:contacts_contact_bulk"),
        "all": page.total if len(page.ids) < page.total else 0,
        "most": MOST_AT_ONCE,
        "formats": [(name, label) for name, (label, *_rest) in FORMATS.items()],
    }
