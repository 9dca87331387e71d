"""Keep the values of custom fields apart that no two records may have alike."""

from collections.abc import Mapping

from contacts.errors import Fault
from contacts.fields import catalogue, compare
from contacts.fields.catalogue import CUSTOM_ROWS

Values = Mapping[str, object]


def unique_faults(kind: str, record_id: int | None, cleaned: Values) -> list[Fault]:
    """Return a fault for each value that another living record of the kind has."""
    storage = CUSTOM_ROWS[kind]
    faults = []
    for field in catalogue(kind).unique:
        value = cleaned.get(field.key)
        if value in (None, "", (), []):
            continue
        rows = storage.match(field, compare(field, "eq", value))
        living = storage.model._default_manager.filter(
            field_id=field.custom_id, **{f"{storage.owner}__archived_at": None}
        )
        found = living.filter(**{f"{storage.owner}_id__in": rows})
        if found.exclude(**{f"{storage.owner}_id": record_id or 0}).exists():
            faults.append(Fault(field.key, "taken", {"value": value}))
    return faults
