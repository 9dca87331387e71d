"""Which requests make the database read a whole table: every order and filter that dialects offer.

`python -m benchmarks.plans [--sizes 100000] [--engine sqlite]`

Each statement that a request sends is explained by the database, for the member of ten projects;
what is counted are the tables that are as large as that of contacts and are read from end to end.
Words that nobody has are asked for: a filter that keeps nothing is the dearest without an index.
A page that SQLite reads along an index or the ids, without putting rows in order, ends with its
last row and is no scan.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks import command, databases
from benchmarks.figures import Figure
from benchmarks.requests import Application

LIST = "/contacts.json?limit=25"
# What is answered by a scan of a table as large as this share of all contacts grows with them.
SHARE = 0.5
RARE = "zzqx"
# By database: what explains a statement, and the table that is read from end to end.
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}
SCANNED = {
    "sqlite": re.compile(r"^SCAN (contacts_\w+)(?! USING INDEX)", re.MULTILINE),
    "postgresql": re.compile(r"Seq Scan on (contacts_\w+)"),
}
ORDERED = "USE TEMP B-TREE FOR ORDER BY"

FILTERED = {
    "created_on": "><2001-01-01|2001-01-02",
    "updated_on": "><2001-01-01|2001-01-02",
    "last_note": "><2001-01-01|2001-01-02",
    "assigned_to_id": "=1",
    # Somebody who wrote nothing.
    "author_id": "=2",
    "country": "=IS",
    "ids": "1",
    "is_company": "1",
    "has_deals": "1",
    "has_open_issues": "1",
    "tags": "vip",
}

CIVICRM = {
    "display_name": RARE,
    "email": f"{RARE}@example.com",
    "phone": "987654321",
    "city": RARE,
    "postal_code": RARE,
    "birth_date": {">": "2100-01-01"},
    "job_title": {"LIKE": f"%{RARE}%"},
    "external_identifier": RARE,
}


def measure(sizes: Sequence[int]) -> list[Figure]:
    """Return how many tables each request scans at each size."""
    found = []
    for size in sizes:
        given = json.dumps(databases.prepared(size))
        seen = databases.in_process(size, "plans", "--given", given)
        for name, tables in seen.items():
            title = f"{name}: scans {', '.join(tables) or 'nothing'}"
            found.append(Figure(title, len(tables), len(tables), 0, "tables", size, 0))
    return found


def scans_of(credentials: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return by request the large tables that its statements scan."""
    application = Application()
    from django.db import connection  # noqa: PLC0415 -- after the set-up

    large = _large_tables(connection)
    found: dict[str, list[str]] = {}
    for name, (path, headers) in asks(credentials).items():
        statements = _statements(connection, lambda p=path, h=headers: application.get(p, h))
        scanned = {table for sql, values in statements for table in _scans(connection, sql, values)}
        found[name] = sorted(scanned & large)
    return found


def asks(credentials: Mapping[str, Any]) -> dict[str, tuple[str, dict[str, str]]]:
    """Return a list in every order, and under every filter."""
    headers = {"X-Redmine-API-Key": credentials["redmineup"]["api_key"]}
    return {
        **{name: (path, headers) for name, path in _redmineup()},
        **dict(_wildapricot(credentials["wildapricot"])),
        **dict(_civicrm(credentials["civicrm"])),
    }


def _redmineup() -> Iterator[tuple[str, str]]:
    from api.redmineup.mapping.contact_filters import (  # noqa: PLC0415 -- after the set-up
        CONTACT_COLUMNS,
        CONTACT_FILTERS,
    )

    for name in [*CONTACT_COLUMNS, "cf_2", "cf_3", "cf_5"]:
        for way in ("", ":desc"):
            yield f"redmineup sort {name}{way}", f"{LIST}&sort={name}{way}"
    for name in CONTACT_FILTERS:
        value = FILTERED.get(name, f"={RARE}")
        yield f"redmineup filter {name}", f"{LIST}&{name}={quote(value)}"
        if name not in FILTERED:
            yield f"redmineup filter {name} contains", f"{LIST}&{name}={quote('~' + RARE)}"
    for name, value in {"cf_2": "><2001-01-01|2001-01-02", "cf_3": "=987654", "cf_5": "=x"}.items():
        yield f"redmineup filter {name}", f"{LIST}&{name}={quote(value)}"


def _wildapricot(given: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, dict[str, str]]]]:
    base = f"/v2.2/accounts/{given['account_id']}/contacts"
    filters = {
        "text eq": f"'Last name' eq '{RARE}'",
        "text substringof": f"substringof('Last name', '{RARE}')",
        "email": f"Email eq '{RARE}@example.com'",
        "organization": f"Organization eq '{RARE}'",
        "moment": "'Profile last updated' lt 2001-01-01",
        "member since": "'Member since' lt 1990-01-01",
        "status": "'Membership status' eq 'Lapsed'",
        "balance": "Balance gt 987654",
    }
    for name, text in filters.items():
        asked = {"$async": "false", "$top": 25, "$filter": text, "apikey": given["api_key"]}
        yield f"wildapricot filter {name}", (f"{base}?{urlencode(asked)}", {})


def _civicrm(given: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, dict[str, str]]]]:
    call = {"entity": "Contact", "action": "get", "key": given["site_key"]}
    call["api_key"] = given["api_key"]
    orders = ("id", "sort_name", "first_name", "last_name", "created_date", "modified_date")
    questions: dict[str, dict[str, Any]] = {
        f"sort {name}": {"options": {"limit": 25, "sort": f"{name} DESC"}} for name in orders
    }
    for name, value in CIVICRM.items():
        questions[f"filter {name}"] = {name: value, "options": {"limit": 25}}
    for name, asked in questions.items():
        path = f"/civicrm/ajax/rest?{urlencode({**call, 'json': json.dumps(asked)})}"
        yield f"civicrm {name}", (path, {})


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


def _statements(connection: Any, ask: Callable[[], object]) -> list[tuple[str, Any]]:  # noqa: ANN401
    seen: list[tuple[str, Any]] = []

    def note(execute: Callable[..., object], sql: str, params: Any, *more: Any) -> object:  # noqa: ANN401
        seen.append((sql, params))
        return execute(sql, params, *more)

    with connection.execute_wrapper(note):
        ask()
    return [
        (sql, values) for sql, values in seen if sql.lstrip("( ").startswith(("SELECT", "WITH"))
    ]


def _scans(connection: Any, sql: str, values: Any) -> set[str]:  # noqa: ANN401 -- Django's
    with connection.cursor() as cursor:
        cursor.execute(f"{EXPLAIN[connection.vendor]} {sql}", values)
        steps = "\n".join(row[-1] for row in cursor.fetchall())
    if connection.vendor == "sqlite" and "LIMIT" in sql and ORDERED not in steps:
        return set()
    return set(SCANNED[connection.vendor].findall(steps))


def main() -> int:
    """Measure, or be the process that explains."""
    parser = command.parser(__doc__, [100_000])
    parser.set_defaults(engine="postgresql")
    options = parser.parse_args()
    if options.size:
        print(json.dumps(scans_of(json.loads(options.given))))
        return 0
    return command.run(options, lambda: measure(options.sizes))


if __name__ == "__main__":
    sys.exit(main())
