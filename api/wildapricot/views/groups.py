"""Groups of members."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.mapping.bodies import mapping_of
from api.wildapricot.mapping.literals import truth_of
from api.wildapricot.mapping.neighbours import Neighbours
from api.wildapricot.mapping.windows import window
from api.wildapricot.views.base import WildApricotViewSet, id_of
from contacts.query import MAX_OFFSET, Query, get_record, matching_ids, search, sorted_by, where
from contacts.query.groups import sizes_of_groups
from contacts.services.groups import create_group

KIND = "group"


class GroupSet(WildApricotViewSet):
    """Groups; every contact may be in some."""

    reading_scope = "contacts_view"
    writing_scope = "contacts_edit"
    xml_item = "MembershipGroup"

    def list(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """List groups by their ids."""
        actor = request.actor
        offset, limit = window(request.query)
        order = (sorted_by(actor, "id", kind=KIND),)
        asked = Query(KIND, sort=order, offset=offset, limit=limit, total=False)
        page = search(actor, asked)
        # As many as the group itself names, archived ones among them.
        sizes = sizes_of_groups(actor, page.ids, with_archived=True)
        write = Neighbours(self.account_url).group
        return envelope.single(
            [
                write(document, sizes[pk])
                for pk, document in zip(page.ids, page.documents, strict=True)
            ]
        )

    def retrieve(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Show a group with the ids of its members, archived ones too unless said otherwise."""
        actor, pk = request.actor, id_of(record_id, KIND)
        document = get_record(actor, KIND, pk)
        archived = (
            None if truth_of(request.query.get("includearchivedmembers")) is not False else False
        )
        asked = Query(
            condition=where(actor, "groups", "has_any", [pk]),
            sort=(sorted_by(actor, "id"),),
            archived=archived,
        )
        ids = matching_ids(actor, asked, MAX_OFFSET)
        wire = Neighbours(self.account_url).group(document, len(ids))
        return envelope.single({**wire, "ContactIds": ids})

    def create(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """Make a group; the answer has status 200, as that of a new contact."""
        body = mapping_of(request.data)
        values = {"title": body.get("name"), "description": body.get("description") or ""}
        document = create_group(request.actor, values)
        return envelope.single(Neighbours(self.account_url).group(document, 0))
