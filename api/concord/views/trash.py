"""Show the trash, restore from it, delete for good."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope, grammar
from api.concord.filters import asked_of
from api.concord.resources.table import Resource, Shown
from api.concord.views.base import ConcordViewSet, answered
from api.concord.views.engine import found_in, page_of, whole
from contacts.errors import ForbiddenError, NotFoundError
from contacts.query import search

MOST_AT_ONCE = 500


class TrashSet(ConcordViewSet):
    """The trash of a resource that has one."""

    def list(self, request: DialectRequest, resource: str) -> Response:
        """Return a page of the trash."""
        return page_of(request, _with_trash(resource), archived=True)

    def search(self, request: DialectRequest, resource: str) -> Response:
        """Return what is found in the trash."""
        return found_in(request, _with_trash(resource), archived=True)

    def retrieve(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Return a record in the trash."""
        asked = _with_trash(resource)
        document = asked.get(request.actor, record_id, archived=True)
        (record,) = asked.write(request.actor, [document], Shown(is_whole=True))
        return envelope.single(record)

    def restore(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Take a record out of the trash."""
        asked = _with_trash(resource)
        number = int(asked.get(request.actor, record_id, archived=True)["id"])
        if asked.restore is not None:
            asked.restore(request.actor, number)
        return envelope.single(whole(request.actor, asked, asked.get(request.actor, number)))

    def destroy(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Delete a record in the trash for good."""
        asked = _with_trash(resource)
        number = int(asked.get(request.actor, record_id, archived=True)["id"])
        _delete(request, asked, number)
        return envelope.empty()

    def force(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Delete a record for good, living or in the trash."""
        asked = _with_trash(resource)
        try:
            number = int(asked.get(request.actor, record_id)["id"])
        except NotFoundError:
            return self.destroy(request, resource, record_id)
        if asked.archive is not None:
            asked.archive(request.actor, number)
        _delete(request, asked, number)
        return envelope.empty()

    def clear(self, request: DialectRequest, resource: str) -> Response:
        """Delete a batch of the trash; what the caller may not delete is left."""
        asked = _with_trash(resource)
        request.actor.require_write()
        limit = min(grammar.whole_number(request.params.get("limit"), MOST_AT_ONCE), MOST_AT_ONCE)
        params = {"per_page": limit, "order": "id"}
        listed = asked_of(request.actor, asked, params, archived=True)
        deleted = 0
        for number in search(request.actor, listed.query).ids:
            try:
                _delete(request, asked, number)
            except ForbiddenError:
                continue
            deleted += 1
        return envelope.single({"deleted": deleted})


def _with_trash(name: str) -> Resource:
    found = answered(name)
    if found.restore is None:
        raise NotFoundError("resource")
    return found


def _delete(request: DialectRequest, resource: Resource, number: int) -> None:
    if resource.delete is None:
        raise ForbiddenError("delete", resource.kind)
    resource.delete(request.actor, number)
