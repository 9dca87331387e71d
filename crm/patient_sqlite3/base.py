"""Wait for the one write lock of SQLite by asking for it often, and write statements once.

SQLite itself asks less and less often, in the end ten times a second. A process that has much to
write leaves the lock free for some milliseconds only, and one that asks so seldom misses them: two
processes with sixteen clients let some wait for seconds. Asking costs some microseconds.

Django writes each statement anew in the style of SQLite's parameters each time it is run. That took
as long as SQLite to answer it where a statement names many columns, so what was written is kept.

How long a statement may take is watched here as well: SQLite has no limit of its own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from crm.patient_sqlite3.clock import STEPS_BETWEEN_REPORTS, StatementClock

ASK_AGAIN_IN_SECONDS = 0.001

# Longer ones name very many values, and seldom come again.
LONGEST_KEPT = 8_000
KEEP_AT_MOST = 1_000


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that remembers how Django's statements are written for SQLite."""

    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        """Return the statement with the marks that SQLite knows."""
        if param_names is None and len(query) <= LONGEST_KEPT:
            return _marked(query)
        converted: str = super().convert_query(query, param_names=param_names)
        return converted


@lru_cache(maxsize=KEEP_AT_MOST)
def _marked(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions ask for the write lock every millisecond."""

    clock: StatementClock | None = None

    def limit_statements(self, seconds: float) -> None:
        """Interrupt each statement that works longer; zero seconds are no limit."""
        if not seconds and self.clock is not None:
            self.execute_wrappers.remove(self.clock)
            self.clock = None
        elif seconds and self.clock is None:
            self.clock = StatementClock()
            # Before all others: whoever adds one for a block takes the last away after it.
            self.execute_wrappers.insert(0, self.clock)
        if self.clock is not None:
            self.clock.most_seconds = seconds
        reported = self.clock.is_over if self.clock is not None else None
        self.connection.set_progress_handler(reported, STEPS_BETWEEN_REPORTS)

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Let no statement of the block work longer; a shorter limit stays."""
        self.ensure_connection()
        usual = self.clock.most_seconds if self.clock is not None else 0.0
        self.limit_statements(min(seconds, usual or seconds))
        try:
            yield
        finally:
            self.limit_statements(usual)

    def create_cursor(self, name: str | None = None) -> Cursor:
        """Return a cursor of our own."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        """Begin, however long others write, within the timeout of the connection."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        give_up = time.monotonic() + patience
        self._set_busy_timeout(0)
        try:
            while not self._begins(is_last=time.monotonic() > give_up):
                time.sleep(ASK_AGAIN_IN_SECONDS)
        finally:
            self._set_busy_timeout(int(patience * 1000))

    def _begins(self, *, is_last: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # not in its stubs
        except OperationalError as error:
            if is_last or "locked" not in str(error):
                raise
            return False
        return True

    def _set_busy_timeout(self, milliseconds: int) -> None:
        """Tell SQLite how long to wait by itself, past everything that watches statements."""
        self.connection.execute(f"PRAGMA busy_timeout={milliseconds}")
