"""Write the rows of a table as lines of JSON that any of the databases takes back."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, JSONField, Model
from django.utils.encoding import is_protected_type

from contacts.models import (
    CircleCount,
    ContactAccess,
    ContactDocument,
    ContactKey,
    ContactText,
    RequestLogEntry,
)

# What follows from the other tables is built again instead of carried along; sessions of browsers
# stand in their table as they are, and whoever finds a copy must not go on in them. What programs
# asked is of days.
NOT_CARRIED = frozenset(
    {
        CircleCount,
        ContactAccess,
        ContactDocument,
        ContactKey,
        ContactText,
        RequestLogEntry,
        Session,
    }
)
AT_ONCE = 500

# A value as a database column holds it: of any type.
Value = Any


def stored_models() -> list[type[Model]]:
    """Return every model whose rows are the truth, in order of its table."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model not in NOT_CARRIED
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def write_rows(model: type[Model], target: IO[str]) -> int:
    """Write all rows of a table, by primary key, and return how many there are."""
    fields = _fields(model)
    target.write(json.dumps([field.column for field in fields]) + "\n")
    count = 0
    for row in model._base_manager.order_by("pk").iterator(chunk_size=AT_ONCE):
        values = [_written(field, row) for field in fields]
        target.write(json.dumps(values, ensure_ascii=False, default=str) + "\n")
        count += 1
    return count


def read_rows(model: type[Model], lines: Iterable[str]) -> int:
    """Insert the rows that `write_rows` wrote; raises ValueError for columns that nobody knows."""
    rows = iter(lines)
    by_column = {field.column: field for field in _fields(model)}
    columns: list[str] = json.loads(next(rows))
    unknown = set(columns) ^ set(by_column)
    if unknown:
        raise ValueError(f"{model._meta.db_table}: {', '.join(sorted(map(str, unknown)))}")
    fields = [by_column[column] for column in columns]
    count = 0
    for batch in _batches(json.loads(line) for line in rows):
        _insert(model, fields, [_read(fields, values) for values in batch])
        count += len(batch)
    return count


def empty_tables(models: Iterable[type[Model]]) -> None:
    """Delete every row of the tables, and of those that no archive carries."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        for name in [*(model._meta.db_table for model in NOT_CARRIED), *tables]:
            table = connection.ops.quote_name(name)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 -- a name of our own, quoted


def last_numbers(models: Iterable[type[Model]]) -> dict[str, int]:
    """Return the highest number that each table has given out, also to rows that are gone."""
    return {model._meta.db_table: _last_number(model) for model in models if _counts(model)}


def go_on_after(numbers: dict[str, int], models: Iterable[type[Model]]) -> None:
    """Give no number again that was given out before."""
    counting = [model for model in models if _counts(model)]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), counting):
            cursor.execute(statement)
        for model in counting:
            wanted = numbers.get(model._meta.db_table, 0)
            if wanted > _last_number(model):
                statement, parameters = _raise_to(model, wanted)
                cursor.execute(statement, parameters)


def _counts(model: type[Model]) -> bool:
    return model._meta.pk.get_internal_type() in ("AutoField", "BigAutoField")


def _last_number(model: type[Model]) -> int:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            sequence = f"pg_get_serial_sequence('\"{table}\"', '{model._meta.pk.column}')"
            cursor.execute(f"SELECT COALESCE(pg_sequence_last_value({sequence}), 0)")
        row = cursor.fetchone()
    return int(row[0] or 0) if row else 0


def _raise_to(model: type[Model], number: int) -> tuple[str, list[str | int]]:
    table = model._meta.db_table
    if connection.vendor == "sqlite":
        return (
            "INSERT OR REPLACE INTO sqlite_sequence (rowid, name, seq) VALUES "
            "((SELECT rowid FROM sqlite_sequence WHERE name = %s), %s, %s)",
            [table, table, number],
        )
    sequence = f"pg_get_serial_sequence('\"{table}\"', '{model._meta.pk.column}')"
    return f"SELECT setval({sequence}, %s)", [number]


def _fields(model: type[Model]) -> list["Field[Any, Any]"]:
    return list(model._meta.concrete_fields)


def _written(field: "Field[Any, Any]", row: Model) -> Value:
    value = field.value_from_object(row)
    if isinstance(field, JSONField):
        return value
    if hasattr(value, "isoformat"):
        # With every digit of the second, which Django's own encoder cuts.
        return value.isoformat()
    return value if is_protected_type(value) else field.value_to_string(row)


def _read(fields: list["Field[Any, Any]"], values: list[Value]) -> list[Value]:
    return [
        field.get_db_prep_save(
            value if isinstance(field, JSONField) else field.to_python(value), connection
        )
        for field, value in zip(fields, values, strict=True)
    ]


def _insert(model: type[Model], fields: list["Field[Any, Any]"], rows: list[list[Value]]) -> None:
    quote: Callable[[str], str] = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 -- as above
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _batches(rows: Iterator[list[Value]]) -> Iterator[list[list[Value]]]:
    while batch := list(islice(rows, AT_ONCE)):
        yield batch
