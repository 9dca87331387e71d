"""Let PostgreSQL keep statements prepared, and look at a connection before asking it anything.

Django asks each connection for `SELECT 1` before a request uses it. That is a third of the ways to
the server and back that one contact takes. A server that has gone away has closed the socket, or
said why it will: a look at the socket tells. Where that has something to tell, where something went
wrong, and once in ten seconds, the statement is asked as before.

How long a statement may take is told to the server here as well.
"""

from __future__ import annotations

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper

from crm.prepared_postgresql.prepared import Prepared, PreparedCursor

# A network may forget a connection without telling, but none forgets it sooner.
TRUSTED_FOR_SECONDS = 10.0
# The name by which a cursor of prepared statements is asked for; a server's own have longer ones.
PREPARED = "prepared"


class Operations(operations.DatabaseOperations):
    """What is particular to PostgreSQL, and to its prepared statements."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:  # noqa: ANN401 -- as Django
        """Return what was run, for whoever watches statements."""
        if not isinstance(cursor, PreparedCursor):
            return super().last_executed_query(cursor, sql, params)
        said: str = self.compose_sql(sql, params)
        return said


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that can run statements prepared, and is looked at before it is used."""

    ops_class = Operations

    # When the server is known to have answered.
    heard_at = 0.0
    prepared: Prepared | None = None
    # The longest time of a statement; zero is no limit of ours.
    most_seconds: float = 0.0

    def limit_statements(self, seconds: float) -> None:
        """Have the server cancel each statement that takes longer; zero seconds are no limit."""
        self.most_seconds = seconds
        self._set_timeout(seconds, is_local=False)

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Let no statement of the block take longer; a shorter limit stays.

        In a transaction: a pooler may give the next one to another session of the server.
        """
        is_within = self.in_atomic_block
        with transaction.atomic(using=self.alias):
            self._set_timeout(min(seconds, self.most_seconds or seconds), is_local=True)
            yield
            if is_within:
                self._set_timeout(self.most_seconds, is_local=True)

    def _set_timeout(self, seconds: float, *, is_local: bool) -> None:
        milliseconds = str(round(seconds * 1000))
        with self.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, %s)", [milliseconds, is_local]
            )

    def get_connection_params(self) -> dict[str, Any]:
        """Return what the driver is told: our own option is none of its."""
        params: dict[str, Any] = super().get_connection_params()
        params.pop("prepares", None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:  # noqa: ANN401 -- the driver's
        """Connect, with nothing prepared yet."""
        connection = super().get_new_connection(conn_params)
        wanted = self.settings_dict["OPTIONS"].get("prepares", False)
        self.prepared = Prepared(connection) if wanted else None
        return connection

    def init_connection_state(self) -> None:
        """Have statements that are kept prepared planned once, whatever the values.

        Only those are where that is known to be right (`kept_cursor`). Left to itself the server
        plans each five times more, and again for ever where it thinks that ids are many.
        """
        super().init_connection_state()
        if self.prepared is not None and self.connection is not None:
            with self.connection.cursor() as cursor:
                cursor.execute("SET plan_cache_mode = force_generic_plan")

    def prepared_cursor(self) -> CursorWrapper:
        """Return a cursor for a statement that comes again and again with other values."""
        # By this way Django makes all of its cursors; it is not in the stubs.
        cursor: CursorWrapper = self._cursor(PREPARED)  # type: ignore[attr-defined]  # as above
        return cursor

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ANN401 -- the driver's or ours
        """Return a cursor of the driver's, or one for prepared statements."""
        if name != PREPARED:
            return super().create_cursor(name)
        ordinary = super().create_cursor
        return ordinary() if self.prepared is None else PreparedCursor(self.prepared, ordinary)

    def is_usable(self) -> bool:
        """Tell whether the server can be asked."""
        if self.connection is None or self.connection.closed:
            return False
        is_known = time.monotonic() - self.heard_at < TRUSTED_FOR_SECONDS
        if is_known and not self.errors_occurred and _is_silent(self.connection.fileno()):
            return True
        is_usable: bool = super().is_usable()
        if is_usable:
            self.heard_at = time.monotonic()
        return is_usable


def _is_silent(socket: int) -> bool:
    """Tell whether nothing has come that nobody asked for, such as the end of the connection."""
    looking = select.poll()
    looking.register(socket, select.POLLIN)
    return not looking.poll(0)
