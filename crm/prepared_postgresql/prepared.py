"""Statements that the server keeps prepared: it reads and plans each once for a connection.

Planning took four to eight times as long as answering where one contact is read. Which statements
are run so is decided where they are: those whose best plan does not depend on the values.

Nothing is answered otherwise than unprepared. A name belongs to one text, so what another process
has left in a connection that a pooler shares is the same statement. Where the server knows a
statement no more, or a migration has changed what it returns, it is run unprepared and prepared
anew; within a transaction, which such a fault ends, whoever asks is told to come again. What cannot
be written as a plain text goes to the driver as before, and so does the statement that begins a
transaction: the driver says BEGIN with it.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from psycopg import Connection, OperationalError, capabilities, errors
from psycopg.adapt import Transformer
from psycopg.pq import DiagnosticField, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

Rows = list[tuple[Any, ...]]

# Those with most to tell of a contact take 0.6 MB of the server's memory each.
KEEP_AT_MOST = 32
# A pooler that loses them does so each time.
FORGET_AT_MOST = 5

_MARK = re.compile("%[s%]")
_STALE = (
    errors.InvalidSqlStatementName,
    errors.DuplicatePreparedStatement,
    errors.FeatureNotSupported,
)


class _Statement:
    """One of them: its name, and how its columns become values.

    Of a single row only what differs from the one before is made anew: who asks is the same row
    most of the time, with two dozen columns.
    """

    __slots__ = ("loading", "loads", "name", "raw", "row")

    def __init__(self, name: bytes, connection: Connection[Any]) -> None:
        self.name = name
        self.loading = Transformer(connection)
        self.loads: list[Callable[[bytes], Any]] = []
        self.raw: list[bytes | None] = []
        self.row: tuple[Any, ...] = ()

    def rows(self, result: PGresult) -> Rows:
        """Return the rows of an answer."""
        if result.ntuples == 1:
            return [self._one(result)]
        self.loading.set_pgresult(result)
        return self.loading.load_rows(0, result.ntuples, tuple)

    def _one(self, result: PGresult) -> tuple[Any, ...]:
        columns = range(result.nfields)
        raw = [result.get_value(0, column) for column in columns]
        if raw == self.raw:
            return self.row
        if not self.loads:
            kinds = [result.ftype(column) for column in columns]
            self.loads = [self.loading.get_loader(kind, Format.TEXT).load for kind in kinds]
            self.raw, self.row = [None] * len(raw), (None,) * len(raw)
        row = list(self.row)
        for column, value in enumerate(raw):
            if value != self.raw[column]:
                row[column] = None if value is None else self.loads[column](value)
        self.raw, self.row = raw, tuple(row)
        return self.row


class Prepared:
    """What the server has prepared for one connection."""

    def __init__(self, connection: Connection[Any]) -> None:
        """Begin with nothing."""
        self.connection = connection
        self.statements: dict[str, _Statement] = {}
        self.forgotten = 0

    def rows(self, sql: str, params: Sequence[object]) -> Rows | None:
        """Return the rows of a statement; None where it has to be run by the driver."""
        values = _written(params)
        driver = self.connection.pgconn
        status = driver.transaction_status
        begins = status == TransactionStatus.IDLE and not self.connection.autocommit
        if values is None or begins or self.forgotten > FORGET_AT_MOST:
            return None
        try:
            statement = self.statements.pop(sql, None) or self._prepare(sql)
            if statement is None:
                return None
            # The one that was run last is the last to go.
            self.statements[sql] = statement
            result = driver.exec_prepared(statement.name, values)
            _require(result)
        except _STALE as error:
            self.statements.clear()
            self.forgotten += 1
            if status != TransactionStatus.IDLE:
                message = f"a prepared statement was lost: {error}"
                raise OperationalError(message) from error
            return None
        return statement.rows(result)

    def _prepare(self, sql: str) -> _Statement | None:
        if len(self.statements) >= KEEP_AT_MOST:
            if not capabilities.has_send_close_prepared():
                return None
            oldest = self.statements.pop(next(iter(self.statements)))
            self.connection.pgconn.close_prepared(oldest.name)
        text = _numbered(sql).encode()
        digest = hashlib.blake2b(text, digest_size=16).hexdigest()
        # One that was forgotten is still there, and refuses for ever.
        name = f"rosetta_{digest}_{self.forgotten}".encode()
        try:
            _require(self.connection.pgconn.prepare(name, text))
        except errors.DuplicatePreparedStatement:
            # The same statement is there; but a transaction has ended with the question.
            if self.connection.pgconn.transaction_status != TransactionStatus.IDLE:
                raise
        return _Statement(name, self.connection)


class PreparedCursor:
    """As much of a cursor as reading some rows takes."""

    def __init__(self, prepared: Prepared, ordinary: Callable[[], Any]) -> None:
        """Take the statements, and what makes a cursor for others."""
        self.prepared = prepared
        self.ordinary = ordinary
        self._rows: Iterator[tuple[Any, ...]] = iter(())

    def execute(self, sql: str, params: Sequence[object] | None = None) -> None:
        """Run a statement."""
        rows = self.prepared.rows(sql, params or ())
        if rows is None:
            with self.ordinary() as cursor:
                cursor.execute(sql, params)
                rows = cursor.fetchall()
        self._rows = iter(rows)

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row, or None."""
        return next(self._rows, None)

    def fetchall(self) -> Rows:
        """Return all further rows."""
        return list(self._rows)

    def close(self) -> None:
        """Have nothing to close."""


def _written(params: Sequence[object]) -> list[bytes] | None:
    """Return the values as the server reads them; None where only the driver can write them."""
    written: list[bytes] = []
    for param in params:
        if isinstance(param, str) and "\0" not in param:
            written.append(param.encode())
        elif isinstance(param, int) and not isinstance(param, bool):
            written.append(b"%d" % param)
        else:
            return None
    return written


def _numbered(sql: str) -> str:
    """Return a statement with numbered places for its values."""
    numbers = itertools.count(1)
    return _MARK.sub(lambda mark: "%" if mark[0] == "%%" else f"${next(numbers)}", sql)


def _require(result: PGresult) -> None:
    """Raise what the server refused with, or that it has gone, which has no code."""
    if result.status in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        return
    if result.error_field(DiagnosticField.SQLSTATE) is None:
        raise OperationalError(result.get_error_message())
    raise errors.error_from_result(result)
