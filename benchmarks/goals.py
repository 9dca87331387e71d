"""The goals of the design: what is compared with what, and how far it may go on either engine.

A goal may have two sentences, so each has a name that begins with its number. Most hold processor
time: the rest of the machine counts for nothing. An import is held to the clock, as contacts a
second are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from benchmarks import databases
from benchmarks.figures import Figure

# A bar on SQLite and one on PostgreSQL; None where the goal is not about that engine.
Bars = tuple[float | None, float | None]
NONE: Bars = (None, None)


@dataclass(frozen=True)
class Goal:
    """What is to be reached: a ratio of at most, or of at least, so much."""

    text: str
    most: Bars = NONE
    least: Bars = NONE


GOALS: Mapping[str, Goal] = {
    "1": Goal("JSON page / bare view", most=(4, 5)),
    "1 wide": Goal("JSON page of CiviCRM or Vtiger / bare view", most=(5, 6.25)),
    "2": Goal("XML page / bare view", most=(8, 8)),
    "3": Goal("growth of a page, whatever its order and filter", most=(1.3, 1.3)),
    "4": Goal("growth of the list of four users", most=(1.5, 1.5)),
    "5": Goal("filter that keeps little, another order / page", most=(12, 12)),
    "6 end": Goal("page at 99 % / first page", most=(1.5, 1.5)),
    "6 middle": Goal("page at 50 % / first page", most=(3, 10)),
    "7 known": Goal("what a known total adds / page", most=(0.1, 0.1)),
    "7 new": Goal("what a new total adds / page", most=(1.5, 1.5)),
    "8": Goal("four LIKEs / search, p95", least=(150, 20)),
    "9": Goal("contact / constant view, a server's processor time", most=(2, 3)),
    "10": Goal("create / constant view, a server's processor time", most=(7, 15)),
    "11 failed": Goal("16 writers and 8 readers: failed", most=(0, 0)),
    "11 lost": Goal("16 writers and 8 readers: lost", most=(0, 0)),
    "11 slowest": Goal("16 writers and 8 readers: p99 / 1 s", most=(1, None)),
    "12": Goal("password / key", most=(1.1, 1.1)),
    "13 floor": Goal("import / COPY of ready-made rows, by the clock", least=(None, 0.6)),
    "13 save": Goal("import / Model.save of each row, by the clock", least=(10, 25)),
    "14 growth": Goal("growth of memory of import and export", most=(1.15, 1.15)),
    "14 most": Goal("memory of import and export / 150 MiB", most=(1, 1)),
    "15": Goal("export / ORM iterator with prefetch", least=(25, 25)),
    "16": Goal("duplicates of one contact / bare view", most=(1, 1)),
    "17": Goal("statements of a list", most=(4, 4)),
    "17 growth": Goal("statements of 100 rows / of 25", most=(1, 1)),
    "18": Goal("304 / bare view", most=(0.6, 1.3)),
}
NUMBERS = tuple(dict.fromkeys(name.split()[0] for name in GOALS))


def measured(goal: str, name: str, ours: float, floor: float, unit: str, n: int) -> Figure:
    """Return a figure with the bars of a goal on the engine that is measured."""
    bars = GOALS[goal]
    at = databases.ENGINES.index(databases.engine())
    found = Figure(name, ours / floor if floor else ours, ours, floor, unit, n)
    return replace(found, most=bars.most[at], least=bars.least[at], goal=goal)


def table(found: list[Figure]) -> str:
    """Return what was measured of each goal, by number, and whether it was reached."""
    lines = [f"{'goal':<11} {'':<6} {'ratio':>8} {'bar':>8}  {'n':>8} {'engine':<10} figure"]
    for number in NUMBERS:
        own = [each for each in found if each.goal.split()[:1] == [number]]
        lines += [_row(each) for each in own] or [f"{number:<11} not measured in this run"]
    barred = [each for each in found if each.goal and each.has_bar]
    reached = sum(each.holds for each in barred)
    return "\n".join([*lines, f"{reached} reached, {len(barred) - reached} missed"])


def _row(figure: Figure) -> str:
    word = ("ok" if figure.holds else "MISSED") if figure.has_bar else ""
    bar = f"<= {figure.most:g}" if figure.most is not None else ""
    bar = f">= {figure.least:g}" if figure.least is not None else bar
    return (
        f"{figure.goal:<11} {word:<6} {figure.ratio:>8.2f} {bar:>8}  {figure.n:>8}"
        f" {figure.engine:<10} {figure.name}"
    )
