"""Answer what is asked about contacts."""

from dataclasses import replace
from typing import ClassVar

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.base.versions import mark_version
from api.redmineup import envelope
from api.redmineup.envelope import lists
from api.redmineup.envelope.formats import is_page
from api.redmineup.envelope.pages import to_screen
from api.redmineup.envelope.renderers import CsvRenderer, VcardRenderer
from api.redmineup.envelope.styles import writing_for
from api.redmineup.filters.contacts import contact_list
from api.redmineup.mapping import contacts as mapping
from api.redmineup.mapping.contact_values import from_wire
from api.redmineup.mapping.places import (
    named_project,
    project_id_of,
    require_known,
    require_right,
)
from api.redmineup.views.base import (
    RedmineUpView,
    RedmineUpViewSet,
    body_of,
    record_id,
    window_of,
)
from api.redmineup.views.contact_files import Files
from api.redmineup.views.exports import MOST_EXPORTED, export, exported
from api.redmineup.views.includes import included
from api.redmineup.views.web_forms import after_create, is_form_key, source_of, submitted
from contacts.index import Document
from contacts.query import get_contact, search
from contacts.services.contacts import archive_contact, create_contact, update_contact


class ContactSet(RedmineUpViewSet):
    """List, show, create, change and delete contacts."""

    follows_data = True
    renderer_classes = (*RedmineUpView.renderer_classes, CsvRenderer, VcardRenderer)
    has_pages: ClassVar[bool] = True
    takes_forms: ClassVar[bool] = True

    def list(self, request: DialectRequest, project: str | None = None) -> HttpResponseBase:
        """Return a page of contacts."""
        if is_page(request):
            return to_screen()
        offset, limit = window_of(request)
        asked = contact_list(request, project, window=(offset, limit))
        if exported(request):
            found = search(request.actor, replace(asked.query, offset=0, limit=MOST_EXPORTED))
            return envelope.with_ignored(export(request, found.documents), asked.ignored)
        page = search(request.actor, asked.query)
        writing = writing_for(request)
        items = lists.contacts(page.documents, writing)
        answer = envelope.page("contacts", items, total=page.total, offset=offset, limit=limit)
        return envelope.with_ignored(answer, asked.ignored)

    def retrieve(
        self, request: DialectRequest, contact_id: str, project: str | None = None
    ) -> HttpResponseBase:
        """Return one contact."""
        require_known(project)
        document = get_contact(request.actor, record_id(contact_id))
        if is_page(request):
            return to_screen(record_id(contact_id))
        if exported(request):
            return export(request, [document])
        shown = mapping.with_projects(document, writing_for(request))
        response = envelope.single("contact", {**shown, **included(request, document)})
        mark_version(response, document["updated_at"])
        return response

    def create(self, request: DialectRequest, project: str | None = None) -> HttpResponseBase:
        """Create a contact; a web form may post here too."""
        sent = body_of(request, "contact")
        if is_form_key(request.actor):
            return submitted(request, sent, project)
        project_id = project_id_of(named_project(sent, request.params, {"project_id": project}))
        require_right(request.actor, "add_contacts", project_id)
        values = from_wire(request.actor, sent, creating=True)({}) | source_of(request)
        values["projects"] = _with(project_id, values.get("projects"))
        files = Files.of(request, sent)
        with files.together():
            document = create_contact(request.actor, values | files.values(request.actor))
            document = files.attach(request.actor, document)
        written = mapping.with_projects(document, writing_for(request))
        answer = envelope.created(request, "contact", written, f"/contacts/{document['id']}")
        return after_create(request, answer)

    def update(
        self, request: DialectRequest, contact_id: str, project: str | None = None
    ) -> HttpResponseBase:
        """Change what is sent and leave the rest."""
        require_known(project)
        pk = record_id(contact_id)
        sent = body_of(request, "contact")
        change = from_wire(request.actor, sent, creating=False)
        files = Files.of(request, sent)

        def with_files(document: Document) -> dict[str, object]:
            return change(document) | files.values(request.actor)

        with files.together():
            files.attach(request.actor, update_contact(request.actor, pk, with_files))
        return envelope.empty(request)

    def destroy(
        self, request: DialectRequest, contact_id: str, project: str | None = None
    ) -> HttpResponseBase:
        """Put a contact into the trash, out of this dialect's sight."""
        require_known(project)
        archive_contact(request.actor, record_id(contact_id))
        return envelope.empty(request)


def _with(project_id: int, others: object) -> list[int]:
    """Return the projects of a new contact, each once, the one that was named first."""
    further = others if isinstance(others, list) else []
    return list(dict.fromkeys([project_id, *further]))
