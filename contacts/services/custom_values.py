"""Store the values of custom fields as typed rows."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from contacts.fields import Field, catalogue
from contacts.fields.catalogue import CUSTOM_ROWS
from contacts.fields.text import KEY_LENGTH, fold
from contacts.fields.types import ValueFaultError, written_moment
from contacts.index.making import new_row
from contacts.models.custom_fields import TypedValue, ValueColumns


def replace_custom_values(kind: str, record_id: int, values: Mapping[str, object]) -> None:
    """Store those of the values that belong to custom fields; others of the record stay."""
    storage = CUSTOM_ROWS[kind]
    ids = ids_of_custom(kind, values)
    if not ids:
        return
    manager = storage.model._default_manager
    manager.filter(**{f"{storage.owner}_id": record_id, "field_id__in": ids}).delete()
    rows = new_custom_values(kind, values)
    for row in rows:
        setattr(row, f"{storage.owner}_id", record_id)
    manager.bulk_create(rows)


def ids_of_custom(kind: str, values: Mapping[str, object]) -> list[int]:
    """Return the ids of the custom fields that are named among the values."""
    fields = catalogue(kind).custom()
    return [field.custom_id for field in fields if field.key in values and field.custom_id]


def new_custom_values(kind: str, values: Mapping[str, object]) -> list[TypedValue]:
    """Return the rows of those of the values that belong to custom fields; nothing is stored."""
    rows: list[TypedValue] = []
    for field in catalogue(kind).custom():
        if field.key not in values:
            continue
        for position, value in enumerate(_values(values[field.key])):
            row: TypedValue = new_row(  # type: ignore[assignment]  # every model of CUSTOM_ROWS is typed
                CUSTOM_ROWS[kind].model, field_id=field.custom_id, position=position
            )
            fill(row, field, value)
            rows.append(row)
    return sorted(rows, key=lambda row: row.position)


def with_defaults(kind: str, values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a new record with the defaults of custom fields that it leaves out."""
    filled = dict(values)
    for field in catalogue(kind).defaulted:
        if field.key not in values and _is_for(field, values):
            try:
                filled[field.key] = field.type.clean(field.default, field)
            except ValueFaultError:
                # The choice that was the default is gone, or the limits were narrowed since.
                continue
    return filled


def _is_for(field: Field, values: Mapping[str, object]) -> bool:
    """Tell whether a field belongs to records of this kind, in these projects."""
    if field.applies_to and str(values.get("kind") or "person") not in field.applies_to:
        return False
    named = values.get("projects") or (values.get("project"),)
    places = named if isinstance(named, tuple | list) else ()
    return not field.project_ids or not field.project_ids.isdisjoint(places)


def _values(value: object) -> list[object]:
    items = value if isinstance(value, list | tuple) else [value]
    return [item for item in items if item is not None and item != ""]


def fill(row: TypedValue, field: Field, value: object) -> None:
    """Write one cleaned value into the columns of its type."""
    if field.type.value_column == "option_id":
        row.option_id = value  # type: ignore[assignment]  # the id that the type cleaned
        return
    fill_columns(row, field, value)


def fill_columns(row: ValueColumns, field: Field, value: object) -> None:
    """Write one cleaned value, no choice, into the columns of its type."""
    column = field.type.value_column
    row.given = given(value)
    if column == "number":
        row.number = float(value)  # type: ignore[arg-type]  # numbers, truths and ids
        # An id or whole number is read back from the number itself.
        row.given = "" if isinstance(value, int) and not isinstance(value, bool) else row.given
    elif column == "date":
        row.date = _moment(value)
    else:
        folded = fold(row.given)
        row.text = folded[:KEY_LENGTH]
        row.folded = folded if len(folded) > KEY_LENGTH else ""


def given(value: object) -> str:
    """Return a value as the text that documents show."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return written_moment(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None
