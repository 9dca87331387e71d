"""Answer what is asked about contacts."""

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.base.versions import mark_version
from api.redmineup import envelope
from api.redmineup.envelope.styles import writing_for
from api.redmineup.filters.contacts import contact_list
from api.redmineup.mapping import contacts as mapping
from api.redmineup.mapping.contact_values import from_wire
from api.redmineup.mapping.places import named_project, project_id_of, require_right
from api.redmineup.mapping.shapes import Items
from api.redmineup.views.base import RedmineUpViewSet, body_of, record_id, window_of
from contacts.query import get_contact, search
from contacts.services.contacts import archive_contact, create_contact, update_contact


class ContactSet(RedmineUpViewSet):
    """List, show, create, change and delete contacts."""

    def list(self, request: DialectRequest, project: str | None = None) -> HttpResponseBase:
        """Return a page of contacts."""
        offset, limit = window_of(request)
        asked = contact_list(request, project, offset=offset, limit=limit)
        page = search(request.actor, asked.query)
        writing = writing_for(request)
        items = Items("contact", [mapping.to_wire(each, writing) for each in page.documents])
        answer = envelope.page("contacts", items, total=page.total, offset=offset, limit=limit)
        return envelope.with_ignored(answer, asked.ignored)

    def retrieve(
        self, request: DialectRequest, contact_id: str, project: str | None = None
    ) -> HttpResponseBase:
        """Return one contact."""
        document = get_contact(request.actor, record_id(contact_id))
        response = envelope.single("contact", mapping.with_projects(document, writing_for(request)))
        mark_version(response, document["updated_at"])
        return response

    def create(self, request: DialectRequest, project: str | None = None) -> HttpResponseBase:
        """Create a contact."""
        sent = body_of(request, "contact")
        named = named_project(sent, request.params, {"project_id": project})
        project_id = project_id_of(named)
        require_right(request.actor, "add_contacts", project_id)
        values = from_wire(request.actor, sent, creating=True)({})
        values["projects"] = list(dict.fromkeys([project_id, *values.get("projects", ())]))
        document = create_contact(request.actor, values)
        written = mapping.with_projects(document, writing_for(request))
        return envelope.created(request, "contact", written, f"/contacts/{document['id']}")

    def update(
        self, request: DialectRequest, contact_id: str, project: str | None = None
    ) -> HttpResponseBase:
        """Change what is sent and leave the rest."""
        pk = record_id(contact_id)
        change = from_wire(request.actor, body_of(request, "contact"), creating=False)
        update_contact(request.actor, pk, change)
        return envelope.empty(request)

    def destroy(
        self, request: DialectRequest, contact_id: str, project: str | None = None
    ) -> HttpResponseBase:
        """Put a contact into the trash, out of this dialect's sight."""
        archive_contact(request.actor, record_id(contact_id))
        return envelope.empty(request)
