"""The same request at two sizes, each over the bare view of its own run."""

from collections.abc import Mapping

from benchmarks.figures import Figure
from benchmarks.goals import measured


def growth_of(goal: str, ratios: Mapping[str, Mapping[int, float]]) -> list[Figure]:
    """Return how each ratio grows from the smallest to the largest size; none of one size."""
    found = []
    for name, each in ratios.items():
        small, large = min(each), max(each)
        if small != large:
            title = f"{name}: {large} / {small}"
            found.append(measured(goal, title, each[large], each[small], "x", large))
    return found
