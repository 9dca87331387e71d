"""What is asked of every protocol: list, filter, search, deep page, count, one contact.

Each answers the same six questions as far as its clients can put them: what it has no words for is
left out. What a filter is for is had by so many that the smallest database fills a page with them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

# The address and headers of a request.
Ask = tuple[str, dict[str, str]]
JOB, LEVEL, SEARCHED = "Engineer", 3, "ibanez"
ROWS = 100


@dataclass(frozen=True)
class Seen:
    """A contact that the asker sees, how far in the list a deep page lies, and rows of a page."""

    contact_id: int
    depth: int
    rows: int = ROWS


def requests_of(credentials: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    """Return the requests by protocol and question."""
    return {
        f"{dialect} {name}": ask
        for dialect, asks_of in ASKS.items()
        for name, ask in asks_of(credentials[dialect], seen).items()
    }


def _redmineup(given: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    headers = {"X-Redmine-API-Key": given["api_key"]}
    page = f"/contacts.json?limit={seen.rows}"
    addresses = {
        "list": page,
        "filter": f"{page}&tags=vip",
        "search": f"{page}&search={SEARCHED}",
        "deep page": f"{page}&offset={seen.depth}",
        "count": "/contacts.json?limit=1&tags=vip",
        "contact": f"/contacts/{seen.contact_id}.json",
    }
    return {name: (address, headers) for name, address in addresses.items()}


def _concord(given: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    headers = {"Authorization": f"Bearer {given['token']}"}
    rule, names = "filters[children][0]", {"rule": "job_title", "operator": "equal"}
    filters = {"filters[condition]": "and", f"{rule}[type]": "rule"}
    for name, value in {**names, "value": JOB}.items():
        filters[f"{rule}[query][{name}]"] = value
    queries: dict[str, dict[str, Any]] = {
        "list": {},
        "filter": filters,
        "search": {"q": SEARCHED},
        "deep page": {"page": max(1, seen.depth // seen.rows)},
        "count": {"per_page": 1},
    }
    asks: dict[str, Ask] = {
        name: (f"/api/contacts?{urlencode({'per_page': seen.rows, **query})}", headers)
        for name, query in queries.items()
    }
    return {**asks, "contact": (f"/api/contacts/{seen.contact_id}", headers)}


def _wildapricot(given: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    base = f"/v2.2/accounts/{given['account_id']}/contacts"
    key = {"apikey": given["api_key"], "$async": "false"}
    questions: dict[str, dict[str, Any]] = {
        "list": {"$top": seen.rows},
        "filter": {"$top": seen.rows, "$filter": f"'Membership level ID' eq {LEVEL}"},
        "search": {"$top": seen.rows, "simpleQuery": SEARCHED},
        "deep page": {"$top": seen.rows, "$skip": seen.depth},
        "count": {"$count": "true"},
    }
    asks: dict[str, Ask] = {
        name: (f"{base}?{urlencode({**question, **key})}", {})
        for name, question in questions.items()
    }
    return {**asks, "contact": (f"{base}/{seen.contact_id}?{urlencode(key)}", {})}


def _civicrm(given: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    keys = {"key": given["site_key"], "api_key": given["api_key"], "entity": "Contact"}
    window = {"limit": seen.rows}
    questions: dict[str, dict[str, Any]] = {
        "list": {"options": window},
        "filter": {"job_title": JOB, "options": window},
        "search": {"sort_name": SEARCHED, "options": window},
        "deep page": {"options": {**window, "offset": seen.depth}},
        "count": {},
        "contact": {"id": seen.contact_id},
    }
    asks: dict[str, Ask] = {}
    for name, asked in questions.items():
        call = {**keys, "action": "getcount" if name == "count" else "get"}
        asks[name] = (f"/civicrm/ajax/rest?{urlencode({**call, 'json': json.dumps(asked)})}", {})
    return asks


def vtiger_session(given: Mapping[str, Any]) -> str:
    """Open a session: signing in is not what is measured."""
    from api.vtiger.auth import ACCESS_KEY, LIMITS, SESSION  # noqa: PLC0415 -- after the set-up
    from contacts.access import find_credential, open_session  # noqa: PLC0415 -- the same

    key = find_credential(given["access_key"], [ACCESS_KEY])
    if key is None:
        raise SystemExit("the access key is not known")
    return open_session(key, SESSION, LIMITS)


def _vtiger(given: Mapping[str, Any], seen: Seen) -> dict[str, Ask]:
    session = vtiger_session(given)
    where, rows = "SELECT * FROM Contacts", seen.rows
    queries = {
        "list": f"{where} LIMIT {rows};",
        "filter": f"{where} WHERE title = '{JOB}' LIMIT {rows};",
        "search": f"{where} WHERE lastname LIKE '%{SEARCHED}%' LIMIT {rows};",
        "deep page": f"{where} LIMIT {seen.depth}, {rows};",
        "count": "SELECT COUNT(*) FROM Contacts;",
    }
    asked = {name: {"operation": "query", "query": text} for name, text in queries.items()}
    # The number of the module stands before that of the record.
    asked["contact"] = {"operation": "retrieve", "id": f"12x{seen.contact_id}"}
    return {
        name: (f"/webservice.php?{urlencode({**each, 'sessionName': session})}", {})
        for name, each in asked.items()
    }


ASKS: Mapping[str, Callable[[Mapping[str, Any], Seen], dict[str, Ask]]] = {
    "redmineup": _redmineup,
    "concord": _concord,
    "wildapricot": _wildapricot,
    "civicrm": _civicrm,
    "vtiger": _vtiger,
}
