"""Calls that do one thing: decide on memberships that wait, accept the terms."""

from collections.abc import Callable

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.errors import RejectedError, Restriction
from api.wildapricot.mapping.literals import integer_of
from api.wildapricot.views.base import WildApricotViewSet
from contacts.access import Actor
from contacts.errors import ConflictError, NotFoundError
from contacts.index import Document
from contacts.services.applications import approve_membership, reject_membership

Decide = Callable[[Actor, int], Document]


class DecisionSet(WildApricotViewSet):
    """Remote calls of the account."""

    writing_scope = "contacts_edit"

    def approve(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """Make a membership that waits active."""
        return self._decide(request, approve_membership)

    def reject(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """Refuse what a membership waits for."""
        return self._decide(request, reject_membership)

    def _decide(self, request: DialectRequest, decide: Decide) -> Response:
        given = request.query.get("contactid")
        contact_id = integer_of(given)
        if contact_id is None:
            raise _refused(given, "A contact is expected.")
        try:
            decide(request.actor, contact_id)
        except ConflictError:
            raise _refused(contact_id, "The membership does not wait for a decision.") from None
        except NotFoundError:
            raise NotFoundError("contact", contact_id) from None
        return envelope.single(True)


class TermsSet(WildApricotViewSet):
    """The terms of use."""

    reading_scope = writing_scope = ""

    def accept(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """Say yes: whoever has a key has accepted the terms of this instance."""
        return envelope.single(True)


def _refused(value: object, words: str) -> RejectedError:
    shown = value if isinstance(value, str | int) else None
    return RejectedError([Restriction("contactId", shown, words)])
