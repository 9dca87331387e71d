"""Answer which saved filters there are."""

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.redmineup import envelope
from api.redmineup.mapping import saved_queries as mapping
from api.redmineup.mapping.shapes import Items
from api.redmineup.views.base import RedmineUpViewSet, window_of
from contacts.errors import NotFoundError
from contacts.query import Query, search, where


class SavedQuerySet(RedmineUpViewSet):
    """List saved filters."""

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return a page of the filters of contacts or of deals, by name."""
        asked = request.params.get("object_type")
        kind = mapping.object_kind(asked)
        if kind is None:
            raise NotFoundError("object_type", str(asked)[:40])
        offset, limit = window_of(request)
        condition = where(request.actor, "object_kind", "eq", kind, kind="saved_filter")
        page = search(request.actor, Query("saved_filter", condition, offset=offset, limit=limit))
        items = Items("query", [mapping.to_wire(document) for document in page.documents])
        return envelope.page("queries", items, total=page.total, offset=offset, limit=limit)
