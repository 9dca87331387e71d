"""Take the values of a custom field off all records, with an entry in the history of each."""

from django.db.models import QuerySet

from contacts import history
from contacts.access import Actor
from contacts.models import CustomField, CustomValue, DealValue
from contacts.services.many_contacts import change_many, refresh_many


def refresh_contacts_with(field: CustomField) -> None:
    """Write the derived data of all contacts that have a value of the field anew."""
    refresh_many(_contacts_with(field))


def erase_values(actor: Actor, field: CustomField) -> None:
    """Delete all values of a field; every history keeps the value that was there."""
    values = CustomValue.objects.filter(field=field)
    change_many(
        actor, _contacts_with(field), lambda ids: values.filter(contact_id__in=ids).delete()
    )
    _erase_of_deals(actor, field)


def _contacts_with(field: CustomField) -> QuerySet[CustomValue, int]:
    return CustomValue.objects.filter(field=field).values_list("contact_id", flat=True)


def _erase_of_deals(actor: Actor, field: CustomField) -> None:
    key = str(field.pk)
    held: dict[int, list[object]] = {}
    contacts: dict[int, int | None] = {}
    rows = DealValue.objects.filter(field=field).select_related("deal").order_by("position", "pk")
    for row in rows:
        value = row.option_id or row.given or row.number
        held.setdefault(row.deal_id, []).append(value)
        contacts[row.deal_id] = row.deal.contact_id
    for deal_id, values in held.items():
        history.record(
            actor,
            "deal",
            deal_id,
            "updated",
            before={"custom": {key: values if len(values) > 1 else values[0]}},
            contact_id=contacts[deal_id],
        )
    DealValue.objects.filter(field=field).delete()
