"""The usual requests of every dialect against a bare view, at several sizes.

`python -m benchmarks.dialects [--sizes 10000 100000] [--rounds 30] [--engine postgresql]`
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks import command, databases
from benchmarks.figures import Figure
from benchmarks.goals import measured
from benchmarks.growth import growth_of
from benchmarks.protocols import Ask, Seen, requests_of
from benchmarks.requests import Application, beside

# Goals of the design, by what is asked; the other requests have none but not to grow.
PAGES = {"redmineup list": "1", "concord list": "1", "wildapricot list": "1"}
GOALS = {**PAGES, "civicrm list": "1 wide", "vtiger list": "1 wide", "conditional GET": "18"}


def measure(sizes: Sequence[int], rounds: int) -> list[Figure]:
    """Return the figures of all requests at all sizes, and how they grow."""
    found: list[Figure] = []
    ratios: dict[str, dict[int, float]] = {}
    for size in sizes:
        given = json.dumps(databases.prepared(size))
        words = ("--rounds", str(rounds), "--credentials", given)
        times = databases.in_process(size, "dialects", *words)
        for name, (ours, floor) in times.items():
            ratios.setdefault(name, {})[size] = ours / floor
            title, values = f"{name} / bare view", (ours, floor, "ms", size)
            has_goal = name in GOALS
            found.append(
                measured(GOALS[name], title, *values)
                if has_goal
                else Figure(title, ours / floor, *values)
            )
    return found + growth_of("3", ratios)


def time_requests(
    credentials: Mapping[str, Any], size: int, rounds: int
) -> dict[str, tuple[float, float]]:
    """Return the median milliseconds of each request and of the floor beside it."""
    application = Application()

    def asking(ask: Ask) -> Callable[[], bytes]:
        return lambda: application.get(*ask)

    headers = {"X-Redmine-API-Key": credentials["redmineup"]["api_key"]}
    people = application.get("/contacts.json?limit=1&is_company=0", headers)
    seen = Seen(json.loads(people)["contacts"][0]["id"], size // 4)
    asked = requests_of(credentials, seen)
    asks: dict[str, Callable[[], object]] = {name: asking(ask) for name, ask in asked.items()}
    listed, headers = asked["redmineup list"]
    tag = application.head_of(listed, headers)["ETag"]
    again = {**headers, "If-None-Match": tag}
    asks["conditional GET"] = lambda: application.get(listed, again, expected="304")
    return beside(lambda: application.get("/floor/page"), asks, rounds)


def main() -> int:
    """Measure, or be the process that measures one size."""
    parser = command.parser(__doc__, [10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--credentials", type=json.loads, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.size:
        print(json.dumps(time_requests(options.credentials, options.size, options.rounds)))
        return 0
    return command.run(options, lambda: measure(options.sizes, options.rounds))


if __name__ == "__main__":
    sys.exit(main())
