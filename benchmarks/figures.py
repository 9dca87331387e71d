"""A figure with its bar, printed as a line and kept as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks import databases


@dataclass(frozen=True)
class Figure:
    """A ratio of ours to a floor measured in the same run; `most` and `least` are its bars."""

    name: str
    ratio: float
    ours: float
    floor: float
    unit: str
    n: int
    most: float | None = None
    least: float | None = None
    engine: str = field(default_factory=databases.engine)
    goal: str = ""

    @property
    def has_bar(self) -> bool:
        """Tell whether there is anything to keep to."""
        return self.most is not None or self.least is not None

    @property
    def holds(self) -> bool:
        """Tell whether the figure keeps to its bars."""
        low = self.least is None or self.ratio >= self.least
        return low and (self.most is None or self.ratio <= self.most)

    def __str__(self) -> str:
        bars = {"min": self.least, "max": self.most}
        bar = "".join(f" {name}={value:g}" for name, value in bars.items() if value is not None)
        bar += (" ok" if self.holds else " MISSED") if bar else ""
        return (
            f"{self.name:<34} ratio={self.ratio:.2f} ours={self.ours:.3f} {self.unit}"
            f" floor={self.floor:.3f} {self.unit} n={self.n} engine={self.engine}{bar}"
        )


def of_interest(found: Iterable[Figure], words: str) -> list[Figure]:
    """Return the figures whose names have these words."""
    return [figure for figure in found if words.casefold() in figure.name.casefold()]


def report(found: Sequence[Figure], path: str | None, shown: Sequence[Figure]) -> int:
    """Print those that are shown, write all as JSON if asked; return the exit status."""
    for figure in shown:
        print(figure)
    if path:
        rows = [{**asdict(figure), "holds": figure.holds} for figure in found]
        Path(path).write_text(json.dumps(rows, indent=1) + "\n")
    return 0 if all(figure.holds for figure in found) else 1
