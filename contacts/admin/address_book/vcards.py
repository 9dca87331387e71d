"""A contact as a vCard, to be taken into the address book of a phone."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from contacts import query
from contacts.admin.address_book.rows import name_of
from contacts.admin.visitors import actor_of_request
from contacts.transfer.portable import portable_fields, told
from contacts.transfer.vcards import card_of

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin


def vcard(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Answer the vCard of a contact for saving."""
    actor = actor_of_request(request)
    document = query.get_contact(actor, contact_id, archived=None)
    card = card_of(told(document, portable_fields(actor)))
    response = HttpResponse(card, content_type="text/vcard; charset=utf-8")
    filename = f"{slugify(name_of(document)) or contact_id}.vcf"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
