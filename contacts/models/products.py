"""What is sold, and what of it stands in a deal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.references import user_key


class Product(models.Model):
    """Something that is sold; deals repeat its price, so that a new price changes no old deal."""

    name = models.CharField(_("name"), max_length=255)
    name_key = models.CharField(max_length=255, blank=True, default="")
    sku = models.CharField(_("article number"), max_length=255, blank=True, default="")
    description = models.TextField(_("description"), blank=True, default="")
    unit_price = models.DecimalField(_("price"), max_digits=15, decimal_places=3, default=0)
    direct_cost = models.DecimalField(
        _("cost"), max_digits=15, decimal_places=3, null=True, blank=True
    )
    tax_rate = models.DecimalField(_("tax, %"), max_digits=6, decimal_places=3, default=0)
    tax_label = models.CharField(_("name of the tax"), max_length=255, blank=True, default="")
    unit = models.CharField(_("unit"), max_length=255, blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)
    author = user_key(_("author"))
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("updated"))
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_key"], condition=Q(archived_at=None), name="product_name_once"
            ),
            models.UniqueConstraint(
                fields=["sku"],
                condition=Q(archived_at=None) & ~Q(sku=""),
                name="product_sku_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DealProduct(models.Model):
    """One line of a deal: a product, or anything that has a name and a price."""

    class Discount(models.TextChoices):
        """What the number of a discount means."""

        FIXED = "fixed", _("amount")
        PERCENT = "percent", _("percent")

    deal = models.ForeignKey(
        "contacts.Deal", verbose_name=_("deal"), related_name="products", on_delete=models.CASCADE
    )
    product = models.ForeignKey(
        Product,
        verbose_name=_("product"),
        related_name="deal_lines",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True, default="")
    unit_price = models.DecimalField(_("price"), max_digits=15, decimal_places=3, default=0)
    quantity = models.DecimalField(_("quantity"), max_digits=15, decimal_places=3, default=1)
    unit = models.CharField(_("unit"), max_length=255, blank=True, default="")
    tax_rate = models.DecimalField(_("tax, %"), max_digits=6, decimal_places=3, default=0)
    tax_label = models.CharField(_("name of the tax"), max_length=255, blank=True, default="")
    discount_type = models.CharField(
        _("kind of discount"), max_length=8, choices=Discount.choices, default=Discount.FIXED
    )
    discount = models.DecimalField(_("discount"), max_digits=15, decimal_places=3, default=0)
    remarks = models.TextField(_("remarks"), blank=True, default="")
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("product of a deal")
        verbose_name_plural = _("products of deals")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
