"""Take in files, show what is known of them, and hand them out."""

from http import HTTPStatus

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.response import Response

from api.base.errors import TooLargeError, UnreadableTypeError, known_error
from api.base.negotiation import essence
from api.base.parsers import RawParser
from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.redmineup import envelope
from api.redmineup.mapping import attachments as mapping
from api.redmineup.views.base import RedmineUpViewSet, body_of, record_id
from contacts.errors import Fault, InvalidError
from contacts.query.attachments import get_attachment, open_attachment
from contacts.services.attachments import delete_attachment, store_upload, update_attachment
from contacts.services.files import size_limit

UPLOAD_TYPE = "application/octet-stream"
# What a browser shows by itself without running anything of it.
SHOWN_TYPES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
# Whatever a browser makes of a file, it gets no rights of this site.
FILE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


class UploadSet(RedmineUpViewSet):
    """Take in files that belong to nothing yet."""

    parser_classes = (RawParser,)

    def create(self, request: DialectRequest) -> HttpResponseBase:
        """Store the body and return the token that attaches it once."""
        if essence(request.content_type) != UPLOAD_TYPE:
            raise UnreadableTypeError(request.content_type)
        document = store_upload(
            request.actor,
            [request.raw],
            filename=str(request.query.get("filename") or ""),
            content_type=str(request.query.get("content_type") or ""),
        )
        upload = {"id": document["id"], "token": document["token"]}
        return Response({"upload": upload}, status=HTTPStatus.CREATED)

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]  # may be a page
        """Refuse a file that is too large as a value, as the original does."""
        if isinstance(known_error(exc), TooLargeError):
            exc = InvalidError([Fault("file", "too_large", {"limit": size_limit()})])
        return super().handle_exception(exc)


class AttachmentSet(RedmineUpViewSet):
    """Show, change and delete files."""

    def retrieve(self, request: DialectRequest, attachment_id: str) -> HttpResponseBase:
        """Return what is known of a file."""
        document = get_attachment(request.actor, record_id(attachment_id))
        request.shown_version = version_of("attachment", document)
        written = mapping.to_wire(document, request.build_absolute_uri)
        return envelope.single("attachment", written)

    def update(self, request: DialectRequest, attachment_id: str) -> HttpResponseBase:
        """Change the name or the description."""
        sent = body_of(request, "attachment")
        values: dict[str, object] = {
            key: sent[key] for key in ("filename", "description") if key in sent
        }
        update_attachment(request.actor, record_id(attachment_id), values)
        return envelope.empty(request)

    def destroy(self, request: DialectRequest, attachment_id: str) -> HttpResponseBase:
        """Delete a file."""
        delete_attachment(request.actor, record_id(attachment_id))
        return envelope.empty(request)


class DownloadSet(RedmineUpViewSet):
    """Hand out files."""

    # The address ends with the name of the file.
    has_suffix = False

    def retrieve(
        self, request: DialectRequest, attachment_id: str, filename: str = ""
    ) -> HttpResponseBase:
        """Return a file; only pictures that do nothing are for looking at in a browser."""
        document, opened = open_attachment(request.actor, record_id(attachment_id))
        content_type = str(document["content_type"]) or UPLOAD_TYPE
        return FileResponse(
            opened,
            as_attachment=content_type not in SHOWN_TYPES,
            filename=str(document["filename"]),
            content_type=content_type,
            headers=FILE_HEADERS,
        )
