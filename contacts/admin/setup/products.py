"""Products: what deals are about."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.access import NEEDED, Actor
from contacts.admin.catalogue_screens import CatalogueAdmin, column
from contacts.admin.site import site
from contacts.models import Product
from contacts.services.products import archive_product, create_product, update_product


@admin.register(Product, site=site)
class ProductAdmin(CatalogueAdmin):
    """What is sold, with its usual price."""

    kind: ClassVar[str] = "product"
    section: ClassVar[str] = "work"
    order: ClassVar[int] = 50
    icon: ClassVar[str] = "deal"
    view_right: ClassVar[str] = "view_deals"
    change_right: ClassVar[str] = NEEDED["product", "update"]
    can_search: ClassVar[bool] = True
    intro = gettext_lazy("What is sold. Deals keep the price that they were made with.")
    empty = gettext_lazy("No products yet.")
    add_label = gettext_lazy("New product")
    keys = (
        *("name", "sku", "unit_price", "direct_cost", "tax_rate", "tax_label", "unit"),
        *("description", "is_active"),
    )
    columns = (
        column("product", "name"),
        column("product", "sku"),
        column("product", "unit_price", is_number=True),
        column("product", "is_active", can_sort=False),
    )

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new product."""
        return int(str(create_product(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_product(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Put a product into the trash."""
        archive_product(actor, record_id)

    def removed_message(self, name: str) -> str:
        """Say where it is now."""
        return _("“%(name)s” is in the trash.") % {"name": name}
