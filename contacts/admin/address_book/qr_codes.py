"""A contact as a code that the camera of a phone reads into its address book."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

import segno
from django.http import HttpRequest, HttpResponse
from segno.encoder import DataOverflowError

from contacts import query
from contacts.admin.visitors import actor_of_request
from contacts.errors import ConflictError
from contacts.transfer.portable import portable_fields, told
from contacts.transfer.vcards import card_of

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

Record = Mapping[str, Any]

CARRIED = (
    *("prefix", "first_name", "middle_name", "last_name", "suffix"),
    *("organization_name", "household_name", "company", "department", "job_title"),
    *("phones", "emails", "websites", "addresses"),
)
# What is left out first where a card is too much for a camera.
SPARED = ("addresses", "websites", "department")
LISTS = ("phones", "emails")
# Cameras of phones still read a code of so many letters from a screen.
MOST_BYTES = 900


def qr_code(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Answer the most important parts of a contact's vCard as a QR code, a drawing."""
    actor = actor_of_request(request)
    document = query.get_contact(actor, contact_id, archived=None)
    drawing = BytesIO()
    _code_of(told(document, portable_fields(actor))).save(
        drawing, kind="svg", scale=4, border=4, light="#fff", xmldecl=False
    )
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def _code_of(record: Record) -> segno.QRCode:
    """Return the code of as much as fits; raises ConflictError where a name alone is too long."""
    for card in _cards(record):
        if len(card.encode()) <= MOST_BYTES:
            return segno.make_qr(card, error="l", encoding="utf-8")
    try:
        return segno.make_qr(card, error="l", encoding="utf-8")
    except DataOverflowError as error:
        raise ConflictError("too_large") from error


def _cards(record: Record) -> Iterator[str]:
    """Yield the cards of a contact, each shorter than the one before."""
    carried = {key: record[key] for key in CARRIED if key in record}
    yield card_of(carried)
    for key in SPARED:
        if carried.pop(key, None):
            yield card_of(carried)
    yield card_of({key: value[:1] if key in LISTS else value for key, value in carried.items()})
