"""Insert rows without a query set: what is written with every contact has to cost little.

Few rows are one statement, many are one COPY on PostgreSQL and one `executemany` on SQLite.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple, cast

import orjson
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    AutoField,
    BooleanField,
    CharField,
    FloatField,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    TextField,
)

# How a field writes its value for a database.
Prepare = Callable[[object, BaseDatabaseWrapper], object]

# Up to so many rows go into one statement; no database has a limit below it.
FEW = 20

# Plain values need no field to tell how they are stored.
_PLAIN = frozenset({str, int, float, bool, type(None)})
# Fields whose values are such, whoever made the row: both drivers take them as they are.
AS_THEY_ARE = (AutoField, BooleanField, CharField, FloatField, ForeignKey, IntegerField, TextField)


def reserve(model: type[Model], count: int) -> Sequence[int]:
    """Return ids in ascending order that nobody else is or was given."""
    return reserve_all({model: count})[model]


def reserve_all(counts: Mapping[type[Model], int]) -> dict[type[Model], Sequence[int]]:
    """Return so many new ids for each table, in ascending order; one statement."""
    asked = {model._meta.db_table: count for model, count in counts.items() if count}
    connection = connections[DEFAULT_DB_ALIAS]
    named = _from_sequences if connection.vendor == "postgresql" else _after_the_last
    found = named(connection, asked) if asked else {}
    return {model: found.get(model._meta.db_table, ()) for model in counts}


def _from_sequences(
    connection: BaseDatabaseWrapper, asked: Mapping[str, int]
) -> dict[str, Sequence[int]]:
    # One by one: whoever saves a contact meanwhile gets a number in between.
    each = (
        "SELECT %s, nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        for _table in asked
    )
    words = [word for table, count in asked.items() for word in (table, table, count)]
    found: dict[str, list[int]] = {table: [] for table in asked}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each), words)
        for table, number in cursor.fetchall():
            found[table].append(number)
    return {table: sorted(numbers) for table, numbers in found.items()}


def _after_the_last(
    connection: BaseDatabaseWrapper, asked: Mapping[str, int]
) -> dict[str, Sequence[int]]:
    # The transaction holds SQLite's one write lock. The sequence remembers ids of rows that
    # are gone: their history must not become that of somebody else.
    places = ", ".join(["%s"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name, seq FROM sqlite_sequence WHERE name IN ({places})",  # noqa: S608 -- marks
            list(asked),
        )
        used = dict(cursor.fetchall())
    following = {table: int(used.get(table) or 0) + 1 for table in asked}
    return {table: range(first, first + asked[table]) for table, first in following.items()}


class _Columns(NamedTuple):
    """What is the same for all rows of a table that are inserted, with an id or without.

    `written` are the places of the columns whose values are not stored as they are.
    """

    names: tuple[str, ...]
    held: Callable[[Mapping[str, object]], tuple[object, ...]]
    written: tuple[tuple[int, Prepare], ...]


@cache
def _columns_of(model: type[Model], *, has_id: bool) -> _Columns:
    fields = [field for field in model._meta.concrete_fields if has_id or not field.primary_key]
    names = tuple([field.attname for field in fields])
    written = [
        (place, _dumped if isinstance(field, JSONField) else field.get_db_prep_save)
        for place, field in enumerate(fields)
        if not isinstance(field, AS_THEY_ARE)
    ]
    return _Columns(names, itemgetter(*names), tuple(written))


def _dumped(value: object, _connection: BaseDatabaseWrapper) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


def write_rows(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert rows as fast as the database takes them; rows without an id get one."""
    if not rows:
        return
    columns = _columns_of(model, has_id=bool(rows[0].pk))
    names, connection = columns.names, connections[DEFAULT_DB_ALIAS]
    # Read as `getattr` reads them; a row that was just made has all of its columns.
    held, written = columns.held, columns.written
    write_tuples(model, names, [_adapted(held(row.__dict__), written, connection) for row in rows])
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def write_tuples(
    model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Insert rows of plain values."""
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if len(rows) <= FEW:
            statement = _insert(table, tuple(columns), len(rows))
            cursor.execute(statement, cast(list[str], [value for row in rows for value in row]))
        elif connection.vendor == "postgresql":
            _copy(cursor, f"COPY {_named(table, columns)} FROM STDIN", rows)
        else:
            statement = _insert(table, tuple(columns), 1)
            # Whatever Django's fields have written is a value that the driver takes.
            cursor.executemany(statement, cast(list[list[str]], rows))


@cache
def _insert(table: str, columns: tuple[str, ...], count: int) -> str:
    places = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {_named(table, columns)} VALUES {', '.join([places] * count)}"  # noqa: S608 -- the model's own names


def _named(table: str, columns: Iterable[str]) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    return f"{quote(table)} ({', '.join(map(quote, columns))})"


def _copy(cursor: object, statement: str, rows: Iterable[Sequence[object]]) -> None:
    with cursor.copy(statement) as copy:  # type: ignore[attr-defined]  # psycopg's
        for row in rows:
            copy.write_row(row)


def _adapted(
    held: Sequence[object], written: Iterable[tuple[int, Prepare]], connection: BaseDatabaseWrapper
) -> list[object]:
    values = list(held)
    for place, prepare in written:
        value = values[place]
        if type(value) is datetime:
            values[place] = _moment(value)
        elif prepare is _dumped or type(value) not in _PLAIN:
            values[place] = prepare(value, connection)
    return values


@lru_cache(maxsize=64)
def _moment(value: datetime) -> str:
    """Return a moment as the database takes it: rows that are made together share theirs."""
    return str(connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value))
