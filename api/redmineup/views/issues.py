"""Answer what is asked about issues, which are our tickets."""

from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.base.versions import mark_version
from api.redmineup import envelope
from api.redmineup.filters.issues import issue_list
from api.redmineup.mapping import issues as mapping
from api.redmineup.mapping import journals
from api.redmineup.mapping.attachments import items as files
from api.redmineup.mapping.attachments import uploads_of
from api.redmineup.mapping.places import named_project, project_id_of, require_right
from api.redmineup.mapping.shapes import Items
from api.redmineup.views.base import RedmineUpViewSet, body_of, included, record_id, window_of
from contacts.query import Query, get_record, search, where
from contacts.query.attachments import find_attachments
from contacts.services.attachments import attach_uploads
from contacts.services.notes import create_note
from contacts.services.records import together
from contacts.services.tickets import archive_ticket, create_ticket, update_ticket

MOST_NOTES = 1_000


class IssueSet(RedmineUpViewSet):
    """List, show, create, change and delete issues."""

    def list(self, request: DialectRequest, project: str | None = None) -> HttpResponseBase:
        """Return a page of issues, open ones unless asked otherwise."""
        asked = issue_list(request, project, window=window_of(request))
        page = search(request.actor, asked.query)
        items = Items("issue", [mapping.to_wire(each) for each in page.documents])
        answer = envelope.page(
            "issues", items, total=page.total, offset=page.offset, limit=page.limit
        )
        return envelope.with_ignored(answer, asked.ignored)

    def retrieve(self, request: DialectRequest, issue_id: str) -> HttpResponseBase:
        """Return one issue."""
        document = get_record(request.actor, "ticket", record_id(issue_id))
        shown = mapping.to_wire(document)
        wanted, pk = included(request), int(str(document["id"]))
        if "attachments" in wanted:
            found = find_attachments(request.actor, "ticket", [pk])[pk]
            shown["attachments"] = files(found, request.build_absolute_uri)
        if "journals" in wanted:
            about = where(request.actor, "ticket", "eq", pk, kind="note")
            notes = search(request.actor, Query("note", about, limit=MOST_NOTES))
            shown["journals"] = journals.items(list(notes.documents))
        response = envelope.single("issue", shown)
        mark_version(response, document["updated_at"])
        return response

    def create(self, request: DialectRequest, project: str | None = None) -> HttpResponseBase:
        """Create an issue."""
        sent = body_of(request, "issue")
        project_id = project_id_of(named_project(sent, request.params, {"project_id": project}))
        require_right(request.actor, "add_tickets", project_id)
        values = mapping.from_wire(request.actor, sent) | {"project": project_id}
        with together():
            document = create_ticket(request.actor, values)
            _attach(request, sent, int(str(document["id"])))
        written = mapping.to_wire(document)
        return envelope.created(request, "issue", written, f"/issues/{document['id']}")

    def update(self, request: DialectRequest, issue_id: str) -> HttpResponseBase:
        """Change what is sent and leave the rest."""
        pk = record_id(issue_id)
        sent = body_of(request, "issue")
        values = mapping.from_wire(request.actor, sent)
        if sent.get("project_id") not in (None, ""):
            values["project"] = project_id_of(sent["project_id"])
        note = journals.from_wire(sent)
        with together():
            update_ticket(request.actor, pk, values)
            if note:
                create_note(request.actor, {"ticket": pk, **note})
            _attach(request, sent, pk)
        return envelope.empty(request)

    def destroy(self, request: DialectRequest, issue_id: str) -> HttpResponseBase:
        """Put an issue into the trash, out of this dialect's sight."""
        pk = record_id(issue_id)
        archive_ticket(request.actor, pk)
        return envelope.empty(request)


def _attach(request: DialectRequest, sent: Mapping[str, Any], ticket_id: int) -> None:
    uploads = uploads_of(sent, request.params)
    if uploads:
        attach_uploads(request.actor, "ticket", ticket_id, uploads)
