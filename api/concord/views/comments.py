"""List, write, change and delete comments."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.concord import envelope
from api.concord.resources.comments import ABOUT, WITH_VIA, read, write
from api.concord.resources.table import Resource
from api.concord.views.base import ConcordViewSet, answered, number_of, sent_of
from contacts.errors import NotFoundError
from contacts.query import Query, get_record, search, where
from contacts.services.comments import create_comment, delete_comment, update_comment

MOST = 1_000


class CommentsSet(ConcordViewSet):
    """The comments about one note, call or activity."""

    def list(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Return the comments, oldest first."""
        owner, number = _owner(request, resource, record_id)
        asked = where(request.actor, ABOUT[owner.name], "eq", number, kind="comment")
        found = search(request.actor, Query("comment", asked, limit=MOST)).documents
        return envelope.listed([write(request.actor, each) for each in found])

    def create(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Write a comment."""
        owner, number = _owner(request, resource, record_id)
        values = read(sent_of(request), needs_via=owner.name in WITH_VIA)
        made = create_comment(request.actor, {**values, ABOUT[owner.name]: number})
        return envelope.created({**write(request.actor, made), "was_recently_created": True})


class CommentSet(ConcordViewSet):
    """One comment."""

    def retrieve(self, request: DialectRequest, record_id: str) -> Response:
        """Return a comment."""
        found = get_record(request.actor, "comment", number_of(record_id, "Comment"))
        request.shown_version = version_of("comment", found)
        return envelope.single(write(request.actor, found))

    def update(self, request: DialectRequest, record_id: str) -> Response:
        """Change what a comment says."""
        number = int(
            str(get_record(request.actor, "comment", number_of(record_id, "Comment"))["id"])
        )
        values = read(sent_of(request), needs_via=False)
        return envelope.single(write(request.actor, update_comment(request.actor, number, values)))

    def destroy(self, request: DialectRequest, record_id: str) -> Response:
        """Delete a comment."""
        delete_comment(request.actor, number_of(record_id, "Comment"))
        return envelope.empty()


def _owner(request: DialectRequest, resource: str, record_id: str) -> tuple[Resource, int]:
    owner = answered(resource)
    if owner.name not in ABOUT:
        raise NotFoundError("resource")
    return owner, int(owner.get(request.actor, record_id)["id"])
