"""Currencies in which amounts may be given."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from contacts.access import Actor
from contacts.admin.catalogue_screens import CatalogueAdmin, column
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.setup.field_cells import state_cell
from contacts.admin.site import site
from contacts.admin.tables import Column
from contacts.models import Currency
from contacts.services.currencies import create_currency, delete_currency, update_currency

CONFLICTS = {
    "in_use": gettext_lazy("Deals have amounts in this currency, so it stays."),
    "default": gettext_lazy("This is the default currency. Make another one the default first."),
}


@admin.register(Currency, site=site)
class CurrencyAdmin(CatalogueAdmin):
    """The currencies with their rates to the default one."""

    kind: ClassVar[str] = "currency"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 62
    icon: ClassVar[str] = "deal"
    view_right: ClassVar[str] = ADMINISTRATOR
    can_search: ClassVar[bool] = True
    intro = gettext_lazy("Currencies in which amounts may be given, and what they are worth.")
    empty = gettext_lazy("No currencies yet. Add the one that you calculate in.")
    add_label = gettext_lazy("New currency")
    keys = ("code", "name", "symbol", "rate", "is_default", "is_active")
    columns = (
        column("currency", "name"),
        column("currency", "code", can_sort=False),
        column("currency", "symbol", can_sort=False),
        column("currency", "rate", can_sort=False, is_number=True),
        column("currency", "is_default", can_sort=False),
        Column(gettext_lazy("State"), state_cell),
    )

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual."""
        return {"is_active": True, "rate": "1"}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new currency."""
        return int(str(create_currency(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_currency(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a currency in which no amount is given."""
        delete_currency(actor, record_id)

    def conflict_message(self, name: str, reason: str) -> str:
        """Say why a currency stays."""
        return str(CONFLICTS.get(reason, reason))
