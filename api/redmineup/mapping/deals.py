"""Write deals as this dialect shows them, and read them."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from api.redmineup.mapping import custom, names
from api.redmineup.mapping.shapes import Items, Marked, Wire, moment, present, reference
from contacts.access import Actor
from contacts.fields import Field

# Attributes that are one field of ours, as they come.
ATTRIBUTES = {
    "name": "name",
    "contact_id": "contact",
    "price": "amount",
    "currency": "currency",
    "price_type": "price_type",
    "duration": "duration",
    "probability": "probability",
    "due_date": "due_on",
    "background": "background",
    "status_id": "status",
    "category_id": "category",
    "assigned_to_id": "owner",
}
# A price as people write it, which the original reads too: 1,000.50.
GROUPED = re.compile(r"-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")


def to_wire(document: Mapping[str, Any], custom_fields: list[Field]) -> Wire:
    """Return a deal as it stands in a list; absent references have no key."""
    return {
        "id": document["id"],
        "name": document["name"],
        "price": price(document["amount"]),
        "currency": document["currency"] or None,
        "price_type": document["price_type"],
        "duration": document["duration"],
        "probability": document["probability"],
        "due_date": first_instant(document["due_on"]),
        "background": document["background"] or None,
        **_references(document),
        **_custom_fields(document, custom_fields),
        "created_on": moment(document["created_at"]),
        "updated_on": moment(document["updated_at"]),
    }


def price(amount: object) -> str | None:
    """Return an amount as Ruby prints a decimal: ``1000.5``, ``12.0``."""
    if amount is None:
        return None
    text = format(Decimal(str(amount)).normalize(), "f")
    return text if "." in text else f"{text}.0"


def first_instant(day: object) -> str | None:
    """Return a day as the original shows due dates, which it keeps as times."""
    return f"{day}T00:00:00Z" if day else None


def from_wire(actor: Actor, sent: Mapping[str, Any]) -> dict[str, object]:
    """Return the values of a deal; unknown attributes are ignored."""
    values: dict[str, object] = {
        key: sent[name] for name, key in ATTRIBUTES.items() if name in sent
    }
    amount = values.get("amount")
    if isinstance(amount, str) and GROUPED.fullmatch(amount.strip()):
        values["amount"] = re.sub(r"[, ]", "", amount)
    if "related_contacts" in sent:
        values["contacts"] = _ids(sent["related_contacts"])
    return values | custom.from_wire(actor, sent, "deal")


def _references(document: Mapping[str, Any]) -> Wire:
    status = document["status"]
    related = [_contact(each) for each in document["contacts"]]
    return present(
        {
            "project": names.project(document["project_id"]),
            "status": reference(status["id"], status["name"]),
            "category": _named(document["category"]),
            "author": names.user(document["author_id"]),
            "contact": _named(document["contact"]),
            "assigned_to": names.user(document["owner_id"]),
            "related_contacts": Items("contact", related) if related else None,
        }
    )


def _custom_fields(document: Mapping[str, Any], fields: list[Field]) -> Wire:
    if not fields:
        return {}
    return {"custom_fields": custom.to_wire(fields, document["custom"])}


def _named(found: Mapping[str, Any] | None) -> Marked | None:
    return _contact(found) if found else None


def _contact(found: Mapping[str, Any]) -> Marked:
    return reference(found["id"], found["name"])


def _ids(sent: object) -> object:
    """Return ids of a list whose items may be records as an answer shows them."""
    if sent in (None, ""):
        return []
    if not isinstance(sent, list):
        return sent
    return [each.get("id") if isinstance(each, Mapping) else each for each in sent]
