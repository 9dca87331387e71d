"""Say what a deal is about: its products, their prices, taxes and discounts.

What the products come to is the amount of the deal.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_deals
from contacts.errors import Fault, InvalidError
from contacts.models import Deal, DealProduct, Product
from contacts.query.product_documents import deal_products
from contacts.services.records import Document, assign, locked, trail_of
from contacts.services.values import check_values

Values = Mapping[str, object]

KIND = "deal_product"
CENT = Decimal("0.01")
# What a line takes over from its product where it says nothing of its own.
TAKEN_OVER = ("name", "description", "unit_price", "tax_rate", "tax_label", "unit")


def store_deal_products(
    actor: Actor,
    deal_id: int,
    lines: Sequence[Values],
    *,
    tax_mode: str = "",
    removed: Sequence[int] = (),
) -> list[Document]:
    """Add and change lines of a deal, remove others, and set the amount to what they come to.

    A line with the id of one of the deal changes it; faults are keyed by the line's place. Raises
    NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        deal = locked(visible_deals(actor), "deal", deal_id)
        actor.require(NEEDED["deal", "update"], [deal.project_id], "deal")
        before = _trail(deal)
        present = {row.pk: row for row in deal.products.all()}
        deal.products.filter(pk__in=removed).delete()
        faults: list[Fault] = []
        for place, line in enumerate(lines):
            faults += _store_line(actor, deal, present, line, place)
        if faults:
            raise InvalidError(faults)
        deal.tax_mode = tax_mode or deal.tax_mode
        rows = list(deal.products.order_by("position", "pk"))
        deal.amount = total_of(rows, deal.tax_mode)
        deal.updated_at = timezone.now()
        deal.save(update_fields=["tax_mode", "amount", "updated_at"])
        history.record(
            actor,
            "deal",
            deal.pk,
            "updated",
            before=before,
            after=_trail(deal),
            contact_id=deal.contact_id,
        )
        return deal_products(actor, rows)


def total_of(rows: Sequence[DealProduct], tax_mode: str) -> Decimal:
    """Return what lines come to, taxes included."""
    total = sum((net_of(row) for row in rows), Decimal(0))
    if tax_mode == Deal.TaxMode.EXCLUSIVE:
        total += sum((net_of(row) * row.tax_rate / 100 for row in rows), Decimal(0))
    return total.quantize(CENT)


def net_of(row: DealProduct) -> Decimal:
    """Return what one line comes to once its discount is taken off."""
    gross = row.unit_price * row.quantity
    if row.discount_type == DealProduct.Discount.PERCENT:
        return gross - gross * row.discount / 100
    return gross - row.discount


def _store_line(
    actor: Actor, deal: Deal, present: Mapping[int, DealProduct], line: Values, place: int
) -> list[Fault]:
    known = present.get(int(str(line["id"]))) if str(line.get("id") or "").isdecimal() else None
    row = known or DealProduct(deal=deal)
    values = {key: value for key, value in line.items() if key != "id"}
    product = _product_of(values)
    if product is not None and known is None:
        values = {key: getattr(product, key) for key in TAKEN_OVER} | values
    cleaned, faults = check_values(actor, KIND, values, creating=known is None)
    if not faults:
        assign(row, KIND, {"position": place, **cleaned})
        row.save()
    return [Fault(f"products.{place}.{each.key}", each.code, each.params) for each in faults]


def _product_of(values: Values) -> Product | None:
    named = str(values.get("product") or "")
    return Product.objects.filter(pk=int(named)).first() if named.isdecimal() else None


def _trail(deal: Deal) -> Document:
    rows = deal.products.order_by("position", "pk").values_list("name", "quantity", "unit_price")
    lines = [f"{name}: {quantity} × {price}" for name, quantity, price in rows]
    return trail_of(deal, "deal") | ({"products": lines} if lines else {})
