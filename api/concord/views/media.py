"""Attach files to records, show what is attached, and delete it."""

from io import BytesIO

from django.http import FileResponse
from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.concord import envelope
from api.concord.errors import RejectedError
from api.concord.resources.table import Resource, Wire
from api.concord.views.base import ConcordViewSet, answered, number_of
from api.wire.multipart import FilePart
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.query.attachments import find_attachments, get_attachment, open_attachment
from contacts.services.attachments import attach_file, delete_attachment

# Resource: the kind of record to which files are attached.
MEDIA_KINDS = {"contacts": "contact", "companies": "contact", "deals": "deal"}
REQUIRED = "The file field is required."


class MediaSet(ConcordViewSet):
    """The files of one record."""

    def create(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Store a file with a record."""
        owner, number = _owner(request, resource, record_id)
        file = request.params.get("file")
        if not isinstance(file, FilePart):
            raise RejectedError({"file": [REQUIRED]})
        made = attach_file(
            request.actor,
            MEDIA_KINDS[owner.name],
            number,
            BytesIO(file.content),
            filename=file.filename,
        )
        record = written(owner, number, made)
        return envelope.created({**record, "was_recently_created": True})

    def retrieve(
        self, request: DialectRequest, resource: str, record_id: str, media_id: str
    ) -> FileResponse:
        """Send a file."""
        found = _of_record(request, resource, record_id, media_id)
        document, opened = open_attachment(request.actor, int(str(found["id"])))
        request.shown_version = version_of("attachment", document)
        return FileResponse(
            opened,
            as_attachment=True,
            filename=str(document["filename"]),
            content_type=str(document["content_type"]) or "application/octet-stream",
        )

    def destroy(
        self, request: DialectRequest, resource: str, record_id: str, media_id: str
    ) -> Response:
        """Delete a file for good."""
        found = _of_record(request, resource, record_id, media_id)
        delete_attachment(request.actor, int(str(found["id"])))
        return envelope.empty()


def media_of(actor: Actor, resource: Resource, record_id: int) -> list[Wire]:
    """Return the files of a record."""
    found = find_attachments(actor, MEDIA_KINDS[resource.name], [record_id])
    return [written(resource, record_id, each) for each in found[record_id]]


def written(resource: Resource, record_id: int, document: Wire) -> Wire:
    """Return a file as records show it."""
    name = str(document["filename"])
    address = f"/api/{resource.name}/{record_id}/media/{document['id']}"
    return {
        "id": document["id"],
        "file_name": name,
        "extension": name.rpartition(".")[2].lower() if "." in name else "",
        "size": document["size"],
        "mime_type": document["content_type"],
        "view_url": address,
        "download_url": address,
        "created_at": document["created_at"],
        "updated_at": document["created_at"],
        "was_recently_created": False,
    }


def _owner(request: DialectRequest, resource: str, record_id: str) -> tuple[Resource, int]:
    owner = answered(resource)
    if owner.name not in MEDIA_KINDS:
        raise NotFoundError("resource")
    return owner, int(owner.get(request.actor, record_id)["id"])


def _of_record(request: DialectRequest, resource: str, record_id: str, media_id: str) -> Wire:
    owner, number = _owner(request, resource, record_id)
    found = get_attachment(request.actor, number_of(media_id, "Media"))
    if found.get(f"{MEDIA_KINDS[owner.name]}_id") != number:
        raise NotFoundError("Media", media_id)
    return found
