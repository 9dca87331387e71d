"""Answer what is asked about projects."""

from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.base.versions import mark_version
from api.redmineup import envelope
from api.redmineup.mapping import projects as mapping
from api.redmineup.mapping.places import project_id_of
from api.redmineup.mapping.shapes import Items, Wire
from api.redmineup.views.base import RedmineUpViewSet, body_of, included, window_of
from contacts.query import Query, get_record, search, where
from contacts.services.projects import create_project, delete_project, update_project

ALL = 1_000

# What becomes of a project; the numbers are the original's and ours.
ACTIVE, CLOSED, ARCHIVED = 1, 5, 9


class ProjectSet(RedmineUpViewSet):
    """List, show, create, change and delete projects."""

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return a page of projects by name."""
        offset, limit = window_of(request)
        words = str(request.params.get("name") or "")
        query = Query("project", search=words, offset=offset, limit=limit)
        page = search(request.actor, query)
        items = Items("project", [_written(request, each) for each in page.documents])
        return envelope.page("projects", items, total=page.total, offset=offset, limit=limit)

    def retrieve(self, request: DialectRequest, project: str) -> HttpResponseBase:
        """Return one project, by id or identifier."""
        document = get_record(request.actor, "project", project_id_of(project))
        shown = _written(request, document)
        if "issue_categories" in included(request):
            pk = document["id"]
            condition = where(request.actor, "project", "eq", pk, kind="ticket_category")
            found = search(request.actor, Query("ticket_category", condition, limit=ALL))
            shown["issue_categories"] = mapping.categories(list(found.documents))
        response = envelope.single("project", shown)
        mark_version(response, document["updated_at"])
        return response

    def create(self, request: DialectRequest) -> HttpResponseBase:
        """Create a project."""
        request.actor.require_administrator()
        values = mapping.from_wire(request.actor, body_of(request, "project"), creating=True)
        document = create_project(request.actor, values)
        written = mapping.to_wire(document)
        return envelope.created(request, "project", written, f"/projects/{document['id']}")

    def update(self, request: DialectRequest, project: str) -> HttpResponseBase:
        """Change what is sent and leave the rest."""
        values = mapping.from_wire(request.actor, body_of(request, "project"), creating=False)
        return _changed(request, project, values)

    def close(self, request: DialectRequest, project: str) -> HttpResponseBase:
        """Let nobody change anything in a project any more."""
        return _changed(request, project, {"status": CLOSED})

    def archive(self, request: DialectRequest, project: str) -> HttpResponseBase:
        """Hide a project from everybody but administrators."""
        return _changed(request, project, {"status": ARCHIVED})

    def reopen(self, request: DialectRequest, project: str) -> HttpResponseBase:
        """Make a closed or archived project what it was."""
        return _changed(request, project, {"status": ACTIVE})

    def destroy(self, request: DialectRequest, project: str) -> HttpResponseBase:
        """Delete a project with what is in no other one."""
        pk = project_id_of(project)
        delete_project(request.actor, pk, with_contents=True)
        return envelope.empty(request)


def _changed(
    request: DialectRequest, project: str, values: Mapping[str, object]
) -> HttpResponseBase:
    pk = project_id_of(project)
    update_project(request.actor, pk, values)
    return envelope.empty(request)


def _written(request: DialectRequest, document: Mapping[str, Any]) -> Wire:
    """Return a project with those parts that cost nothing."""
    shown, wanted = mapping.to_wire(document), included(request)
    if "trackers" in wanted:
        shown["trackers"] = mapping.trackers()
    if "enabled_modules" in wanted:
        shown["enabled_modules"] = mapping.enabled_modules(document)
    return shown
