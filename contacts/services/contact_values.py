"""Check the values of a contact, and set those that its own row holds."""

from collections.abc import Mapping

from django.utils import timezone

from contacts.access import Actor
from contacts.fields import catalogue
from contacts.models import Contact
from contacts.services import companies
from contacts.services.contact_rules import faults_of
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]


def checked_values(actor: Actor, contact: Contact, values: Values) -> dict[str, object]:
    """Return the cleaned values of a change; raises InvalidError with everything wrong in it."""
    kind = str(values.get("kind") or contact.kind)
    creating = contact.pk is None
    cleaned, faults = check_values(actor, "contact", values, creating=creating, record_kind=kind)
    wrong = {fault.key for fault in faults}
    require_no_faults(faults + faults_of(actor, contact, cleaned, wrong))
    return cleaned


def assign_values(
    actor: Actor, contact: Contact, cleaned: dict[str, object], find: companies.Find | None = None
) -> list[int] | None:
    """Set the row's own columns; returns the companies to tie, or None to leave them."""
    owner_before = (contact.owner_id, contact.owner_group_id)
    fields = catalogue("contact").by_key
    for key, value in cleaned.items():
        column = fields[key].column
        if column and key not in ("company", "employer"):
            setattr(contact, column, _column_value(key, value))
    if "owner" in cleaned and cleaned["owner"] is not None:
        contact.owner_group = None
    elif cleaned.get("owner_group") is not None:
        contact.owner = None
    if (contact.owner_id, contact.owner_group_id) != owner_before:
        contact.owner_assigned_at = timezone.now()
    return companies.settle_company(actor, contact, cleaned, find)


def _column_value(key: str, value: object) -> object:
    if key == "external_identifier":
        return value or None
    if key in ("balance", "total_donated"):
        return value or 0
    return list(value) if key == "preferred_channels" and isinstance(value, tuple) else value
