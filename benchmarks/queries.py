"""SQL statements of a page of 25 and of 100 contacts with all their children.

`python -m benchmarks.queries [--size 10000]`
"""

import argparse
import json
import sys

from benchmarks import databases, figures
from benchmarks.figures import Figure
from benchmarks.requests import Application

PAGES = {
    "plain list": "/contacts.json?",
    "xml list": "/contacts.xml?",
    "filter": "/contacts.json?tags=vip&job_title=~e&",
    "search": "/contacts.json?search=a&",
    "custom field": "/contacts.json?cf_3=>%3D10&",
}
MOST_STATEMENTS = 4


def measure(size: int) -> list[Figure]:
    """Return the number of statements of each page, long over short."""
    key = databases.prepared(size)["redmineup"]["api_key"]
    counts = databases.in_process(size, "queries", "--key", key)
    found = []
    for name, (short, long) in counts.items():
        title = f"statements, {name}: 100 / 25"
        found.append(Figure(title, long / short, long, short, "statements", size, "sqlite", 1.0))
        most = Figure(
            f"statements, {name}: most",
            long,
            long,
            1,
            "statements",
            size,
            "sqlite",
            MOST_STATEMENTS,
        )
        found.append(most)
    return found


def count_statements(key: str) -> dict[str, tuple[int, int]]:
    """Return the statements of each page at 25 and at 100 contacts, in this process."""
    application = Application()
    from django.db import connection  # noqa: PLC0415 -- needs the application's set-up

    headers = {"X-Redmine-API-Key": key}
    counts = {}
    for name, address in PAGES.items():
        numbers = []
        for limit in (25, 100):
            application.get(f"{address}limit={limit}", headers)
            seen: list[str] = []

            def note(execute, sql, params, many, context, seen=seen):  # noqa: ANN001, ANN202 -- Django's hook
                seen.append(sql)
                return execute(sql, params, many, context)

            with connection.execute_wrapper(note):
                application.get(f"{address}limit={limit}", headers)
            numbers.append(len(seen))
        counts[name] = (numbers[0], numbers[1])
    return counts


def main() -> int:
    """Measure, or be the process that counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--key", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.key:
        print(json.dumps(count_statements(options.key)))
        return 0
    return figures.report(measure(options.size), options.json)


if __name__ == "__main__":
    sys.exit(main())
