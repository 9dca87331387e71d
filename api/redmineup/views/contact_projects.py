"""Put contacts into projects and take them out."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.redmineup import envelope
from api.redmineup.errors import LastProjectError
from api.redmineup.mapping.places import project_id_of, require_right
from api.redmineup.views.base import RedmineUpViewSet, body_of, record_id
from contacts.access import Actor
from contacts.query import get_contact
from contacts.services.contacts import update_contact

Change = Callable[[Mapping[str, Any]], dict[str, object]]


class ContactProjectSet(RedmineUpViewSet):
    """Add a contact to a project, remove it from one."""

    def create(self, request: DialectRequest, contact_id: str) -> HttpResponseBase:
        """Add a contact to the project that the body names by id or identifier."""
        pk = record_id(contact_id)
        document = get_contact(request.actor, pk)
        # The id may also stand alone, in the query string too; spec section 9.
        sent = body_of(request, "project") if "project" in request.params else request.params
        project_id = _named(request, sent.get("id"))
        if project_id not in _of(document):
            update_contact(request.actor, pk, _with(project_id))
        return envelope.empty(request)

    def destroy(self, request: DialectRequest, contact_id: str, project: str) -> HttpResponseBase:
        """Take a contact out of a project, unless it is the last one."""
        pk = record_id(contact_id)
        document = get_contact(request.actor, pk)
        project_id = _named(request, project)
        if project_id in _of(document):
            update_contact(request.actor, pk, _without(project_id))
        return envelope.empty(request)


def _named(request: DialectRequest, named: object) -> int:
    """Return the project's id; raises NotFoundError, ForbiddenError."""
    project_id = project_id_of(named)
    actor: Actor = request.actor
    actor.require_write()
    require_right(actor, "edit_contacts", project_id)
    return project_id


def _of(document: Mapping[str, Any]) -> list[int]:
    return list(document.get("projects", ()))


def _with(project_id: int) -> Change:
    def change(document: Mapping[str, Any]) -> dict[str, object]:
        return {"projects": list(dict.fromkeys([*_of(document), project_id]))}

    return change


def _without(project_id: int) -> Change:
    def change(document: Mapping[str, Any]) -> dict[str, object]:
        left = [pk for pk in _of(document) if pk != project_id]
        if not left:
            raise LastProjectError
        return {"projects": left}

    return change
