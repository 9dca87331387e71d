"""Take the values of a custom field off all records, with an entry in the history of each."""

from collections.abc import Iterator

import orjson

from contacts import history, index
from contacts.access import Actor
from contacts.models import ContactDocument, CustomField, CustomValue, DealValue

BATCH = 1_000


def refresh_contacts_with(field: CustomField) -> None:
    """Write the derived data of all contacts that have a value of the field anew."""
    for ids in _batches(field):
        index.refresh(ids)


def erase_values(actor: Actor, field: CustomField) -> None:
    """Delete all values of a field; every history keeps the value that was there."""
    for ids in _batches(field):
        before = _documents(ids)
        CustomValue.objects.filter(field=field, contact_id__in=ids).delete()
        after = index.refresh(ids)
        entries = [(pk, "updated", before[pk], after[pk]) for pk in ids]
        history.record_many(actor, "contact", entries)
    _erase_of_deals(actor, field)


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


def _documents(ids: list[int]) -> dict[int, index.Document]:
    rows = ContactDocument.objects.filter(contact_id__in=ids).values_list("contact_id", "body")
    return {pk: orjson.loads(body) for pk, body in rows}


def _batches(field: CustomField) -> Iterator[list[int]]:
    """Yield the ids of the contacts that have a value, a thousand at a time, going up."""
    last = 0
    while True:
        values = CustomValue.objects.filter(field=field, contact_id__gt=last)
        ids = list(
            values.order_by("contact_id").values_list("contact_id", flat=True).distinct()[:BATCH]
        )
        if not ids:
            return
        yield ids
        last = ids[-1]
