"""Copy products, and say of which products a deal consists."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope
from api.concord.errors import RejectedError, sentence_of
from api.concord.mapping.bodies import ARRAY, ids_of
from api.concord.resources.deals import DEALS
from api.concord.resources.products import PRODUCTS, amount
from api.concord.resources.table import Shown, Wire
from api.concord.views.base import ConcordViewSet, answered, sent_of
from contacts.access import Actor
from contacts.errors import InvalidError, NotFoundError
from contacts.query import Query, get_record, search, where
from contacts.services.deal_products import store_deal_products
from contacts.services.products import copy_product

MOST = 1_000
TAX_MODES = ("exclusive", "inclusive", "no_tax")
# Key of a line on the wire: key in the catalogue.
LINE = {
    "id": "id",
    "product_id": "product",
    "name": "name",
    "description": "description",
    "unit_price": "unit_price",
    "qty": "quantity",
    "unit": "unit",
    "tax_rate": "tax_rate",
    "tax_label": "tax_label",
    "discount_type": "discount_type",
    "discount_total": "discount",
    "note": "remarks",
    "display_order": "position",
}
NUMBERS = frozenset({"unit_price", "quantity", "tax_rate", "discount"})


class CloneSet(ConcordViewSet):
    """Copies of products; nothing else is copied."""

    def create(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Make a product like another one."""
        if answered(resource) is not PRODUCTS:
            raise NotFoundError("resource")
        found = PRODUCTS.get(request.actor, record_id)
        made = copy_product(request.actor, int(found["id"]))
        shown = Shown(is_whole=True, is_new=True)
        (record,) = PRODUCTS.write(request.actor, [made], shown)
        return envelope.single(record)


class BillableSet(ConcordViewSet):
    """The products of one deal."""

    def retrieve(self, request: DialectRequest, record_id: str) -> Response:
        """Return the lines with their sums."""
        deal = DEALS.get(request.actor, record_id)
        return envelope.single(_billable(request.actor, int(deal["id"])))

    def create(self, request: DialectRequest, record_id: str) -> Response:
        """Add and change lines, and remove those that are named."""
        deal, sent = DEALS.get(request.actor, record_id), sent_of(request)
        DEALS.require(request.actor, "update", deal)
        lines = sent.get("products") or []
        if isinstance(lines, Mapping):
            lines = list(lines.values())
        if not isinstance(lines, list):
            raise RejectedError({"products": [ARRAY.replace("{label}", "products")]})
        mode = str(sent.get("tax_type") or "")
        try:
            store_deal_products(
                request.actor,
                int(deal["id"]),
                [_line(each) for each in lines if isinstance(each, Mapping)],
                tax_mode=mode if mode in TAX_MODES else "",
                removed=ids_of(sent.get("removed_products") or []),
            )
        except InvalidError as error:
            raise RejectedError(_messages(error)) from error
        return envelope.single(_billable(request.actor, int(deal["id"])))


def _messages(error: InvalidError) -> dict[str, list[str]]:
    """Return what is wrong with lines, by the keys under which they are sent."""
    names = {key: name for name, key in LINE.items()}
    found: dict[str, list[str]] = {}
    for fault in error.faults:
        path, dot, key = fault.key.rpartition(".")
        name = names.get(key, key)
        sentence = sentence_of(fault, name.replace("_", " "))
        found.setdefault(f"{path}{dot}{name}", []).append(sentence)
    return found


def _line(sent: Mapping[str, Any]) -> dict[str, object]:
    return {key: sent[name] for name, key in LINE.items() if sent.get(name) is not None}


def _billable(actor: Actor, deal_id: int) -> Wire:
    asked = where(actor, "deal", "eq", deal_id, kind="deal_product")
    rows = search(actor, Query("deal_product", asked, limit=MOST)).documents
    mode = str(get_record(actor, "deal", deal_id)["tax_mode"])
    net = sum(_net(row) for row in rows)
    tax = 0.0 if mode == "no_tax" else sum(_tax(row, mode) for row in rows)
    return {
        "id": deal_id,
        "tax_type": mode,
        "subtotal": round(net, 2),
        "total_tax": round(tax, 2),
        "taxes": [] if mode == "no_tax" else _taxes(rows, mode),
        "total": round(net + (tax if mode == "exclusive" else 0), 2),
        "has_discount": any(amount(row["discount"]) for row in rows),
        "total_discount": round(sum(_gross(row) - _net(row) for row in rows), 2),
        "products": [_written(row) for row in rows],
    }


def _taxes(rows: Iterable[Mapping[str, Any]], mode: str) -> list[Wire]:
    """Return what each tax comes to, by its name and rate."""
    found: dict[tuple[str, float], float] = {}
    for row in rows:
        tax = (str(row["tax_label"] or ""), amount(row["tax_rate"]))
        if tax[1]:
            found[tax] = found.get(tax, 0) + _tax(row, mode)
    return [
        {"label": label, "rate": rate, "total": round(total, 2)}
        for (label, rate), total in found.items()
    ]


def _written(row: Mapping[str, Any]) -> Wire:
    line: Wire = {
        name: amount(row[key]) if key in NUMBERS else row[f"{key}_id" if key == "product" else key]
        for name, key in LINE.items()
    }
    # Numbers with two places are texts in the original.
    texts = {name: f"{amount(row[LINE[name]]):.2f}" for name in ("qty", "discount_total")}
    return {**line, **texts, "amount": round(_net(row), 2)}


def _gross(row: Mapping[str, Any]) -> float:
    return amount(row["unit_price"]) * amount(row["quantity"])


def _net(row: Mapping[str, Any]) -> float:
    gross, discount = _gross(row), amount(row["discount"])
    return gross * (1 - discount / 100) if row["discount_type"] == "percent" else gross - discount


def _tax(row: Mapping[str, Any], mode: str) -> float:
    rate = amount(row["tax_rate"])
    return _net(row) * rate / (100 + rate if mode == "inclusive" else 100)
