"""Store the facts of a record: values of built-in fields that have rows instead of columns."""

from collections.abc import Mapping

from contacts.fields.fact_fields import BY_CODE, ROWS
from contacts.services.custom_values import fill_columns


def replace_facts(kind: str, record_id: int, values: Mapping[str, object]) -> None:
    """Store those of the values that are facts; others of the record stay."""
    fields = {code: field for code, field in BY_CODE[kind].items() if field.key in values}
    if not fields:
        return
    model = ROWS[kind]
    owner = f"{kind}_id"
    model._default_manager.filter(**{owner: record_id, "code__in": list(fields)}).delete()
    rows = []
    for code, field in fields.items():
        value = values[field.key]
        # A yes/no without a row is no.
        if value in (None, "", False):
            continue
        row = model(code=code, **{owner: record_id})
        fill_columns(row, field, value)
        rows.append(row)
    model._default_manager.bulk_create(rows)
