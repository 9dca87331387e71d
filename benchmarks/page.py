"""A page of a hundred contacts against a bare view, and the same page at two sizes.

`python -m benchmarks.page [--sizes 10000 100000] [--rounds 200] [--json FILE]`
"""

import argparse
import json
import sys
from collections.abc import Sequence

from benchmarks import databases, figures
from benchmarks.figures import Figure
from benchmarks.requests import Application, medians

PAGES = {
    "json page": "/contacts.json?limit=100",
    "xml page": "/contacts.xml?limit=100",
    "tag filter": "/contacts.json?limit=100&tags=vip",
    "project filter": "/contacts.json?limit=100&project_id=demo",
    "search": "/contacts.json?limit=100&search=petrov",
    "newest first": "/contacts.json?limit=100&sort=created_on:desc",
}
# Goals of the design: a page costs at most this many bare views.
MOST = {"json page": 4.0, "xml page": 8.0}
GROWTH_AT_MOST = 1.3


def measure(sizes: Sequence[int], rounds: int) -> list[Figure]:
    """Return the figures of all pages at all sizes."""
    found: list[Figure] = []
    ratios: dict[str, dict[int, float]] = {}
    for size in sizes:
        key = databases.prepared(size)["redmineup"]["api_key"]
        times = databases.in_process(size, "page", "--rounds", str(rounds), "--key", key)
        floor = times.pop("floor")
        for name, ours in times.items():
            ratio = ours / floor
            ratios.setdefault(name, {})[size] = ratio
            found.append(
                Figure(
                    f"{name} / bare view", ratio, ours, floor, "ms", size, "sqlite", MOST.get(name)
                )
            )
    small, large = min(sizes), max(sizes)
    for name, each in ratios.items() if small != large else ():
        growth = each[large] / each[small]
        title = f"{name}: {large} / {small}"
        bar = GROWTH_AT_MOST if name == "json page" else None
        found.append(Figure(title, growth, each[large], each[small], "x", large, "sqlite", bar))
    return found


def time_pages(key: str, rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each page and of the floor, in this process."""
    application = Application()
    headers = {"X-Redmine-API-Key": key}
    asks = {
        name: (lambda address=address: application.get(address, headers))
        for name, address in PAGES.items()
    }
    return medians({"floor": lambda: application.get("/floor/page"), **asks}, rounds)


def main() -> int:
    """Measure, or be the process that measures one size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--key", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.size:
        print(json.dumps(time_pages(options.key, options.rounds)))
        return 0
    return figures.report(measure(options.sizes, options.rounds), options.json)


if __name__ == "__main__":
    sys.exit(main())
