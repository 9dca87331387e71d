"""Take what visitors send to a public form; the address of the form is the only key."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope
from api.concord.errors import RejectedError, sentence_of
from api.concord.forms.attributes import sent_as
from api.concord.labels import WIRE_KEYS, label_of, wire_key_of
from api.concord.views.base import ConcordViewSet, sent_of
from api.wire.multipart import FilePart
from contacts.access import find_form_at
from contacts.errors import InvalidError, NotFoundError
from contacts.fields import catalogue
from contacts.intake import Sender, campaign_in, submit
from contacts.intake.pages import form_page
from contacts.services.form_fields import FormField, form_fields

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
        """Show people the page of the form."""
        if find_form_at(form_id) is None:
            raise NotFoundError("WebForm")
        return form_page(request._request, form_id)

    def create(self, request: DialectRequest, form_id: str) -> Response:
        """Take what was sent."""
        form = find_form_at(form_id)
        if form is None:
            raise NotFoundError("WebForm")
        sent = sent_of(request)
        if form.consent and not sent.get(CONSENT):
            raise RejectedError({CONSENT: ["The privacy policy must be accepted."]})
        asked = form_fields(form)
        try:
            submit(form, _values(asked, sent), _sender(request, sent))
        except InvalidError as error:
            raise RejectedError(_messages(asked, sent, error)) from error
        return envelope.empty()


def _values(asked: Sequence[FormField], sent: Mapping[str, Any]) -> dict[str, object]:
    """Return the values by field key; names that are no field's are kept by the intake."""
    slugs = {f"cf_{field.slug}": field.key for field in catalogue("contact").custom()}
    named = {_name_of(each): each.key for each in asked}
    keys = {**CONTACT_FIELDS, **OWN, **slugs, **named}
    found: dict[str, object] = {}
    for name, value in sent.items():
        if name != CONSENT and value is not None:
            found[keys.get(name, name)] = _plain(value)
    return found


def _name_of(field: FormField) -> str:
    return field.name or sent_as(field.key)


def _messages(
    asked: Sequence[FormField], sent: Mapping[str, Any], error: InvalidError
) -> dict[str, list[str]]:
    """Return what is wrong under the names that were sent, in the labels of the form."""
    by_key = {each.key: each for each in asked}
    found: dict[str, list[str]] = {}
    for fault in error.faults:
        field = by_key.get(fault.key)
        name = _name_of(field) if field else wire_key_of(fault.key)
        if fault.key == "phones" and name not in sent and "phone" in sent:
            name = "phone"
        label = (field.label if field else "") or label_of(fault.key.rpartition(".")[2])
        found.setdefault(name, []).append(sentence_of(fault, label))
    return found


def _plain(value: object) -> object:
    if isinstance(value, FilePart):
        return SimpleUploadedFile(value.filename, value.content, value.content_type)
    if isinstance(value, list) and any(isinstance(row, FilePart) for row in value):
        return [_plain(row) for row in value]
    if isinstance(value, list) and any(isinstance(row, Mapping) for row in value):
        return [row.get("number") if isinstance(row, Mapping) else row for row in value]
    return value


def _sender(request: DialectRequest, sent: Mapping[str, Any]) -> Sender:
    referer = request.headers.get("Referer", "")
    return Sender(
        address=str(request.META.get("REMOTE_ADDR", "")),
        referer=referer,
        user_agent=request.headers.get("User-Agent", ""),
        raw=dict(sent),
        has_consented=bool(sent.get(CONSENT)),
        request_id=request.request_id,
        campaign=campaign_in(sent, str(sent.get("landing_url") or ""), referer),
        landing_page=str(sent.get("landing_url") or referer),
        came_from=str(sent.get("referrer") or ""),
    )
