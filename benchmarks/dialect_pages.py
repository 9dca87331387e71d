"""The same page of a hundred contacts as two protocols write it: statements and time, in one run.

`python -m benchmarks.dialect_pages [--sizes 10000] [--rounds 50] [--json FILE]`

The page of RedmineUP is the floor: what another dialect costs more is its own.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from benchmarks import databases, figures
from benchmarks.figures import Figure
from benchmarks.requests import Application, medians

FLOOR = "redmineup"
# Dialect: address of the page, name of the key in the credentials, and the header that carries it.
PAGES: Mapping[str, tuple[str, str, Callable[[str], dict[str, str]]]] = {
    "redmineup": ("/contacts.json?limit=100", "api_key", lambda key: {"X-Redmine-API-Key": key}),
    "concord": (
        "/api/contacts?per_page=100",
        "token",
        lambda key: {"Authorization": f"Bearer {key}"},
    ),
}
STATEMENTS_AT_MOST = 4


def measure(sizes: Sequence[int], rounds: int) -> list[Figure]:
    """Return the figures of all pages at all sizes."""
    found: list[Figure] = []
    for size in sizes:
        credentials = databases.prepared(size)
        keys = [f"--{name}={credentials[name][key]}" for name, (_, key, _) in PAGES.items()]
        measured = databases.in_process(size, "dialect_pages", "--rounds", str(rounds), *keys)
        times, statements = measured["times"], measured["statements"]
        for name in PAGES:
            ratio, floor = times[name] / times[FLOOR], times[FLOOR]
            title = f"{name} page / {FLOOR} page"
            found.append(Figure(title, ratio, times[name], floor, "ms", size, "sqlite"))
            count, floor = statements[name], statements[FLOOR]
            title, most = f"{name} statements", STATEMENTS_AT_MOST / floor
            found.append(Figure(title, count / floor, count, floor, "sql", size, "sqlite", most))
    return found


def time_pages(keys: Mapping[str, str], rounds: int) -> dict[str, dict[str, float]]:
    """Return the median milliseconds and the number of statements of each page."""
    application = Application()
    asks = {
        name: partial(application.get, address, headers_of(keys[name]))
        for name, (address, _key, headers_of) in PAGES.items()
    }
    times = medians(asks, rounds)
    return {"times": times, "statements": {name: _statements(ask) for name, ask in asks.items()}}


def _statements(ask: Callable[[], object]) -> float:
    from django.db import connection  # noqa: PLC0415 -- needs the set-up of the application

    count = 0

    def counted(execute: Callable[..., object], *call: object) -> object:
        nonlocal count
        count += 1
        return execute(*call)

    with connection.execute_wrapper(counted):
        ask()
    return float(count)


def main() -> int:
    """Measure, or be the process that measures one size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    for name in PAGES:
        parser.add_argument(f"--{name}", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.size:
        keys = {name: getattr(options, name) for name in PAGES}
        print(json.dumps(time_pages(keys, options.rounds)))
        return 0
    return figures.report(measure(options.sizes, options.rounds), options.json)


if __name__ == "__main__":
    sys.exit(main())
