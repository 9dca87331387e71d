"""Watch how long a statement of SQLite works, which interrupts it when it is told to."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

# SQLite reports after so many steps of a statement, some milliseconds apart.
STEPS_BETWEEN_REPORTS = 100_000
# A longer pause between reports is no work of SQLite: whoever reads the rows takes the time.
LONGEST_STEP_IN_SECONDS = 1.0


class StatementClock:
    """Adds up how long the present statement has worked; `most_seconds` is the longest time."""

    def __init__(self) -> None:
        """Begin with nothing that has been worked."""
        self.most_seconds = 0.0
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
