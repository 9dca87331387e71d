"""Search over everything."""

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.redmineup import envelope
from api.redmineup.mapping import search_results as mapping
from api.redmineup.mapping.shapes import Items, Wire
from api.redmineup.views.base import RedmineUpViewSet, window_of
from contacts.query import Query, search

TRUE = frozenset({"1", "true"})


class SearchSet(RedmineUpViewSet):
    """Find records of every kind by their words."""

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return a page of results: kind after kind, each in its own order.

        Where parameters name kinds (``contacts=1``), only those are searched.
        """
        offset, limit = window_of(request)
        words = str(request.params.get("q") or "").strip()
        found: list[Wire] = []
        total = 0
        for kind in _kinds(request) if words else ():
            # What the kinds before have filled of the page is not asked for again.
            start, room = max(0, offset - total), limit - len(found)
            page = search(request.actor, Query(kind, search=words, offset=start, limit=room))
            found += [
                mapping.to_wire(kind, each, request.build_absolute_uri) for each in page.documents
            ]
            total += page.total
        items = Items("result", found)
        return envelope.page("results", items, total=total, offset=offset, limit=limit)


def _kinds(request: DialectRequest) -> list[str]:
    asked = [
        kind
        for name, kind in mapping.KINDS.items()
        if str(request.params.get(name)).lower() in TRUE
    ]
    return asked or list(mapping.KINDS.values())
