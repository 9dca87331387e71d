"""SQL statements of a page of 25 and of 100 contacts with all their children, in every dialect.

`python -m benchmarks.queries [--sizes 10000] [--rows 25 100] [--engine postgresql]`
"""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks import command, databases
from benchmarks.figures import Figure
from benchmarks.goals import measured
from benchmarks.protocols import Ask, Seen, requests_of
from benchmarks.requests import Application, statements_of

PAGES = {
    "redmineup xml list": "/contacts.xml?",
    "redmineup two filters": "/contacts.json?tags=vip&job_title=~e&",
    "redmineup custom field": "/contacts.json?cf_3=>%3D10&",
}
LISTS = ("list", "filter", "search", "deep page")
ROWS = (25, 100)


def measure(sizes: Sequence[int], rows: Sequence[int] = ROWS) -> list[Figure]:
    """Return the number of statements of each page, and of a long one over a short one."""
    found = []
    for size in sizes:
        given = json.dumps(databases.prepared(size))
        words = ["--given", given, "--rows", *map(str, rows)]
        counts = databases.in_process(size, "queries", *words)
        for name, (short, long) in counts.items():
            title = f"statements, {name}"
            values = (long, short, "sql", size)
            found.append(measured("17 growth", f"{title}: {rows[1]} / {rows[0]} rows", *values))
            found.append(measured("17", title, long, 1, "sql", size))
    return found


def count_statements(
    credentials: Mapping[str, Any], size: int, rows: Sequence[int]
) -> dict[str, tuple[int, int]]:
    """Return the statements of each short and each long page, in this process."""
    application = Application()
    short, long = (_asks(credentials, size // 4, each) for each in rows)

    def count(ask: Ask) -> int:
        def asking() -> object:
            return application.get(*ask)

        # The first time is for what is kept in memory from then on; now and then one notes or
        # refreshes something that most requests do not.
        return min(len(statements_of(asking)) for _time in range(3))

    return {name: (count(ask), count(long[name])) for name, ask in short.items()}


def _asks(credentials: Mapping[str, Any], depth: int, rows: int) -> dict[str, Ask]:
    every = requests_of(credentials, Seen(0, depth, rows))
    headers = {"X-Redmine-API-Key": credentials["redmineup"]["api_key"]}
    lists = {name: ask for name, ask in every.items() if name.partition(" ")[2] in LISTS}
    return lists | {name: (f"{path}limit={rows}", headers) for name, path in PAGES.items()}


def main() -> int:
    """Measure, or be the process that counts."""
    parser = command.parser(__doc__, [10_000])
    parser.add_argument("--rows", type=int, nargs=2, default=ROWS)
    options = parser.parse_args()
    if options.size:
        asked = (json.loads(options.given), options.size, options.rows)
        print(json.dumps(count_statements(*asked)))
        return 0
    return command.run(options, lambda: measure(options.sizes, options.rows))


if __name__ == "__main__":
    sys.exit(main())
