"""Merge phones, e-mails, the address and the rest of a contact's channels with what is stored.

This dialect knows numbers and addresses without their types, one website, one Skype name and one
postal address. What it cannot show stays as it is: an unchanged number keeps its id and type, and
further websites, messengers and addresses are left alone.
"""

import re
from collections.abc import Mapping
from typing import Any

from api.redmineup.mapping.contacts import main_address, skype_index
from contacts.errors import Fault

Sent = Mapping[str, Any]
Document = Mapping[str, Any]
Values = dict[str, object]

TRUE = frozenset({"1", "true"})
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
ADDRESS_TEXTS = ("street1", "street2", "city", "region", "postcode")
# The names in the answer, for clients that send back what they have read.
SHOWN_TEXTS = {
    "street": "street1",
    "street2": "street2",
    "city": "city",
    "region": "region",
    "postcode": "postcode",
}


def phone_values(sent: Sent, document: Document, faults: list[Fault]) -> Values:
    """Return the phones of ``phone`` or, without it, of ``phones`` as an answer shows them."""
    try:
        numbers = _texts(sent, "phone", "phones", "number")
    except TypeError:
        faults.append(Fault("phones", "invalid"))
        return {}
    if numbers is None:
        return {}
    return {"phones": _kept(numbers, document.get("phones", []), "number", {"location": "work"})}


def email_values(sent: Sent, document: Document, faults: list[Fault]) -> Values:
    """Return the e-mails of ``email`` or, without it, of ``emails``."""
    try:
        addresses = _texts(sent, "email", "emails", "address")
    except TypeError:
        faults.append(Fault("emails", "invalid"))
        return {}
    if addresses is None:
        return {}
    addresses = [re.sub(r"\s", "", address) for address in addresses]
    if not all(EMAIL.fullmatch(address) for address in addresses):
        faults.append(Fault("emails", "invalid"))
    return {"emails": _kept(addresses, document.get("emails", []), "address", {})}


def website_values(sent: Sent, document: Document, faults: list[Fault]) -> Values:
    """Return the websites with the first one replaced."""
    if "website" not in sent:
        return {}
    rows = _identities(document.get("websites", []))
    return {"websites": _replaced(rows, 0, "url", sent["website"], {})}


def skype_values(sent: Sent, document: Document, faults: list[Fault]) -> Values:
    """Return the messengers with the first Skype name replaced."""
    if "skype_name" not in sent:
        return {}
    stored = document.get("messengers", [])
    place = skype_index(stored)
    at = len(stored) if place is None else place
    rows = _identities(stored)
    return {"messengers": _replaced(rows, at, "handle", sent["skype_name"], {"service": "skype"})}


def address_values(sent: Sent, document: Document, faults: list[Fault]) -> Values:
    """Return the addresses with the attributes merged into the main one."""
    asked = _address_asked(sent)
    if asked is None:
        return {}
    if not isinstance(asked, Mapping):
        faults.append(Fault("addresses", "invalid"))
        return {}
    stored = document.get("addresses", [])
    main = main_address(document)
    others = [{"id": row["id"]} for row in stored if row is not main]
    texts = _address_texts(asked, faults)
    merged = {**{key: main.get(key) for key in ADDRESS_TEXTS}, **texts}
    has_country = bool(texts.get("country", main.get("country_id") or main.get("country_text")))
    removed = str(asked.get("_destroy", "")).lower() in TRUE
    if removed or not (any(merged.values()) or has_country):
        # Lines that we cannot show keep an address alive.
        kept = main.get("street3") or main.get("po_box")
        if removed or not kept:
            return {"addresses": others} if stored else {}
    if not main:
        return {"addresses": [*others, {**texts, "location": "work"}]}
    return {
        "addresses": [
            {"id": main["id"], **texts} if row is main else {"id": row["id"]} for row in stored
        ]
    }


def _address_asked(sent: Sent) -> object | None:
    if "address_attributes" in sent:
        return {} if sent["address_attributes"] is None else sent["address_attributes"]
    shown = sent.get("address")
    if not isinstance(shown, Mapping):
        return None
    asked: Values = {key: shown[name] for name, key in SHOWN_TEXTS.items() if name in shown}
    # The code alone cannot say a country that has none.
    for name in ("country", "country_code"):
        if shown.get(name):
            asked[name] = shown[name]
    return asked


def _address_texts(asked: Mapping[str, Any], faults: list[Fault]) -> Values:
    texts: Values = {key: asked[key] for key in ADDRESS_TEXTS if key in asked}
    for name in ("country_code", "country"):
        if name in asked:
            texts["country"] = asked[name] or ""
            break
    return texts


def _texts(sent: Sent, name: str, shown: str, main: str) -> list[str] | None:
    """Return the texts that are sent, None where there are none; raises TypeError for others."""
    if name in sent:
        given = sent[name]
        listed = given if isinstance(given, list) else [given]
        parts = (part for each in listed for part in _text(each).split(","))
        return [part.strip() for part in parts if part.strip()]
    rows = sent.get(shown)
    if isinstance(rows, Mapping):
        rows = list(rows.values())
    if not isinstance(rows, list):
        return None
    texts = (_text(row.get(main) if isinstance(row, Mapping) else row) for row in rows)
    return [text.strip() for text in texts if text.strip()]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError("no text")
    return str(value)


def _kept(
    texts: list[str], stored: list[Mapping[str, Any]], main: str, new: Mapping[str, object]
) -> list[Values]:
    """Return the items; a text that is stored already keeps the identity of its row."""
    left = list(stored)
    items: list[Values] = []
    for text in texts:
        row = next((row for row in left if row.get(main) == text), None)
        if row is None:
            items.append({main: text, **new})
        else:
            left.remove(row)
            items.append({"id": row["id"]})
    # "First = primary": order is all that this dialect can say about it.
    return [{**item, "is_primary": place == 0} for place, item in enumerate(items)]


def _identities(rows: list[Mapping[str, Any]]) -> list[Values]:
    return [{"id": row["id"]} for row in rows]


def _replaced(
    rows: list[Values], place: int, main: str, value: object, new: Mapping[str, object]
) -> list[Values]:
    """Return the rows with one text changed, added, or taken out where the value is blank."""
    before, after = rows[:place], rows[place + 1 :]
    if value is None or (isinstance(value, str) and not value.strip()):
        return [*before, *after]
    if place < len(rows):
        return [*before, {**rows[place], main: value}, *after]
    return [*before, {main: value, **new}, *after]
