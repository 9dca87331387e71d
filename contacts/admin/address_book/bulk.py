"""Do one thing to all contacts that are ticked in a list, with a way back."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.access import Actor
from contacts.access.visibility import visible_projects
from contacts.admin.address_book.listing import asked_list
from contacts.admin.address_book.merging import merging_url
from contacts.admin.messages import said, warned
from contacts.admin.visitors import actor_of_request
from contacts.fields import reference
from contacts.fields.text import key_of
from contacts.index import Document
from contacts.query import matching_ids
from contacts.services.bulk import (
    MOST_CONTACTS,
    BulkOutcome,
    archive_contacts,
    change_contacts,
    restore_contacts,
)

Values = dict[str, object]


class NothingChosenError(Exception):
    """The button was pressed without saying what to do it with; carries what is missing."""


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Carry out what a button of the list asks for, and go back to the list."""
    actor = actor_of_request(request)
    ids = chosen_ids(actor, request)
    action = ACTIONS.get(request.POST.get("action", ""))
    if request.POST.get("action") == "merge" and len(ids) > 1:
        return HttpResponseRedirect(merging_url(ids))
    if action is None or not ids:
        warned(request, _("Tick the contacts first, then choose what to do with them."))
        return HttpResponseRedirect(way_back(request))
    try:
        outcome = action(actor, ids, request.POST)
    except NothingChosenError as missing:
        warned(request, str(missing))
    else:
        _tell(request, outcome)
    return HttpResponseRedirect(way_back(request))


def chosen_ids(actor: Actor, request: HttpRequest) -> list[int]:
    """Return the ids that are ticked, or all that the list's address matches."""
    if not request.POST.get("everything"):
        ticked = request.POST.getlist("id")
        return [int(pk) for pk in ticked if pk.isascii() and pk.isdigit() and len(pk) < 19]
    address = urlsplit(way_back(request))
    archived = address.path == reverse("admin:contacts_contact_archive_list")
    asked = asked_list(actor, QueryDict(address.query), archived=archived)
    return matching_ids(actor, asked.query, MOST_CONTACTS)


def way_back(request: HttpRequest) -> str:
    """Return the address that a form came from, if it is one of ours."""
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/"):
        return address
    return reverse("admin:contacts_contact_changelist")


def _tell(request: HttpRequest, outcome: BulkOutcome) -> None:
    if outcome.changed:
        text = ngettext(
            "%(count)s contact changed.", "%(count)s contacts changed.", outcome.changed
        )
        said(request, text % {"count": outcome.changed}, can_undo=True)
    if outcome.refused:
        text = ngettext(
            "%(count)s contact was left alone: you may not change it.",
            "%(count)s contacts were left alone: you may not change them.",
            outcome.refused,
        )
        warned(request, text % {"count": outcome.refused})


def _tag(actor: Actor, ids: list[int], sent: QueryDict) -> BulkOutcome:
    name = sent.get("tag", "").strip()
    if not name:
        raise NothingChosenError(_("Write the tag that the contacts shall have."))

    def with_tag(document: Document) -> Values:
        return {"tags": [*_list(document, "tags"), name]}

    return change_contacts(actor, ids, with_tag)


def _untag(actor: Actor, ids: list[int], sent: QueryDict) -> BulkOutcome:
    tag_id = reference.tags().id_of(key_of(sent.get("tag", "").strip()))
    if tag_id is None:
        raise NothingChosenError(_("There is no such tag. Write the tag that shall go."))

    def without_tag(document: Document) -> Values:
        return {"tags": [pk for pk in _list(document, "tags") if pk != tag_id]}

    return change_contacts(actor, ids, without_tag)


def _own(actor: Actor, ids: list[int], sent: QueryDict) -> BulkOutcome:
    owner = sent.get("owner", "")
    if not owner:
        raise NothingChosenError(_("Choose who shall own the contacts."))
    # "nobody" takes the owner away.
    return change_contacts(actor, ids, {"owner": int(owner) if owner.isdigit() else None})


def _place(actor: Actor, ids: list[int], sent: QueryDict) -> BulkOutcome:
    project_id = _project(sent)
    seen = _seen_projects(actor)

    def placed(document: Document) -> Values:
        present = [pk for pk in _list(document, "projects") if pk in seen]
        return {} if project_id in present else {"projects": [*present, project_id]}

    return change_contacts(actor, ids, placed)


def _displace(actor: Actor, ids: list[int], sent: QueryDict) -> BulkOutcome:
    project_id = _project(sent)
    seen = _seen_projects(actor) - {project_id}

    def displaced(document: Document) -> Values:
        return {"projects": [pk for pk in _list(document, "projects") if pk in seen]}

    return change_contacts(actor, ids, displaced)


def _seen_projects(actor: Actor) -> set[object]:
    """Return the projects that a change may name; those that one does not see stay anyway."""
    return set(visible_projects(actor).values_list("pk", flat=True))


def _project(sent: QueryDict) -> int:
    project = sent.get("project", "")
    if not (project.isascii() and project.isdigit()):
        raise NothingChosenError(_("Choose a project."))
    return int(project)


def _list(document: Document, key: str) -> list[object]:
    found = document.get(key)
    return list(found) if isinstance(found, list) else []


ACTIONS: dict[str, Callable[[Actor, list[int], QueryDict], BulkOutcome]] = {
    "tag": _tag,
    "untag": _untag,
    "own": _own,
    "place": _place,
    "displace": _displace,
    "archive": lambda actor, ids, sent: archive_contacts(actor, ids),
    "restore": lambda actor, ids, sent: restore_contacts(actor, ids),
}
