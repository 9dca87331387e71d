"""Hand what a suite has counted to the table that ``make trust`` prints."""

import json
import os
from pathlib import Path

LONG = os.environ.get("TRUST") == "long"
FILE = "TRUST_FIGURES"


def tell(promise: str, figure: str) -> None:
    """Note a figure of a promise that was kept; a broken one is told by the failing test."""
    place = os.environ.get(FILE)
    if place:
        with Path(place).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"promise": promise, "figure": figure}) + "\n")


def enough(short: int, long: int) -> int:
    """Return how many are tried in this run."""
    return long if LONG else short
