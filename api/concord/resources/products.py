"""Products, and the lines of deals that are made of them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from api.concord.mapping import custom, rules
from api.concord.mapping.bodies import PLACES, Body, has_more_places
from api.concord.resources.table import (
    Document,
    Resource,
    Sent,
    Shown,
    Values,
    Wire,
    authorizations,
)
from contacts.access import NEEDED, Actor, readable_custom_fields
from contacts.fields import Field
from contacts.services.products import (
    archive_product,
    create_product,
    delete_product,
    restore_product,
    update_product,
)

RIGHTS: Mapping[str, str] = {
    action: NEEDED["product", action] for action in ("create", "update", "delete")
}
MOST_TEXT = 65_535
# Longest text: key on the wire, the same in the domain.
TEXTS = {"name": 191, "sku": 191, "description": MOST_TEXT, "tax_label": 191, "unit": 191}
NUMBERS = ("unit_price", "direct_cost", "tax_rate")
RULES = rules.table(
    rules.text("name", "name", "product"),
    rules.text("sku", "sku", "product", operator="="),
    rules.text("description", "description", "product"),
    rules.number("unit_price", "unit_price", "product"),
    rules.number("direct_cost", "direct_cost", "product"),
    rules.number("tax_rate", "tax_rate", "product"),
    rules.text("tax_label", "tax_label", "product"),
    rules.text("unit", "unit", "product"),
    rules.flag("is_active", "is_active", "product"),
    rules.only_order("id", "id", "product"),
    rules.only_order("created_at", "created_at", "product"),
    rules.only_order("updated_at", "updated_at", "product"),
)


def amount(value: object) -> float:
    """Return a decimal of a document as a number."""
    return float(str(value)) if value not in (None, "") else 0.0


def write(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return products."""
    fields = readable_custom_fields(actor, "product")
    return [_product(actor, document, shown, fields) for document in documents]


def _product(actor: Actor, document: Document, shown: Shown, fields: list[Field]) -> Wire:
    cost = document["direct_cost"]
    return {
        "id": document["id"],
        "name": document["name"],
        "display_name": document["name"],
        "path": f"/products/{document['id']}",
        "sku": document["sku"] or None,
        "description": document["description"] or None,
        "unit_price": amount(document["unit_price"]),
        "direct_cost": amount(cost) if cost is not None else None,
        "tax_rate": amount(document["tax_rate"]),
        "tax_label": document["tax_label"] or None,
        "unit": document["unit"] or None,
        "is_active": document["is_active"],
        "created_by": document["author_id"],
        **custom.to_wire(fields, document.get("custom")),
        "created_at": document["created_at"],
        "updated_at": document["updated_at"],
        "authorizations": authorizations(actor, RIGHTS),
        "was_recently_created": shown.is_new,
        **({"actions": []} if shown.is_whole else {}),
    }


def read(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a product; raises RejectedError."""
    body = Body(sent, creating=before is None)
    body.require("name", "unit_price")
    values = custom.from_wire(actor, body, before, "product")
    for name, most in TEXTS.items():
        if name in sent:
            values[name] = body.text(name, most=most) or ""
    for name in NUMBERS:
        if name in sent:
            values[name] = price_of(body, name)
    if sent.get("is_active") is not None:
        values["is_active"] = sent["is_active"]
    body.finish()
    return values


def price_of(body: Body, key: str) -> Decimal | None:
    """Return a number that is not below zero; None for a blank one, which clears."""
    number = body.number(key)
    if number is not None and number < 0:
        body.reject(key, "The {label} field must be at least 0.")
        return None
    if number is not None and has_more_places(number):
        body.reject(key, PLACES)
        return None
    return number


PRODUCTS = Resource(
    name="products",
    model="Product",
    kind="product",
    rules=RULES,
    order="name",
    write=write,
    read=read,
    create=create_product,
    update=update_product,
    archive=archive_product,
    restore=restore_product,
    delete=delete_product,
    rights=RIGHTS,
)
