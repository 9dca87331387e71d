"""Store the facts of a record: values of built-in fields that have rows instead of columns."""

from collections.abc import Mapping

from contacts.fields.fact_fields import BY_CODE, ROWS
from contacts.index.making import new_row
from contacts.models.facts import Fact
from contacts.services.custom_values import fill_columns

# Most changes name none of them.
_KEYS = {
    kind: frozenset(field.key for field in fields.values()) for kind, fields in BY_CODE.items()
}


def replace_facts(kind: str, record_id: int, values: Mapping[str, object]) -> bool:
    """Store those of the values that are facts; others of the record stay.

    Tells whether there are such values.
    """
    codes = [code for code, field in BY_CODE[kind].items() if field.key in values]
    if not codes:
        return False
    manager, owner = ROWS[kind]._default_manager, f"{kind}_id"
    manager.filter(**{owner: record_id, "code__in": codes}).delete()
    rows = new_facts(kind, values)
    for row in rows:
        setattr(row, owner, record_id)
    manager.bulk_create(rows)
    return True


def new_facts(kind: str, values: Mapping[str, object]) -> list[Fact]:
    """Return the rows of those of the values that are facts; nothing is stored."""
    rows: list[Fact] = []
    if values.keys().isdisjoint(_KEYS[kind]):
        return rows
    for code, field in BY_CODE[kind].items():
        value = values.get(field.key)
        # A yes/no without a row is no; a number that is 0 is one.
        if value is not False and value not in (None, ""):
            row = new_row(ROWS[kind], code=code)
            fill_columns(row, field, value)
            rows.append(row)
    return rows
