"""A page of a hundred contacts in every order and under the usual filters, against a bare view.

Some of them also against the database's own time: their statements asked again, and no more.

`python -m benchmarks.page [--sizes 10000 100000] [--rounds 50] [--engine postgresql]`
"""

import argparse
import json
import sys
from collections.abc import Sequence

from benchmarks import command, databases
from benchmarks.figures import Figure
from benchmarks.goals import measured
from benchmarks.growth import growth_of
from benchmarks.requests import Application, again, beside, statements_of

PAGES = {
    "json page": "/contacts.json?limit=100",
    "xml page": "/contacts.xml?limit=100",
    "next page": "/contacts.json?limit=100&offset=100",
    "tag filter": "/contacts.json?limit=100&tags=vip",
    "project filter": "/contacts.json?limit=100&project_id=demo",
}
GOALS = {"json page": "1", "xml page": "2"}
# What begins so is the time of the same page beside that of its own statements.
OWN = "own: "


def measure(sizes: Sequence[int], rounds: int) -> list[Figure]:
    """Return the figures of all pages at all sizes."""
    found: list[Figure] = []
    ratios: dict[str, dict[int, float]] = {}
    for size in sizes:
        key = databases.prepared(size)["redmineup"]["api_key"]
        times = databases.in_process(size, "page", "--rounds", str(rounds), "--key", key)
        for name, (ours, floor) in times.items():
            if name.startswith(OWN):
                title = f"{name.removeprefix(OWN)} / its own statements"
                found.append(Figure(title, ours / floor, ours, floor, "ms", size))
                continue
            ratios.setdefault(name, {})[size] = ours / floor
            title, values = f"{name} / bare view", (ours, floor, "ms", size)
            found.append(
                measured(GOALS[name], title, *values)
                if name in GOALS
                else Figure(title, ours / floor, *values)
            )
    return found + growth_of("3", ratios)


def time_pages(key: str, rounds: int) -> dict[str, tuple[float, float]]:
    """Return the median milliseconds of each page and of the floor beside it, in this process."""
    application = Application()
    headers = {"X-Redmine-API-Key": key}
    asks = {
        name: (lambda address=address: application.get(address, headers))
        for name, address in (PAGES | orders()).items()
    }
    found = beside(lambda: application.get("/floor/page"), asks, rounds)
    for name in PAGES:
        ask = asks[name]
        # Once before: what is written once for all is known then.
        ask()
        found |= beside(again(statements_of(ask)), {OWN + name: ask}, rounds)
    return found


def orders() -> dict[str, str]:
    """Return a page in each order that the protocol offers, the last contacts first."""
    from api.redmineup.mapping.contact_filters import CONTACT_COLUMNS  # noqa: PLC0415 -- set up

    names = [*CONTACT_COLUMNS, "cf_3"]
    return {f"by {name}": f"/contacts.json?limit=100&sort={name}:desc" for name in names}


def main() -> int:
    """Measure, or be the process that measures one size."""
    parser = command.parser(__doc__, [10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--key", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.size:
        print(json.dumps(time_pages(options.key, options.rounds)))
        return 0
    return command.run(options, lambda: measure(options.sizes, options.rounds))


if __name__ == "__main__":
    sys.exit(main())
