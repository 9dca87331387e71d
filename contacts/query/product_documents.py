"""The documents of products, of the products of deals, and of comments."""

from collections.abc import Sequence

from contacts.access import Actor
from contacts.index.documents import plain
from contacts.models import Comment, DealProduct, Product
from contacts.query.custom_documents import custom_of

Document = dict[str, object]

PRODUCT_PLAIN = (
    *("id", "name", "sku", "description", "unit_price", "direct_cost", "tax_rate", "tax_label"),
    *("unit", "is_active", "author_id", "created_at", "updated_at"),
)
DEAL_PRODUCT_PLAIN = (
    *("id", "deal_id", "product_id", "name", "description", "unit_price", "quantity", "unit"),
    *("tax_rate", "tax_label", "discount_type", "discount", "remarks", "position"),
)
COMMENT_PLAIN = (
    *("id", "content", "note_id", "activity_id", "author_id", "created_at", "updated_at"),
)


def products(actor: Actor, rows: Sequence[Product]) -> list[Document]:
    """Return the documents of products."""
    custom = custom_of("product", rows)
    return [
        {
            **{name: plain(getattr(row, name)) for name in PRODUCT_PLAIN},
            "custom": custom.get(row.pk, {}),
        }
        for row in rows
    ]


def deal_products(actor: Actor, rows: Sequence[DealProduct]) -> list[Document]:
    """Return the documents of the products of deals."""
    return [{name: plain(getattr(row, name)) for name in DEAL_PRODUCT_PLAIN} for row in rows]


def comments(actor: Actor, rows: Sequence[Comment]) -> list[Document]:
    """Return the documents of comments."""
    return [{name: plain(getattr(row, name)) for name in COMMENT_PLAIN} for row in rows]
