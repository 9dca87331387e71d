"""Subscribe addresses to what happens, in the manner of REST hooks."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope
from api.concord.errors import RejectedError
from api.concord.hooks import ACTIONS, DATA, KINDS, RESOURCE, WORD, ZAP, to_wire
from api.concord.mapping.bodies import Body
from api.concord.views.base import ConcordViewSet, number_of, sent_of
from contacts.errors import InvalidError, NotFoundError
from contacts.services.webhooks import create_webhook, delete_webhook

MOST_ADDRESS = 2_000
LABELS = {"targetUrl": "target URL"}


class HookSet(ConcordViewSet):
    """The subscriptions."""

    hides_answers = True

    def create(self, request: DialectRequest, resource: str, action: str) -> Response:
        """Tell an address from now on."""
        if resource not in KINDS or action not in ACTIONS:
            raise NotFoundError("resource")
        body = Body(sent_of(request), creating=True, labels=LABELS)
        body.require("targetUrl")
        url = body.text("targetUrl", most=MOST_ADDRESS)
        body.finish()
        about = {
            RESOURCE: resource,
            WORD: action,
            ZAP: body.sent.get("zapId"),
            DATA: body.sent.get("data"),
        }
        try:
            made = create_webhook(
                request.actor,
                kind=KINDS[resource],
                action=ACTIONS[action],
                url=url or "",
                about=about,
            )
        except InvalidError as error:
            sentence = "The target URL field must be a valid URL that everybody may reach."
            raise RejectedError({"targetUrl": [sentence]}) from error
        return envelope.created(to_wire(made))

    def destroy(self, request: DialectRequest, record_id: str) -> Response:
        """Tell an address no more."""
        delete_webhook(request.actor, number_of(record_id, "ZapierHook"))
        return envelope.empty()
