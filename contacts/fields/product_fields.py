"""The built-in fields of products, of the lines of deals, and of comments."""

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare, stamps
from contacts.fields.field import Choice, Field
from contacts.fields.storage import Column
from contacts.models import DealProduct

TEXT = types.TextType()
LONG = types.LongTextType()
INTEGER = types.IntegerType()
DECIMAL = types.DecimalType()
YES_NO = types.BooleanType()
RECORD = types.RecordType()

MONEY = {"not_negative": True, "places": 3, "largest": 10**11}
RATE = {"not_negative": True, "places": 3, "largest": 100}
PLACE = {"not_negative": True, "largest": 2**31 - 1}


def _priced(kind: str) -> tuple[Field, ...]:
    """Return what a product and a line of a deal have in common."""
    return (
        declare(kind, "description", LONG, _("Description"), column="description"),
        declare(kind, "unit_price", DECIMAL, _("Price"), column="unit_price", traits=MONEY),
        declare(kind, "tax_rate", DECIMAL, _("Tax, %"), column="tax_rate", traits=RATE),
        declare(kind, "tax_label", TEXT, _("Name of the tax"), column="tax_label", max_length=255),
        declare(kind, "unit", TEXT, _("Unit"), column="unit", max_length=255),
    )


_NAME = {"column": "name", "is_required": True, "is_searchable": True, "max_length": 255}

PRODUCT = (
    *stamps("product"),
    declare(
        "product",
        "name",
        TEXT,
        _("Name"),
        storage=Column("name", key="name_key", is_text=True),
        **_NAME,
    ),
    declare("product", "sku", TEXT, _("Article number"), column="sku", max_length=255),
    *_priced("product"),
    declare("product", "direct_cost", DECIMAL, _("Cost"), column="direct_cost", traits=MONEY),
    declare("product", "is_active", YES_NO, _("Active"), column="is_active"),
)

DEAL_PRODUCT = (
    declare("deal_product", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare("deal_product", "deal", RECORD, _("Deal"), column="deal_id", is_writable=False),
    declare(
        "deal_product",
        "product",
        RECORD,
        _("Product"),
        column="product_id",
        traits={"target": "product"},
    ),
    declare("deal_product", "name", TEXT, _("Name"), **_NAME),
    *_priced("deal_product"),
    declare("deal_product", "quantity", DECIMAL, _("Quantity"), column="quantity", traits=MONEY),
    declare(
        "deal_product",
        "discount_type",
        types.FixedChoiceType(),
        _("Kind of discount"),
        column="discount_type",
        choices=tuple(Choice(each.value, each.value, each.label) for each in DealProduct.Discount),
    ),
    declare("deal_product", "discount", DECIMAL, _("Discount"), column="discount", traits=MONEY),
    declare("deal_product", "remarks", LONG, _("Remarks"), column="remarks"),
    declare("deal_product", "position", INTEGER, _("Position"), column="position", traits=PLACE),
)

COMMENT = (
    *stamps("comment"),
    declare("comment", "content", LONG, _("Content"), column="content", is_required=True),
    declare("comment", "note", RECORD, _("Note"), column="note_id", traits={"target": "note"}),
    declare(
        "comment",
        "activity",
        RECORD,
        _("Activity"),
        column="activity_id",
        traits={"target": "activity"},
    ),
)

PRODUCT_FIELDS: dict[str, tuple[Field, ...]] = {
    "product": PRODUCT,
    "deal_product": DEAL_PRODUCT,
    "comment": COMMENT,
}
