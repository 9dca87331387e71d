"""Which requests cost more the more contacts there are: every order and filter that is offered.

`python -m benchmarks.plans [--sizes 10000 1000000] [--engine sqlite] [--only "civicrm filter"]`

Each is asked by the member of ten projects, nothing that was found being kept from before: what
counts is the least processor time, beside that of a plain page. What takes more than ten of those,
and more than three times as many with the most contacts as with the fewest, grows. All are written
as JSON; those that miss their bars and the slowest are printed.

Each statement that a request sends is explained by the database as well; what is counted are the
tables that are as large as that of contacts and are read from end to end. A page that SQLite reads
along an index or the ids, without putting rows in order, ends with its last row and is no scan.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypedDict

import django
from django.test.utils import override_settings

from benchmarks import command, databases, offered
from benchmarks.clock import spent
from benchmarks.figures import Figure
from benchmarks.requests import Application

# What is answered by a scan of a table as large as this share of all contacts grows with them.
SHARE = 0.5
# By database: what explains a statement, and the table that is read from end to end.
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}
SCANNED = {
    "sqlite": re.compile(r"^SCAN (contacts_\w+)(?! (?:USING|VIRTUAL))\b", re.MULTILINE),
    "postgresql": re.compile(r"Seq Scan on (contacts_\w+)"),
}
ORDERED = "USE TEMP B-TREE FOR ORDER BY"
MOST_GROWN = 3.0
# A request may grow up to so many plain pages.
FAST = 10.0
SLOWEST = 25
LONG = 500.0
# A session is kept in its cookie alone, and styles are not collected: nothing is written.
READ_ONLY: Mapping[str, Any] = {
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


class Seen(TypedDict):
    """What one request showed at one size."""

    scanned: list[str]
    milliseconds: float


def measure(sizes: Sequence[int], only: str = "") -> list[Figure]:
    """Return what each request with these words in its name scans and takes, and how it grows."""
    found: list[Figure] = []
    pages: dict[str, dict[int, float]] = {}
    for size in sizes:
        given = json.dumps({"credentials": databases.prepared(size), "only": only})
        seen: dict[str, Seen] = databases.in_process(size, "plans", "--given", given)
        plain = seen[offered.PLAIN]["milliseconds"]
        for name, each in seen.items():
            tables, taken = each["scanned"], each["milliseconds"]
            title = f"{name}: scans {', '.join(tables) or 'nothing'}"
            found.append(Figure(title, len(tables), len(tables), 0, "tables", size, 0))
            found.append(Figure(f"{name} / plain page", taken / plain, taken, plain, "ms", size))
            pages.setdefault(name, {})[size] = taken / plain
    return found + [growth(name, each) for name, each in pages.items() if len(each) > 1]


def growth(name: str, pages: Mapping[int, float]) -> Figure:
    """Return how much more plain pages a request takes of the most contacts than of the fewest."""
    small, large = min(pages), max(pages)
    most = MOST_GROWN if pages[large] > FAST else None
    grown = pages[large] / pages[small]
    title = f"{name}: {large} / {small}"
    return Figure(title, grown, pages[large], pages[small], "pages", large, most)


def told(found: Sequence[Figure]) -> list[Figure]:
    """Return those that miss their bars, and behind them the slowest at each size."""
    missed = [each for each in found if not each.holds]
    timed = [each for each in found if each.unit == "ms"]
    slowest = sorted(timed, key=lambda each: each.ratio, reverse=True)
    for size in sorted({each.n for each in found}):
        missed += [each for each in slowest if each.n == size][:SLOWEST]
    return missed


def look(credentials: Mapping[str, Any], only: str) -> dict[str, Seen]:
    """Return by request what its statements scan and how long it takes."""
    django.setup()
    override_settings(**READ_ONLY).enable()
    application = Application()
    from django.db import connection  # noqa: PLC0415 -- after the set-up

    large = _large_tables(connection)
    found: dict[str, Seen] = {}
    for name, (path, headers) in offered.asks(credentials).items():
        if only.casefold() not in name.casefold() and name != offered.PLAIN:
            continue

        def ask(path: str = path, headers: dict[str, str] = headers) -> object:
            return application.get(path, headers)

        statements: list[tuple[str, Any]] = []
        try:
            times = [timed(partial(_note_statements, statements, connection, ask))]
        except SystemExit as error:
            # Not every field takes every operator.
            print(f"  {name}: {str(error)[:120]}", file=sys.stderr)
            continue
        scanned = {table for sql, values in statements for table in _scans(connection, sql, values)}
        # What takes long need not be put together first.
        times = times if times[0] > LONG else [timed(ask), timed(ask)]
        found[name] = {"scanned": sorted(scanned & large), "milliseconds": min(times)}
    return found


def timed(ask: Callable[[], object]) -> float:
    """Return the milliseconds of a request that is answered as if for the first time."""
    forget()
    started = spent()
    ask()
    return spent() - started


def forget() -> None:
    """Forget what was found and written, as if nobody had asked for it before."""
    from api.base.kept_writing import forget_writing  # noqa: PLC0415 -- after the set-up
    from contacts.query.broad import forget_breadths  # noqa: PLC0415 -- the same
    from contacts.query.kept_lists import forget_lists  # noqa: PLC0415 -- the same
    from contacts.query.places import forget_places  # noqa: PLC0415 -- the same
    from contacts.query.totals import forget_totals  # noqa: PLC0415 -- the same

    for each in (forget_writing, forget_breadths, forget_lists, forget_places, forget_totals):
        each()


def _large_tables(connection: Any) -> set[str]:  # noqa: ANN401 -- Django's
    """Return the tables that grow with contacts."""
    from contacts.models import Contact  # noqa: PLC0415 -- after the set-up

    least, found = Contact.objects.count() * SHARE, set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("contacts_"):
                cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 -- ours
                found |= {table} if cursor.fetchone()[0] >= least else set()
    return found


def _note_statements(
    seen: list[tuple[str, Any]],
    connection: Any,  # noqa: ANN401 -- Django's
    ask: Callable[[], object],
) -> None:
    """Ask, and note the statements that read."""

    def note(execute: Callable[..., object], sql: str, params: Any, *more: Any) -> object:  # noqa: ANN401
        if sql.lstrip("( ").startswith(("SELECT", "WITH")):
            seen.append((sql, params))
        return execute(sql, params, *more)

    with connection.execute_wrapper(note):
        ask()


def _scans(connection: Any, sql: str, values: Any) -> set[str]:  # noqa: ANN401 -- Django's
    with connection.cursor() as cursor:
        cursor.execute(f"{EXPLAIN[connection.vendor]} {sql}", values)
        steps = "\n".join(row[-1] for row in cursor.fetchall())
    if connection.vendor == "sqlite" and "LIMIT" in sql and ORDERED not in steps:
        return set()
    return set(SCANNED[connection.vendor].findall(steps))


def main() -> int:
    """Measure, or be the process that looks."""
    parser = command.parser(__doc__, [10_000, 1_000_000])
    parser.set_defaults(engine="postgresql")
    options = parser.parse_args()
    if options.size:
        print(json.dumps(look(**json.loads(options.given))))
        return 0
    return command.run(options, lambda: measure(options.sizes, options.only), told)


if __name__ == "__main__":
    sys.exit(main())
