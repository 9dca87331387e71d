"""Membership levels, and bundles of members who share one."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.mapping.neighbours import Neighbours
from api.wildapricot.mapping.windows import whole, window
from api.wildapricot.views.base import WildApricotViewSet, id_of
from contacts.query import Condition, Query, get_record, search, where


class LevelSet(WildApricotViewSet):
    """What one can be a member as."""

    xml_item = "MembershipLevel"

    def list(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """List the levels in their order."""
        offset, limit = window(request.query)
        asked = Query("membership_level", offset=offset, limit=limit, total=False)
        write = Neighbours(self.account_url).level
        return envelope.single(
            [write(document) for document in search(request.actor, asked).documents]
        )

    def retrieve(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Show one level."""
        number = id_of(record_id, "membership_level")
        document = get_record(request.actor, "membership_level", number)
        return envelope.single(Neighbours(self.account_url).level(document))


class BundleSet(WildApricotViewSet):
    """Bundles of members."""

    reading_scope = "contacts_view"
    xml_item = "Bundle"

    def list(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """List the bundles, of one level where it is named."""
        offset, limit = window(request.query)
        condition = self._of_level(request)
        asked = Query("bundle", condition, offset=offset, limit=limit, total=False)
        write = Neighbours(self.account_url).bundle
        return envelope.single(
            [write(document) for document in search(request.actor, asked).documents]
        )

    def retrieve(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Show one bundle."""
        document = get_record(request.actor, "bundle", id_of(record_id, "bundle"))
        return envelope.single(Neighbours(self.account_url).bundle(document))

    def _of_level(self, request: DialectRequest) -> Condition | None:
        level_id = whole(request.query, "levelid")
        if level_id is None:
            return None
        return where(request.actor, "level", "in", [level_id or -1], kind="bundle")
