"""A figure with its bar, printed as a line and kept as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """A ratio of ours to a floor measured in the same run; `most` is the bar, None for none."""

    name: str
    ratio: float
    ours: float
    floor: float
    unit: str
    n: int
    engine: str
    most: float | None = None

    @property
    def holds(self) -> bool:
        """Tell whether the figure keeps to its bar."""
        return self.most is None or self.ratio <= self.most

    def __str__(self) -> str:
        bar = "" if self.most is None else f" max={self.most:g} {'ok' if self.holds else 'MISSED'}"
        return (
            f"{self.name:<34} ratio={self.ratio:.2f} ours={self.ours:.3f} {self.unit}"
            f" floor={self.floor:.3f} {self.unit} n={self.n} engine={self.engine}{bar}"
        )


def report(found: Sequence[Figure], path: str | None) -> int:
    """Print the figures, write them as JSON if asked; return the exit status."""
    for figure in found:
        print(figure)
    if path:
        rows = [{**asdict(figure), "holds": figure.holds} for figure in found]
        Path(path).write_text(json.dumps(rows, indent=1) + "\n")
    return 0 if all(figure.holds for figure in found) else 1
