"""The values of custom fields in documents of records that are not contacts."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from contacts.fields import catalogue
from contacts.fields.catalogue import CUSTOM_ROWS
from contacts.index.documents import custom_value

Document = dict[str, Any]  # of any JSON


def custom_of(kind: str, rows: Sequence[Model]) -> dict[int, Document]:
    """Return the values of records by record and field; one statement, none without fields."""
    if not rows or not list(catalogue(kind).custom()):
        return {}
    storage = CUSTOM_ROWS[kind]
    owners = {f"{storage.owner}_id__in": [row.pk for row in rows]}
    values: dict[int, Document] = {}
    for value in storage.model._default_manager.filter(**owners):
        own = values.setdefault(getattr(value, f"{storage.owner}_id"), {})
        key, single = str(value.field_id), custom_value(value)  # type: ignore[attr-defined, arg-type]  # every model of CUSTOM_ROWS is typed
        known = own.get(key)
        several = known if isinstance(known, list) else [known]
        own[key] = single if known is None else [*several, single]
    return values
