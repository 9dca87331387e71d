"""Change and remove rows by plain keys without a query set, as every change of a contact does.

The ORM takes several times as long to put such a statement together as the database to run it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

import orjson
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from contacts.index.inserting import Prepare

# "Is one of these numbers", sent as one text.
_AMONG = {"postgresql": "= ANY(%s::bigint[])", "sqlite": "IN (SELECT value FROM json_each(%s))"}


def change_row(model: type[Model], key: int, values: Mapping[str, object]) -> bool:
    """Write these columns of the row with a primary key; tells whether there is one."""
    if not values:
        return model._default_manager.filter(pk=key).exists()
    connection = connections[DEFAULT_DB_ALIAS]
    statement, prepares = _updating(model, tuple(values))
    ready = [
        prepare(value, connection) for prepare, value in zip(prepares, values.values(), strict=True)
    ]
    with connection.cursor() as cursor:
        # Whatever Django's fields have written is a value that the driver takes.
        cursor.execute(statement, cast(list[str], [*ready, key]))
        return cursor.rowcount > 0


def remove_rows(model: type[Model], having: Mapping[str, Sequence[int]]) -> None:
    """Delete the rows that have one of the given numbers in each of the columns.

    Nothing may refer to them.
    """
    shape = tuple((name, len(numbers)) for name, numbers in having.items())
    numbers = [number for each in having.values() for number in each]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_deleting(model, shape), numbers)


def taken_rows(
    model: type[Model], numbers: Sequence[int], columns: Sequence[str], *, by: str = "contact_id"
) -> list[tuple[Any, ...]]:
    """Delete the rows that have one of the numbers and return these columns of each.

    Nothing may refer to them, and the transaction holds locked what they belong to.
    """
    if not numbers:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    names = ", ".join(map(_quoted, columns))
    among = f"FROM {_quoted(model._meta.db_table)} WHERE {_quoted(by)} {_AMONG[connection.vendor]}"
    given = [orjson.dumps(list(numbers)).decode()]
    if connection.vendor == "postgresql":
        given = [f"{{{given[0][1:-1]}}}"]
    with connection.cursor() as cursor:
        if connection.features.can_return_columns_from_insert:
            cursor.execute(f"DELETE {among} RETURNING {names}", given)
            return list(cursor.fetchall())
        # SQLite before 3.35.
        cursor.execute(f"SELECT {names} {among}", given)
        found = list(cursor.fetchall())
        cursor.execute(f"DELETE {among}", given)
    return found


@cache
def _updating(model: type[Model], names: tuple[str, ...]) -> tuple[str, tuple[Prepare, ...]]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    changes = ", ".join(f"{_quoted(str(field.column))} = %s" for field in fields)
    key = _quoted(str(model._meta.pk.column))
    statement = f"UPDATE {_quoted(model._meta.db_table)} SET {changes} WHERE {key} = %s"  # noqa: S608 -- the model's own names
    return statement, tuple(field.get_db_prep_save for field in fields)


@cache
def _deleting(model: type[Model], shape: tuple[tuple[str, int], ...]) -> str:
    conditions = " AND ".join(
        f"{_quoted(name)} IN ({', '.join(['%s'] * count)})" for name, count in shape
    )
    return f"DELETE FROM {_quoted(model._meta.db_table)} WHERE {conditions}"  # noqa: S608 -- the same


def _quoted(name: str) -> str:
    return connections[DEFAULT_DB_ALIAS].ops.quote_name(name)
