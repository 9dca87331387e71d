"""Subscriptions: programs are told that a contact has changed, instead of asking again and again.

Upstream sets them up in the browser alone; docs/dialects/wildapricot.md, "Web hooks".
"""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.auth import DIALECT_NAME
from api.wildapricot.errors import RejectedError, Restriction
from api.wildapricot.mapping.bodies import mapping_of
from api.wildapricot.mapping.hooks import CONTACT_MODIFIED, subscription
from api.wildapricot.views.base import WildApricotViewSet, id_of
from contacts.errors import InvalidError
from contacts.services.webhooks import create_webhook, delete_webhook, list_webhooks

KIND = "webhook"


class HookSet(WildApricotViewSet):
    """The subscriptions of whoever asks; administrators see those of all."""

    reading_scope = "contacts_view"
    writing_scope = "contacts_edit"
    hides_answers = True
    xml_item = "Webhook"

    def list(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """List the subscriptions of this protocol."""
        found = [each for each in list_webhooks(request.actor) if each["dialect"] == DIALECT_NAME]
        return envelope.single([subscription(self.account_url, each) for each in found])

    def create(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """Tell an address of changed contacts from now on."""
        body = mapping_of(request.data)
        url, message = body.get("targeturl"), body.get("messagetype") or CONTACT_MODIFIED
        if message != CONTACT_MODIFIED:
            raise RejectedError([Restriction("MessageType", str(message), "Unexpected option.")])
        if not isinstance(url, str) or not url.strip():
            raise RejectedError([Restriction("TargetUrl", None, "Value is required.")])
        try:
            made = create_webhook(request.actor, kind="contact", action="any", url=url.strip())
        except InvalidError:
            words = "The address must be one that everybody may reach."
            raise RejectedError([Restriction("TargetUrl", url, words)]) from None
        return envelope.single(subscription(self.account_url, made))

    def destroy(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Tell an address no more."""
        delete_webhook(request.actor, id_of(record_id, KIND))
        return envelope.single(True)
