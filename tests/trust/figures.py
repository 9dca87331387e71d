"""Hand what a suite has counted to the table that ``make trust`` prints."""

import json
import os
from pathlib import Path

LONG = os.environ.get("TRUST") == "long"
FILE = "TRUST_FIGURES"
# How many inputs every query language has to withstand in a long run: the readers of its text are
# the same on PostgreSQL, where the conditions and the rows alone are tried again.
LEAST_INPUTS = 20_000 if os.environ.get("TEST_DATABASE_URL") else 100_000


def tell(promise: str, figure: str, *, is_reached: bool = True) -> None:
    """Note a figure of a promise that was kept; a broken one is told by the failing test."""
    place = os.environ.get(FILE)
    if place:
        told = {"promise": promise, "figure": figure, "reached": "yes" if is_reached else "no"}
        with Path(place).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(told) + "\n")


def tell_of_logs(**counts: int) -> None:
    """Note how much of the logs of servers was read for secrets, and how many were found."""
    place = os.environ.get(FILE)
    if place:
        with Path(place).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"logs": counts}) + "\n")


def enough(short: int, long: int) -> int:
    """Return how many are tried in this run."""
    return long if LONG else short


def wanted_inputs() -> int:
    """Return how many inputs a query language gets in a long run: fewer where that is said."""
    return int(os.environ.get("GRAMMAR_INPUTS", LEAST_INPUTS))
