"""A contact as a vCard, to be taken into the address book of a phone."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import vobject
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from contacts import query
from contacts.admin.address_book.rows import name_of, tags_of
from contacts.admin.address_book.words import country_of, kind_of_channel
from contacts.admin.visitors import actor_of_request

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

Document = Mapping[str, Any]


def vcard(admin: "ContactAdmin", request: HttpRequest, contact_id: int) -> HttpResponse:
    """Answer the vCard of a contact for saving."""
    document = query.get_contact(actor_of_request(request), contact_id, archived=None)
    response = HttpResponse(written(document), content_type="text/vcard; charset=utf-8")
    filename = f"{slugify(name_of(document)) or contact_id}.vcf"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def written(document: Document) -> str:
    """Return a document as a vCard 3.0."""
    card = vobject.vCard()
    card.add("fn").value = name_of(document)
    card.add("n").value = vobject.vcard.Name(
        family=document.get("last_name", ""),
        given=document.get("first_name", ""),
        additional=document.get("middle_name", ""),
        prefix=document.get("prefix", ""),
        suffix=document.get("suffix", ""),
    )
    _add(card, "nickname", document.get("nickname"))
    _add(card, "title", document.get("job_title"))
    _add(card, "bday", document.get("birthday"))
    _add(card, "note", document.get("background"))
    organization = document.get("organization_name") or document.get("company")
    if organization:
        card.add("org").value = [organization, *filter(None, [document.get("department")])]
    tags = [tag.name for tag in tags_of(document)]
    if tags:
        card.add("categories").value = tags
    _add_channels(card, document)
    return str(card.serialize())


def _add(card: Any, name: str, value: object) -> None:  # noqa: ANN401  # vobject has no types
    if value:
        card.add(name).value = str(value)


def _add_channels(card: Any, document: Document) -> None:  # noqa: ANN401  # vobject has no types
    for name, key, main in (
        ("email", "emails", "address"),
        ("tel", "phones", "number"),
        ("url", "websites", "url"),
    ):
        for item in document.get(key, ()):
            line = card.add(name)
            line.value = item[main]
            kind = kind_of_channel(item)
            if kind:
                line.type_param = kind.split(", ")
    for item in document.get("addresses", ()):
        streets = [item[key] for key in ("street1", "street2", "street3") if item.get(key)]
        card.add("adr").value = vobject.vcard.Address(
            street=streets,
            city=item.get("city", ""),
            region=item.get("region", ""),
            code=item.get("postcode", ""),
            country=country_of(item),
            box=item.get("po_box", ""),
        )
