"""The currencies in which amounts are given."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Currency(models.Model):
    """A currency with its rate against the default one."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)
    symbol = models.CharField(_("symbol"), max_length=10, blank=True, default="")
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=5, default=1)
    is_default = models.BooleanField(_("default"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="currency_one_default"
            )
        ]

    def __str__(self) -> str:
        return self.code
