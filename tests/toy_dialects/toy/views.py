"""Answer the operations of Toy."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.base.versions import mark_version
from api.base.views import DialectView, DialectViewSet
from contacts.query import Query, get_contact, search
from contacts.services.contacts import create_contact
from tests.toy_dialects.toy import DIALECT, auth, envelope, grammar, mapping
from tests.toy_dialects.toy.errors import ERRORS


class ToyView(DialectView):
    """The base of all views of Toy."""

    dialect = DIALECT
    dialect_auth = staticmethod(auth.find_actor)
    dialect_errors = ERRORS
    dialect_refusal = staticmethod(envelope.sad)


class GreetingView(ToyView):
    """Say what this is, to anybody."""

    is_public = True

    def get(self, request: DialectRequest) -> Response:
        """Greet."""
        return envelope.glad("Toy 1.0")


class ContactSet(DialectViewSet, ToyView):
    """List, read and create contacts."""

    def list(self, request: DialectRequest) -> Response:
        """Return the contacts that match ``find``."""
        clause = grammar.parse(request.query.get("find", ""))
        page = search(request.actor, Query(condition=mapping.resolve(request.actor, clause)))
        return envelope.glad([mapping.to_wire(document) for document in page.documents])

    def retrieve(self, request: DialectRequest, contact_id: str) -> Response:
        """Return one contact."""
        document = get_contact(request.actor, int(contact_id))
        response = envelope.glad(mapping.to_wire(document))
        mark_version(response, document["updated_at"])
        return response

    def create(self, request: DialectRequest) -> Response:
        """Create a contact."""
        document = create_contact(request.actor, mapping.from_wire(request.data))
        return envelope.glad(mapping.to_wire(document), status=201)
