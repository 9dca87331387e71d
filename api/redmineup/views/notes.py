"""Answer what is asked about notes."""

from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.base.versions import mark_version
from api.redmineup import envelope
from api.redmineup.mapping import notes as mapping
from api.redmineup.mapping.attachments import items as files
from api.redmineup.mapping.attachments import uploads_of
from api.redmineup.mapping.places import named_project, project_id_of
from api.redmineup.mapping.shapes import Items
from api.redmineup.views.base import RedmineUpViewSet, body_of, included, record_id, window_of
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.query import Query, get_contact, get_record, search, where
from contacts.query.attachments import find_attachments
from contacts.services.attachments import attach_uploads
from contacts.services.notes import create_note, delete_note, update_note
from contacts.services.records import together


class NoteSet(RedmineUpViewSet):
    """List, show, write, change and delete notes."""

    def list(self, request: DialectRequest, contact_id: str | None = None) -> HttpResponseBase:
        """Return a page of the notes about one contact or deal, newest first."""
        named = (
            {"source_type": "contact", "source_id": contact_id} if contact_id else request.params
        )
        kind, source_id = _source(request.actor, named)
        offset, limit = window_of(request)
        condition = where(request.actor, kind, "eq", source_id, kind="note")
        page = search(request.actor, Query("note", condition, offset=offset, limit=limit))
        items = Items("note", [mapping.to_wire(document) for document in page.documents])
        return envelope.page("notes", items, total=page.total, offset=offset, limit=limit)

    def retrieve(self, request: DialectRequest, note_id: str) -> HttpResponseBase:
        """Return one note."""
        pk = record_id(note_id)
        document = get_record(request.actor, "note", pk)
        shown = mapping.to_wire(document)
        if "attachments" in included(request):
            found = find_attachments(request.actor, "note", [pk])[pk]
            if found:
                shown["attachments"] = files(found, request.build_absolute_uri)
        response = envelope.single("note", shown)
        mark_version(response, document["updated_at"])
        return response

    def create(self, request: DialectRequest) -> HttpResponseBase:
        """Write a note about a contact or deal."""
        sent = body_of(request, "note")
        # What is named must exist, although the project of the note is that of its source.
        named = named_project(sent, request.params)
        if named is not None:
            project_id_of(named)
        kind, source_id = _source(request.actor, {**request.params, **sent})
        values = mapping.from_wire(sent) | {kind: source_id}
        written_at = mapping.written_at(request.actor, sent)
        with together():
            document = create_note(request.actor, values, written_at=written_at)
            _attach(request, sent, int(str(document["id"])))
        address = f"/notes/{document['id']}"
        return envelope.created(request, "note", mapping.to_wire(document), address)

    def update(self, request: DialectRequest, note_id: str) -> HttpResponseBase:
        """Change what is sent and leave the rest."""
        pk = record_id(note_id)
        sent = body_of(request, "note")
        with together():
            update_note(request.actor, pk, mapping.from_wire(sent))
            _attach(request, sent, pk)
        return envelope.empty(request)

    def destroy(self, request: DialectRequest, note_id: str) -> HttpResponseBase:
        """Delete a note."""
        pk = record_id(note_id)
        delete_note(request.actor, pk)
        return envelope.empty(request)


def _attach(request: DialectRequest, sent: Mapping[str, Any], note_id: int) -> None:
    uploads = uploads_of(sent, request.params)
    if uploads:
        attach_uploads(request.actor, "note", note_id, uploads)


def _source(actor: Actor, named: Mapping[str, Any]) -> tuple[str, int]:
    """Return the kind and id of what a note is about; raises NotFoundError."""
    kind = mapping.source_kind(named.get("source_type"))
    if kind is None:
        raise NotFoundError("source", str(named.get("source_type"))[:40])
    source_id = record_id(str(named.get("source_id")))
    if kind == "contact":
        get_contact(actor, source_id)
    else:
        get_record(actor, kind, source_id)
    return kind, source_id
