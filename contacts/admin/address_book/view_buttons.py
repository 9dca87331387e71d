"""What the buttons of saved views do: keep what the list shows, share it, delete it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from contacts import query
from contacts.access import Actor
from contacts.admin.address_book.columns import columns_of, kept_keys
from contacts.admin.address_book.filtering import SORTS
from contacts.admin.address_book.listing import AskedList, asked_list
from contacts.admin.address_book.saved_views import PARAMETER
from contacts.admin.messages import said, warned
from contacts.admin.visitors import actor_of_request
from contacts.admin.wording import words_of
from contacts.errors import InvalidError
from contacts.services.saved_filters import (
    KeptQuery,
    create_saved_filter,
    delete_saved_filter,
    update_saved_filter,
)

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

KIND = "saved_filter"


def save_view(admin: "ContactAdmin", request: HttpRequest) -> HttpResponse:
    """Keep what the list shows now, under a new name or in the view that is open."""
    actor = actor_of_request(request)
    parameters = QueryDict(request.POST.get("state", ""))
    asked = asked_list(actor, parameters, archived=False)
    try:
        document = _store(actor, request.POST, asked)
    except InvalidError as error:
        warned(request, " ".join(words_of(fault) for fault in error.faults))
        return HttpResponseRedirect(f"{admin.address('changelist')}?{parameters.urlencode()}")
    said(request, _("The view “%(name)s” is saved.") % {"name": document["name"]})
    return HttpResponseRedirect(f"{admin.address('changelist')}?{PARAMETER}={document['id']}")


def _store(actor: Actor, sent: QueryDict, asked: AskedList) -> Mapping[str, object]:
    values: dict[str, object] = {"search": asked.query.search}
    if asked.view is not None and "update" in sent:
        return update_saved_filter(actor, asked.view.pk, values, _kept(actor, asked))
    shared = sent.get("shared", "")
    values |= {
        "object_kind": "contact",
        "name": sent.get("name", "").strip(),
        "is_public": bool(shared),
        "project": int(shared) if shared.isascii() and shared.isdigit() else None,
    }
    return create_saved_filter(actor, values, _kept(actor, asked))


def _kept(actor: Actor, asked: AskedList) -> KeptQuery:
    columns = columns_of(actor, asked.parameters, asked.kept_columns, archived=False)
    name = asked.sort.removeprefix("-")
    sort = ("-" if asked.sort.startswith("-") else "") + SORTS.get(name, name)
    return KeptQuery(
        condition=asked.query.condition,
        has_condition=True,
        sort=[] if asked.sort == "name" else [sort],
        columns=kept_keys(columns),
    )


def delete_view(admin: "ContactAdmin", request: HttpRequest, record_id: int) -> HttpResponse:
    """Delete a view; the contacts in it are not touched."""
    actor = actor_of_request(request)
    name = query.get_record(actor, KIND, record_id)["name"]
    delete_saved_filter(actor, record_id)
    text = _("The view “%(name)s” is deleted. Its contacts stay.")
    said(request, text % {"name": name}, can_undo=True)
    return HttpResponseRedirect(admin.address("changelist"))
