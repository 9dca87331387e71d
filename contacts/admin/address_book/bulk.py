"""Do one thing to all contacts that are ticked in a list, with a way back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.access import Actor
from contacts.admin.address_book.bulk_forms import delete_page, set_page
from contacts.admin.address_book.exporting import FORMATS, export
from contacts.admin.address_book.listing import asked_list
from contacts.admin.address_book.merging import merging_url
from contacts.admin.messages import said, warned
from contacts.admin.visitors import actor_of_request
from contacts.fields import reference
from contacts.fields.text import key_of
from contacts.query import matching_ids
from contacts.services.background import start_job
from contacts.services.bulk import MOST_AT_ONCE, BulkChange, BulkOutcome, change_contacts

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

MOST_EXPORTED = 10_000_000
MOST_IN_A_JOB = 200_000


class NothingChosenError(Exception):
    """The button was pressed without saying what to do it with; carries what is missing."""


def bulk(admin: "ContactAdmin", request: HttpRequest) -> HttpResponseBase:
    """Carry out what a button of the list asks for, and go back to the list."""
    actor = actor_of_request(request)
    action = request.POST.get("action", "")
    most = MOST_EXPORTED if action == "export" else MOST_IN_A_JOB
    ids = chosen_ids(actor, request, most + 1)
    if len(ids) > most:
        text = _("At most %(most)s contacts can be changed at a time. Narrow the list.")
        warned(request, text % {"most": most})
        return HttpResponseRedirect(way_back(request))
    if not ids or action not in (*CHANGES, *PAGES):
        warned(request, _("Tick the contacts first, then choose what to do with them."))
        return HttpResponseRedirect(way_back(request))
    try:
        if action in PAGES:
            return PAGES[action](admin, request, ids)
        change = BulkChange(action, CHANGES[action](request.POST))
    except NothingChosenError as missing:
        warned(request, str(missing))
        return HttpResponseRedirect(way_back(request))
    return carried_out(request, change, ids)


def carried_out(
    request: HttpRequest, change: BulkChange, ids: Sequence[int], *, can_undo: bool = True
) -> HttpResponse:
    """Do it at once and go back to the list, or let a job do it and show how far that is."""
    actor = actor_of_request(request)
    if len(ids) <= MOST_AT_ONCE:
        tell(request, change_contacts(actor, change, ids), can_undo=can_undo)
        return HttpResponseRedirect(way_back(request))
    parameters = {
        "action": change.action,
        "parameters": dict(change.parameters),
        "contact_ids": list(ids),
        "undo": actor.request_id,
    }
    number = start_job(actor, "change_contacts", parameters)
    said(request, _("This takes a while. You may leave the page; the work goes on."))
    return HttpResponseRedirect(reverse("admin:contacts_job_page", args=[number]))


def chosen_ids(actor: Actor, request: HttpRequest, most: int) -> list[int]:
    """Return the ids that are ticked, or all that the list's address matches."""
    if not request.POST.get("everything"):
        ticked = request.POST.getlist("id")
        return [int(pk) for pk in ticked if pk.isascii() and pk.isdigit() and len(pk) < 19][:most]
    address = urlsplit(way_back(request))
    archived = address.path == reverse("admin:contacts_contact_archive_list")
    asked = asked_list(actor, QueryDict(address.query), archived=archived)
    return matching_ids(actor, asked.query, most)


def way_back(request: HttpRequest) -> str:
    """Return the address that a form came from, if it is one of ours."""
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/"):
        return address
    return reverse("admin:contacts_contact_changelist")


def tell(request: HttpRequest, outcome: BulkOutcome, *, can_undo: bool = True) -> None:
    """Say how many were changed, with the way back."""
    if outcome.changed:
        text = ngettext(
            "%(count)s contact changed.", "%(count)s contacts changed.", outcome.changed
        )
        said(request, text % {"count": outcome.changed}, can_undo=can_undo)
    if outcome.refused:
        text = ngettext(
            "%(count)s contact was left alone: you may not change it.",
            "%(count)s contacts were left alone: you may not change them.",
            outcome.refused,
        )
        warned(request, text % {"count": outcome.refused})


def _tag(sent: QueryDict) -> dict[str, object]:
    name = sent.get("tag", "").strip()
    if not name:
        raise NothingChosenError(_("Write the tag that the contacts shall have."))
    return {"tag": name}


def _untag(sent: QueryDict) -> dict[str, object]:
    tag_id = reference.tags().id_of(key_of(sent.get("tag", "").strip()))
    if tag_id is None:
        raise NothingChosenError(_("There is no such tag. Write the tag that shall go."))
    return {"tag_id": tag_id}


def _own(sent: QueryDict) -> dict[str, object]:
    owner = sent.get("owner", "")
    if not owner:
        raise NothingChosenError(_("Choose who shall own the contacts."))
    # "nobody" takes the owner away.
    return {"owner": int(owner) if owner.isdigit() else None}


def _project(sent: QueryDict) -> dict[str, object]:
    project = sent.get("project", "")
    if not (project.isascii() and project.isdigit()):
        raise NothingChosenError(_("Choose a project."))
    return {"project": int(project)}


def _nothing(sent: QueryDict) -> dict[str, object]:
    return {}


def _merge(admin: "ContactAdmin", request: HttpRequest, ids: Sequence[int]) -> HttpResponseBase:
    if len(ids) < 2:
        raise NothingChosenError(_("Tick at least two contacts that are the same one."))
    return HttpResponseRedirect(merging_url(ids))


def _export(admin: "ContactAdmin", request: HttpRequest, ids: Sequence[int]) -> HttpResponseBase:
    name = request.POST.get("format", "")
    if name not in FORMATS:
        raise NothingChosenError(_("Choose the kind of file."))
    return export(actor_of_request(request), name, ids)


def _set(admin: "ContactAdmin", request: HttpRequest, ids: Sequence[int]) -> HttpResponseBase:
    asked = set_page(admin, request, ids, way_back(request))
    return asked if isinstance(asked, HttpResponse) else carried_out(request, asked, ids)


def _delete(admin: "ContactAdmin", request: HttpRequest, ids: Sequence[int]) -> HttpResponseBase:
    asked = delete_page(admin, request, ids, way_back(request))
    if isinstance(asked, HttpResponse):
        return asked
    return carried_out(request, asked, ids, can_undo=False)


# What is done at once, with what the form says about it.
CHANGES: dict[str, Callable[[QueryDict], dict[str, object]]] = {
    "tag": _tag,
    "untag": _untag,
    "own": _own,
    "place": _project,
    "displace": _project,
    "archive": _nothing,
    "restore": _nothing,
}
# What has a page, or a file, of its own.
PAGES: dict[str, Callable[["ContactAdmin", HttpRequest, Sequence[int]], HttpResponseBase]] = {
    "merge": _merge,
    "export": _export,
    "set": _set,
    "delete": _delete,
}
