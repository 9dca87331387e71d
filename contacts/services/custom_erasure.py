"""Take the values of a custom field off all records, with an entry in the history of each."""

from django.db.models import QuerySet

from contacts import history
from contacts.access import Actor
from contacts.fields.catalogue import CUSTOM_ROWS
from contacts.models import CustomField, CustomValue
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
    if field.object_kind != "contact":
        _erase_of_others(actor, field)


def _contacts_with(field: CustomField) -> QuerySet[CustomValue, int]:
    return CustomValue.objects.filter(field=field).values_list("contact_id", flat=True)


def _erase_of_others(actor: Actor, field: CustomField) -> None:
    storage = CUSTOM_ROWS[field.object_kind]
    key, owner = str(field.pk), storage.owner
    held: dict[int, list[object]] = {}
    contacts: dict[int, int | None] = {}
    stored = storage.model._default_manager.filter(field_id=field.pk)
    for row in stored.select_related(owner).order_by("position", "pk"):
        record = getattr(row, owner)
        value = row.option_id or row.given or row.number  # type: ignore[attr-defined]  # every model of CUSTOM_ROWS is typed
        held.setdefault(record.pk, []).append(value)
        contacts[record.pk] = getattr(record, "contact_id", None)
    for record_id, values in held.items():
        history.record(
            actor,
            field.object_kind,
            record_id,
            "updated",
            before={"custom": {key: values if len(values) > 1 else values[0]}},
            contact_id=contacts[record_id],
        )
    stored.delete()
