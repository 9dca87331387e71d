"""The usual requests of every dialect against a bare view, at several sizes.

`python -m benchmarks.dialects [--sizes 10000 100000] [--rounds 30] [--json FILE]`
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks import databases, figures
from benchmarks.figures import Figure
from benchmarks.requests import Application, medians

# The design's goals: a page of a hundred costs at most so many bare views on SQLite.
MOST = {
    "redmineup list": 4.0,
    "concord list": 4.0,
    "wildapricot list": 4.0,
    "civicrm list": 5.0,
    "vtiger list": 5.0,
    "conditional GET": 0.6,
}

# The address and headers of a request.
Ask = tuple[str, dict[str, str]]


@dataclass(frozen=True)
class Seen:
    """A contact that the asker sees, and how far in the list a deep page lies."""

    contact_id: int
    depth: int


def measure(sizes: Sequence[int], rounds: int) -> list[Figure]:
    """Return the figures of all requests at all sizes, and how they grow."""
    found: list[Figure] = []
    ratios: dict[str, dict[int, float]] = {}
    for size in sizes:
        given = json.dumps(databases.prepared(size))
        words = ("--rounds", str(rounds), "--credentials", given)
        times = databases.in_process(size, "dialects", *words)
        floor = times.pop("floor")
        for name, ours in times.items():
            ratios.setdefault(name, {})[size] = ours / floor
            title, most = f"{name} / bare view", MOST.get(name)
            found.append(
                Figure(title, ours / floor, ours, floor, "ms", size, databases.ENGINE, most)
            )
    small, large = min(sizes), max(sizes)
    for name, each in ratios.items() if small != large else ():
        growth = each[large] / each[small]
        title = f"{name}: {large} / {small}"
        found.append(Figure(title, growth, each[large], each[small], "x", large, databases.ENGINE))
    return found


def time_requests(credentials: Mapping[str, Any], size: int, rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each request and of the floor, in this process."""
    application = Application()

    def asking(ask: Ask) -> Callable[[], bytes]:
        return lambda: application.get(*ask)

    listed, headers = _redmineup(credentials["redmineup"], Seen(0, size))["redmineup list"]
    people = application.get("/contacts.json?limit=1&is_company=0", headers)
    seen = Seen(json.loads(people)["contacts"][0]["id"], size // 4)
    asks: dict[str, Callable[[], object]] = {
        name: asking(ask) for name, ask in requests_of(credentials, seen).items()
    }
    asks["floor"] = lambda: application.get("/floor/page")
    tag = application.head_of(listed, headers)["ETag"]
    again = {**headers, "If-None-Match": tag}
    asks["conditional GET"] = lambda: application.get(listed, again, expected="304")
    return medians(asks, rounds)


def requests_of(credentials: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    """Return list, filter, search, deep page and single contact in every dialect."""
    return (
        _redmineup(credentials["redmineup"], seen)
        | _concord(credentials["concord"], seen)
        | _wildapricot(credentials["wildapricot"], seen)
        | _civicrm(credentials["civicrm"], seen)
        | _vtiger(credentials["vtiger"], seen)
    )


def _redmineup(given: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    headers = {"X-Redmine-API-Key": given["api_key"]}
    addresses = {
        "list": "/contacts.json?limit=100",
        "filter": "/contacts.json?limit=100&tags=vip",
        "search": "/contacts.json?limit=100&search=petrov",
        "deep page": f"/contacts.json?limit=100&offset={seen.depth}",
        "contact": f"/contacts/{seen.contact_id}.json",
    }
    return {f"redmineup {name}": (address, headers) for name, address in addresses.items()}


def _concord(given: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    headers = {"Authorization": f"Bearer {given['token']}"}
    addresses = {
        "list": "/api/contacts?per_page=100",
        "contact": f"/api/contacts/{seen.contact_id}",
    }
    return {f"concord {name}": (address, headers) for name, address in addresses.items()}


def _wildapricot(given: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    base = f"/v2.2/accounts/{given['account_id']}/contacts"
    key = {"apikey": given["api_key"], "$async": "false"}
    questions: dict[str, dict[str, Any]] = {
        "list": {"$top": 100},
        "filter": {"$top": 100, "$filter": "'Last name' eq 'Petrov'"},
        "deep page": {"$top": 100, "$skip": seen.depth},
        "count": {"$count": "true"},
    }
    asks: dict[str, Ask] = {
        f"wildapricot {name}": (f"{base}?{urlencode({**question, **key})}", {})
        for name, question in questions.items()
    }
    asks["wildapricot contact"] = (f"{base}/{seen.contact_id}?{urlencode(key)}", {})
    return asks


def _civicrm(given: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    keys = {"key": given["site_key"], "api_key": given["api_key"]}
    questions: dict[str, dict[str, Any]] = {
        "list": {"options": {"limit": 100}},
        "filter": {"last_name": "Petrov", "options": {"limit": 100}},
        "deep page": {"options": {"limit": 100, "offset": seen.depth}},
        "contact": {"id": seen.contact_id},
    }
    call = {"entity": "Contact", "action": "get", **keys}
    return {
        f"civicrm {name}": (
            f"/civicrm/ajax/rest?{urlencode({**call, 'json': json.dumps(asked)})}",
            {},
        )
        for name, asked in questions.items()
    }


def _vtiger(given: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    # Signing in is not what is measured, so the session is opened here.
    from api.vtiger.auth import ACCESS_KEY, LIMITS, SESSION  # noqa: PLC0415 -- after the set-up
    from contacts.access import find_credential, open_session  # noqa: PLC0415 -- the same

    key = find_credential(given["access_key"], [ACCESS_KEY])
    if key is None:
        raise SystemExit("the access key is not known")
    session = open_session(key, SESSION, LIMITS)
    deep = f"SELECT * FROM Contacts LIMIT {seen.depth}, 100;"  # noqa: S608 -- the query language of the protocol
    questions = {
        "list": {"operation": "query", "query": "SELECT * FROM Contacts LIMIT 100;"},
        "filter": {
            "operation": "query",
            "query": "SELECT * FROM Contacts WHERE lastname = 'Petrov' LIMIT 100;",
        },
        "deep page": {"operation": "query", "query": deep},
        "count": {"operation": "query", "query": "SELECT COUNT(*) FROM Contacts;"},
    }
    return {
        f"vtiger {name}": (f"/webservice.php?{urlencode({**asked, 'sessionName': session})}", {})
        for name, asked in questions.items()
    }


def main() -> int:
    """Measure, or be the process that measures one size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--credentials", type=json.loads, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.size:
        print(json.dumps(time_requests(options.credentials, options.size, options.rounds)))
        return 0
    return figures.report(measure(options.sizes, options.rounds), options.json)


if __name__ == "__main__":
    sys.exit(main())
