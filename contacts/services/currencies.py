"""Set up the currencies; only administrators do."""

from collections.abc import Mapping

from django.db import transaction

from contacts.access import Actor
from contacts.access.visible_setup import visible_currencies
from contacts.errors import ConflictError
from contacts.models import Currency, Deal
from contacts.services.records import Document, locked
from contacts.services.setup import (
    delete_setup,
    keep_one_default,
    store_change,
    store_new,
    taken_faults,
)
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "currency"


def create_currency(actor: Actor, values: Values) -> Document:
    """Add a currency; raises ForbiddenError, InvalidError."""
    actor.require_administrator()
    with transaction.atomic():
        row = Currency()
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        require_no_faults(faults + taken_faults(row, "code", cleaned))
        keep_one_default(row, cleaned)
        return store_new(actor, row, KIND, cleaned)


def update_currency(actor: Actor, currency_id: int, values: Values) -> Document:
    """Change a currency; raises NotFoundError, ForbiddenError, InvalidError."""
    with transaction.atomic():
        row = _locked(actor, currency_id)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        require_no_faults(faults + taken_faults(row, "code", cleaned))
        keep_one_default(row, cleaned)
        return store_change(actor, row, KIND, cleaned)


def delete_currency(actor: Actor, currency_id: int) -> None:
    """Delete a currency in which no amount is given.

    Raises ConflictError: "default" for the default one, "in_use" while deals have it;
    NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        row = _locked(actor, currency_id)
        if row.is_default:
            raise ConflictError("default")
        if Deal.objects.filter(currency=row.code).exists():
            raise ConflictError("in_use")
        delete_setup(actor, row, KIND)


def _locked(actor: Actor, currency_id: int) -> Currency:
    actor.require_administrator()
    return locked(visible_currencies(actor), KIND, currency_id)
