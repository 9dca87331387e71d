"""What this instance does not keep: events, invoices, payments. Lists of it are empty."""

from rest_framework.response import Response

from api.base.errors import UnknownAddressError
from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.views.base import WildApricotViewSet

# The key around the list of each resource; those without one are plain arrays.
KEYS = {"events": "Events", "invoices": "Invoices", "payments": "Payments"}
PLAIN = ("eventregistrations", "donations", "tenders")
RESOURCES = (*KEYS, *PLAIN)


class AbsentSet(WildApricotViewSet):
    """Empty lists, so that dashboards that ask for them go on."""

    xml_item = "Item"

    def list(
        self, request: DialectRequest, version: str, account_id: str, resource: str
    ) -> Response:
        """List nothing, in the shape of the resource."""
        key = KEYS.get(resource.casefold())
        return envelope.single({key: []} if key else [])

    def refuse_all(self, request: DialectRequest, **_named: str) -> Response:
        """Say that there is nothing to show or to change."""
        raise UnknownAddressError
