"""The fields of contacts, described for programs."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.mapping.descriptions import description
from api.wildapricot.mapping.table import table_for
from api.wildapricot.views.base import WildApricotView, WildApricotViewSet, id_of
from contacts.errors import NotFoundError

Wire = dict[str, object]


class ContactFieldSet(WildApricotViewSet):
    """Descriptions of fields."""

    reading_scope = "contacts_view"
    writing_scope = "contacts_edit"

    def list(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """List the fields in the order in which contacts show them."""
        return envelope.single(described(self, request))

    def retrieve(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Show one field."""
        number = id_of(record_id, "field")
        found = [each for each in described(self, request) if each["Id"] == number]
        if not found:
            raise NotFoundError("field", number)
        return envelope.single(found[0])


def described(view: WildApricotView, request: DialectRequest) -> list[Wire]:
    """Return the descriptions of all fields that the caller may read."""
    actor = request.actor
    return [
        description(field, actor, order=order, version=view.version, account_url=view.account_url)
        for order, field in enumerate(table_for(actor).fields, start=1)
    ]
