"""Write contacts as business cards: vCard 3.0."""

from collections.abc import Mapping, Sequence
from typing import Any

import vobject
from vobject import vcard
from vobject.base import Component, ContentLine

from api.redmineup.mapping import names
from api.redmineup.mapping.contacts import Writing, main_address, shown_name, to_wire

Document = Mapping[str, Any]

# Lines of a card and the keys of an answer that they show as they are.
LINES = {"title": "job_title", "url": "website", "bday": "birthday", "note": "background"}


def cards(documents: Sequence[Document], writing: Writing) -> str:
    """Return one card after the other."""
    return "".join(card(document, writing) for document in documents)


def card(document: Document, writing: Writing) -> str:
    """Return the card of one contact."""
    shown = to_wire(document, writing)
    made: Component = vobject.vCard()
    _named(made, document)
    for line, key in LINES.items():
        if shown.get(key):
            made.add(line).value = _text(shown[key])
    for phone in document.get("phones", []):
        _typed(made.add("tel"), phone.get("number", ""), "WORK")
    for email in document.get("emails", []):
        _typed(made.add("email"), email.get("address", ""), "INTERNET")
    _addressed(made, document, shown.get("address"))
    tags = names.tag_names(document.get("tags", []))
    if tags:
        made.add("categories").value = [_text(tag) for tag in tags]
    made.add("uid").value = f"contact-{document['id']}"
    made.add("rev").value = str(shown["updated_on"])
    return str(made.serialize())


def _named(made: Component, document: Document) -> None:
    is_person = document.get("kind") == "person"
    made.add("fn").value = _text(document.get("display_name") or shown_name(document))
    made.add("n").value = vcard.Name(
        family=_text(document.get("last_name", "")) if is_person else "",
        given=_text(shown_name(document)),
        additional=_text(document.get("middle_name", "")) if is_person else "",
        prefix=_text(document.get("prefix", "")) if is_person else "",
        suffix=_text(document.get("suffix", "")) if is_person else "",
    )
    company = document.get("company") if is_person else shown_name(document)
    if company:
        made.add("org").value = [_text(company)]


def _addressed(made: Component, document: Document, shown: object) -> None:
    address = main_address(document)
    if not address or not isinstance(shown, Mapping):
        return
    lines = [address.get(name) for name in ("street1", "street2", "street3")]
    made.add("adr").value = vcard.Address(
        street=_text(", ".join(str(line) for line in lines if line)),
        city=_text(address.get("city", "")),
        region=_text(address.get("region", "")),
        code=_text(address.get("postcode", "")),
        country=_text(shown.get("country") or shown.get("country_code") or ""),
        box=_text(address.get("po_box", "")),
    )


def _typed(line: ContentLine, text: object, kind: str) -> None:
    line.value = _text(text)
    line.type_param = kind


def _text(value: object) -> str:
    # A bare carriage return would end the line of a card.
    return str(value).replace("\r\n", "\n").replace("\r", "\n")
