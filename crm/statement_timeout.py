"""Let no statement of a web request run for ever.

Only servers call this: a migration or an import may take longer than any request should.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

# SQLite reports after so many steps of a statement, some milliseconds apart.
STEPS_BETWEEN_REPORTS = 100_000
# A longer pause between reports is no work of SQLite: whoever reads the rows takes the time.
LONGEST_STEP_IN_SECONDS = 1.0


def limit_statements() -> None:
    """Tell every new connection of this process the longest time of a statement."""
    connection_created.connect(_limit, dispatch_uid="crm.statement_timeout")


def _limit(*, connection: BaseDatabaseWrapper, **_: object) -> None:
    """Set the limit in the way of the database."""
    if connection.vendor == "postgresql":
        _limit_postgresql(connection)
    elif settings.STATEMENT_TIMEOUT:
        _limit_sqlite(connection)


def _limit_postgresql(connection: BaseDatabaseWrapper) -> None:
    """Let the server watch the time.

    Statements are not compiled either: for those that look at all contacts PostgreSQL took 1,150
    of 1,318 ms to do so.
    """
    settled = {"statement_timeout": str(settings.STATEMENT_TIMEOUT * 1000), "jit": "off"}
    with connection.cursor() as cursor:
        for name, value in settled.items():
            cursor.execute("SELECT set_config(%s, %s, false)", [name, value])


def _limit_sqlite(connection: BaseDatabaseWrapper) -> None:
    """Watch the time ourselves: SQLite interrupts a statement when it is told to."""
    clocks = [each for each in connection.execute_wrappers if isinstance(each, StatementClock)]
    clock = clocks[0] if clocks else StatementClock(settings.STATEMENT_TIMEOUT)
    if not clocks:
        connection.execute_wrappers.append(clock)
    connection.connection.set_progress_handler(clock.is_over, STEPS_BETWEEN_REPORTS)


class StatementClock:
    """Adds up how long the present statement has worked."""

    def __init__(self, most_seconds: float) -> None:
        """Take the longest time."""
        self.most_seconds = most_seconds
        self.spent = 0.0
        self.reported_at = time.monotonic()

    def __call__(self, execute: Callable[..., Any], *call: Any) -> Any:  # noqa: ANN401 -- Django's hook
        """Begin anew with each statement."""
        self.spent, self.reported_at = 0.0, time.monotonic()
        return execute(*call)

    def is_over(self) -> bool:
        """Take a report; true interrupts the statement."""
        now = time.monotonic()
        self.spent += min(now - self.reported_at, LONGEST_STEP_IN_SECONDS)
        self.reported_at = now
        return self.spent > self.most_seconds
