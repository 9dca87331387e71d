"""Pictures: staged before they are of anybody, and handed out."""

import base64
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.response import Response

from api.base.parsers import OrderedMultipartParser
from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.errors import RejectedError, Restriction
from api.wildapricot.mapping.literals import truth_of
from api.wildapricot.mapping.meanings.pictures import name_of, number_in
from api.wildapricot.views.base import WildApricotViewSet, number_of
from api.wire.multipart import FilePart
from contacts.errors import InvalidError, NotFoundError
from contacts.query.attachments import open_attachment
from contacts.services.attachments import store_upload
from contacts.services.pictures import rewritten
from contacts.services.records import together
from contacts.services.staged_pictures import stage_picture

Store = Callable[..., dict[str, object]]

TYPES = frozenset({"image/png", "image/jpeg", "image/jpg", "image/pjpeg", "image/bmp"})
# Whatever a browser makes of a file, it gets no rights of this site.
FILE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def as_sent(fields: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return the parts of a body under their names in the client's case: answers repeat them."""
    return dict(fields)


class StagingSet(WildApricotViewSet):
    """Pictures on their way to a contact."""

    writing_scope = "contacts_edit"
    parser_classes = (OrderedMultipartParser,)
    form_grammar = staticmethod(as_sent)

    def create(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """Stage each part of the body; the ids stand under the names of the parts."""
        sent = request.data if isinstance(request.data, dict) else {}
        parts = {name: part for name, part in sent.items() if isinstance(part, FilePart)}
        if not parts:
            raise RejectedError([Restriction("picture0", None, "A picture is expected.")])
        with together():
            names = {name: self._stage(request, name, part) for name, part in parts.items()}
        return envelope.single(names)

    def _stage(self, request: DialectRequest, name: str, part: FilePart) -> str:
        kind = kind_of(part)
        if kind not in TYPES:
            raise RejectedError([Restriction(name, kind, "Only png, jpeg and bmp are accepted.")])
        return name_of(_stored(request, name, part, stage_picture))


class UploadSet(StagingSet):
    """Files of any kind on their way to a contact."""

    def _stage(self, request: DialectRequest, name: str, part: FilePart) -> str:
        return str(_stored(request, name, part, store_upload))


def kind_of(part: FilePart) -> str:
    """Return the media type that a part says it has."""
    return part.content_type.partition(";")[0].strip().lower()


def _stored(request: DialectRequest, name: str, part: FilePart, store: Store) -> int:
    """Return the number of a part that was stored; raises RejectedError under the part's name."""
    content, kind = BytesIO(part.content), kind_of(part)
    try:
        document = store(request.actor, content, filename=part.filename, content_type=kind)
    except InvalidError as error:
        words = "too large" if error.faults[0].code == "too_large" else "no picture"
        raise RejectedError([Restriction(name, None, f"The file is {words}.")]) from None
    return int(str(document["id"]))


class PictureSet(WildApricotViewSet):
    """Pictures of contacts."""

    reading_scope = "contacts_view"

    def retrieve(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> HttpResponseBase:
        """Hand out the bytes of a picture, or their text in base 64.

        Programs written for this protocol know what may be sent to it (section 8); pictures that
        are kept in another format come as PNG.
        """
        number = number_in(record_id)
        if number is None:
            raise NotFoundError("picture", record_id)
        # Archived contacts are shown like all others, their pictures too.
        document, opened = open_attachment(request.actor, number, archived=None)
        with opened:
            content = opened.read()
        kind = str(document["content_type"])
        if not kind.startswith("image/"):
            raise NotFoundError("picture", record_id)
        if kind not in TYPES:
            content, kind = rewritten(BytesIO(content), "PNG"), "image/png"
        if truth_of(request.query.get("asbase64")):
            return envelope.single(base64.b64encode(content).decode())
        return HttpResponse(content, content_type=kind, headers=FILE_HEADERS)


class AttachmentSet(WildApricotViewSet):
    """Files of any kind that contacts have in their fields."""

    reading_scope = "contacts_view"

    def retrieve(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> HttpResponseBase:
        """Hand out the bytes of a file, to be saved and not shown."""
        number = number_of(record_id)
        if number is None:
            raise NotFoundError("attachment", record_id)
        document, opened = open_attachment(request.actor, number, archived=None)
        return FileResponse(
            opened,
            as_attachment=True,
            filename=str(document["filename"]),
            content_type=str(document["content_type"]) or "application/octet-stream",
            headers=FILE_HEADERS,
        )
