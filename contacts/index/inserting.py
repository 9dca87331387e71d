"""Insert rows without a query set: what is written with every contact has to cost little.

Few rows of a table are one statement, many are one COPY on PostgreSQL and one `executemany` on
SQLite. Statements for several tables go out together; a thread sends them where there is one
(`contacts.index.sending`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache, partial
from io import BytesIO
from itertools import chain
from operator import itemgetter
from typing import NamedTuple, Self, cast

import orjson
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
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

from contacts.index.sending import Task, sender
from contacts.models import ContactText

Row = Sequence[object]
Statements = Sequence[tuple[str, list[object]]]
# How a field writes its value for a database.
Prepare = Callable[[object, BaseDatabaseWrapper], object]

# Up to so many rows go into one statement that is kept; no database has a limit below it.
FEW = 20
# With each statement SQLite's full-text index begins anew, a tenth of an import. Of the table that
# it follows so many rows are one.
MANY = 100
SEARCHED = ContactText._meta.db_table

# Plain values need no field to tell how they are stored.
_PLAIN = frozenset({str, int, float, bool, type(None)})
# Fields whose values are such, whoever made the row: both drivers take them as they are.
AS_THEY_ARE = (AutoField, BooleanField, CharField, FloatField, ForeignKey, IntegerField, TextField)


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


def as_json(value: object) -> str:
    """Return a value as a column of JSON takes it."""
    return orjson.dumps(value).decode()


def _dumped(value: object, _connection: BaseDatabaseWrapper) -> str | None:
    return None if value is None else as_json(value)


class Inserts:
    """Rows for several tables, which are stored when the block ends.

    What waits are few rows a table: a new contact has some in eleven. PostgreSQL takes them as one
    text, SQLite with one cursor; a conversation of its own costs each table more than its rows.
    """

    def __init__(self) -> None:
        self.connection = connections[DEFAULT_DB_ALIAS]
        self.waiting: list[tuple[str, list[object]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if kind is None:
            self.send()

    def add_rows(self, model: type[Model], rows: Sequence[Model]) -> None:
        """Take rows; those without an id get one."""
        if not rows:
            return
        columns = _columns_of(model, has_id=bool(rows[0].pk))
        # Read as `getattr` reads them; a row that was just made has all of its columns.
        held, written, connection = columns.held, columns.written, self.connection
        ready = [_adapted(held(row.__dict__), written, connection) for row in rows]
        self.add(model, columns.names, ready)
        for row in rows:
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS

    def add(self, model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Take rows of plain values."""
        table = model._meta.db_table
        if len(rows) > FEW:
            self._store_many(table, tuple(columns), rows)
        elif rows:
            statement = _insert(table, tuple(columns), len(rows))
            self.waiting.append((statement, [value for row in rows for value in row]))

    def add_statement(self, statement: str, values: Sequence[object]) -> None:
        """Take a statement that goes out with the rows."""
        self.waiting.append((statement, list(values)))

    def send(self) -> None:
        """Store what waits."""
        if not self.waiting:
            return
        taken, self.waiting = self.waiting, []
        # Unless the driver is told to send values apart, it writes them into the text.
        is_apart = getattr(self.connection.features, "uses_server_side_binding", False)
        is_one_text = self.connection.vendor == "postgresql" and not is_apart
        if is_one_text:
            values = [value for _statement, values in taken for value in values]
            taken = [("; ".join(statement for statement, _values in taken), values)]
        self._do(partial(_execute, self.connection.cursor(), taken))

    def _store_many(self, table: str, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
        cursor = self.connection.cursor()
        if self.connection.vendor == "postgresql":
            words = f"COPY {_named(table, columns)} FROM STDIN"
            self._do(partial(_copy, cursor, words, _written(cursor, rows)))
        elif table == SEARCHED:
            pieces = (rows[start : start + MANY] for start in range(0, len(rows), MANY))
            statements = [(_insert(table, columns, len(each)), [*chain(*each)]) for each in pieces]
            self._do(partial(_execute, cursor, statements))
        else:
            self._do(partial(_execute_many, cursor, _insert(table, columns, 1), rows))

    def _do(self, task: Task) -> None:
        own = sender()
        if own is not None:
            own.send(task)
        else:
            task()


def write_rows(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert rows as fast as the database takes them; rows without an id get one."""
    with Inserts() as inserts:
        inserts.add_rows(model, rows)


def write_tuples(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows of plain values."""
    with Inserts() as inserts:
        inserts.add(model, columns, rows)


@lru_cache(maxsize=512)
def _insert(table: str, columns: tuple[str, ...], count: int) -> str:
    places = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {_named(table, columns)} VALUES {', '.join([places] * count)}"  # noqa: S608 -- the model's own names


def _named(table: str, columns: Iterable[str]) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    return f"{quote(table)} ({', '.join(map(quote, columns))})"


def _execute(cursor: CursorWrapper, statements: Statements) -> None:
    with cursor:
        for statement, values in statements:
            # Whatever Django's fields have written is a value that the driver takes.
            cursor.execute(statement, cast(list[str], values))


def _execute_many(cursor: CursorWrapper, statement: str, rows: Sequence[Row]) -> None:
    with cursor:
        cursor.executemany(statement, cast(list[list[str]], rows))


def _written(cursor: CursorWrapper, rows: Iterable[Row]) -> bytes:
    """Return rows as COPY takes them: a thread that writes them would wait for this one."""
    from psycopg import Copy  # noqa: PLC0415 -- only where there is PostgreSQL
    from psycopg.copy import FileWriter  # noqa: PLC0415 -- the same

    body = BytesIO()
    with Copy(cursor.cursor, writer=FileWriter(body)) as copy:
        for row in rows:
            copy.write_row(row)
    return body.getvalue()


def _copy(cursor: CursorWrapper, words: str, body: bytes) -> None:
    with cursor, cursor.copy(words) as copy:
        copy.write(body)


def _adapted(
    held: Sequence[object], written: Iterable[tuple[int, Prepare]], connection: BaseDatabaseWrapper
) -> list[object]:
    values = list(held)
    for place, prepare in written:
        value = values[place]
        if type(value) is datetime:
            values[place] = as_moment(value, value.fold)
        elif prepare is _dumped or type(value) not in _PLAIN:
            values[place] = prepare(value, connection)
    return values


@lru_cache(maxsize=64)
def as_moment(value: datetime, _fold: int = 0) -> str:
    """Return a moment as the database takes it: rows that are made together share theirs.

    Of the two hours that a clock shows twice one equals the other but for its `fold`.
    """
    return str(connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value))
