"""Take what visitors send to a public form; the address of the form is the only key."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope
from api.concord.errors import RejectedError
from api.concord.labels import WIRE_KEYS
from api.concord.views.base import ConcordViewSet, sent_of
from contacts.access import find_form_at
from contacts.errors import NotFoundError
from contacts.fields import catalogue
from contacts.intake import Sender, submit

CONSENT = "_privacy-policy"
# Two words of this protocol mean fields of a contact only here.
OWN = {"phone": "phones", "name": "organization_name"}
CONTACT_FIELDS = {
    wire: key
    for key, wire in WIRE_KEYS.items()
    if key in ("emails", "street1", "region", "postcode", "country")
}


class WebFormSet(ConcordViewSet):
    """A public form."""

    is_public = True

    def retrieve(self, request: DialectRequest, form_id: str) -> HttpResponse:
        """Send people to the page of the form."""
        if find_form_at(form_id) is None:
            raise NotFoundError("WebForm")
        return HttpResponse(status=HTTPStatus.FOUND, headers={"Location": f"/forms/{form_id}"})

    def create(self, request: DialectRequest, form_id: str) -> Response:
        """Take what was sent."""
        form = find_form_at(form_id)
        if form is None:
            raise NotFoundError("WebForm")
        sent = sent_of(request)
        if form.consent and not sent.get(CONSENT):
            raise RejectedError({CONSENT: ["The privacy policy must be accepted."]})
        submit(form, _values(sent), _sender(request, sent))
        return envelope.empty()


def _values(sent: Mapping[str, Any]) -> dict[str, object]:
    """Return the values by field key; names that are no field's are kept by the intake."""
    slugs = {f"cf_{field.slug}": field.key for field in catalogue("contact").custom()}
    keys = {**CONTACT_FIELDS, **OWN, **slugs}
    found: dict[str, object] = {}
    for name, value in sent.items():
        if name != CONSENT and value is not None:
            found[keys.get(name, name)] = _plain(name, value)
    return found


def _plain(name: str, value: object) -> object:
    if name == "phones" and isinstance(value, list):
        return [row.get("number") if isinstance(row, Mapping) else row for row in value]
    return value


def _sender(request: DialectRequest, sent: Mapping[str, Any]) -> Sender:
    return Sender(
        address=str(request.META.get("REMOTE_ADDR", "")),
        referer=request.headers.get("Referer", ""),
        user_agent=request.headers.get("User-Agent", ""),
        raw=dict(sent),
        has_consented=bool(sent.get(CONSENT)),
        request_id=request.request_id,
    )
