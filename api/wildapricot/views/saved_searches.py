"""Saved searches: filters that people keep in the browser, and what they find."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.grammar import read_filter
from api.wildapricot.mapping.filters import condition_of
from api.wildapricot.mapping.literals import truth_of
from api.wildapricot.mapping.neighbours import Neighbours
from api.wildapricot.mapping.table import table_for
from api.wildapricot.mapping.windows import window
from api.wildapricot.views.base import WildApricotViewSet, id_of
from contacts.errors import NotFoundError
from contacts.query import (
    MAX_OFFSET,
    Query,
    all_of,
    get_record,
    matching_ids,
    search,
    sorted_by,
    where,
)
from contacts.services.saved_filters import restored_query

KIND = "saved_filter"


class SavedSearchSet(WildApricotViewSet):
    """Saved filters of contacts."""

    reading_scope = "contacts_view"
    xml_item = "SavedSearch"

    def list(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """List the filters that the caller may use."""
        actor = request.actor
        offset, limit = window(request.query)
        of_contacts = where(actor, "object_kind", "eq", "contact", kind=KIND)
        order = (sorted_by(actor, "id", kind=KIND),)
        asked = Query(KIND, of_contacts, sort=order, offset=offset, limit=limit, total=False)
        write = Neighbours(self.account_url).saved_search
        return envelope.single([write(document) for document in search(actor, asked).documents])

    def retrieve(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Show a filter with the ids of the contacts that it finds now."""
        actor = request.actor
        document = get_record(actor, KIND, id_of(record_id, KIND))
        if document["object_kind"] != "contact":
            raise NotFoundError(KIND, record_id)
        kept, sort = restored_query(actor, document)
        text = str(request.query.get("$filter") or "")
        asked = Query(
            condition=all_of(kept, condition_of(actor, table_for(actor), read_filter(text))),
            search=str(document["search"]),
            sort=sort or (sorted_by(actor, "id"),),
            archived=False if truth_of(request.query.get("excludearchived")) else None,
        )
        ids = matching_ids(actor, asked, MAX_OFFSET)
        return envelope.single(Neighbours(self.account_url).saved_search(document, ids))
