"""The rows of Concord: every route for every resource that may hide something."""

from collections.abc import Iterator, Mapping

from api.concord.resources import RESOURCES
from tests.trust.rows.probe import Body, Probe, as_json, as_query, each_method, filled

# The noun behind each resource; those that are nobody's secret stand under a noun of their own.
NOUNS: Mapping[str, str] = {
    "contacts": "contact",
    "companies": "company",
    "deals": "deal",
    "activities": "activity",
    "calls": "activity",
    "notes": "note",
    "pipelines": "pipeline",
    "pipeline-stages": "stage",
    "products": "product",
    "users": "user",
    "custom-fields": "field",
    "sources": "option",
    "industries": "option",
    "call-outcomes": "option",
    "activity-types": "option",
    "lost-reasons": "option",
}
# Routes in which an id is not one of the resource named before it.
IDS: Mapping[str, str] = {
    "api/personal-access-tokens/": "{token}",
    "api/teams/": "{group}",
    "api/tags/": "{tag}",
    "api/comments/": "{comment}",
    "api/activities/": "{activity}",
    "api/deals/": "{deal}",
    "api/products/": "{product}",
    "forms/f/": "{form}",
}
HIDING = ("contacts", "companies", "deals", "activities", "calls", "notes", "users")
OTHERS = ("contacts", "companies", "deals", "activities", "notes", "calls")
ACTION = "delete-action"

# An e-mail that is taken is told of, whoever has it: clients count on it (docs/security.md).
BODIES: Mapping[str, list[Body]] = {
    "contacts": [
        {"first_name": "Ann", "companies": ["{company}"]},
        {"first_name": "Ann", "deals": ["{deal}"]},
        {"first_name": "Ann", "user_id": "{user}"},
        {"first_name": "Ann", "phones": [{"number": "+4930123456", "type": "work"}]},
    ],
    "companies": [
        {"name": "x", "contacts": ["{contact}"]},
        {"name": "x", "parent_company_id": "{company}"},
    ],
    "deals": [
        {"name": "x", "contacts": ["{contact}"], "companies": ["{company}"]},
        {"name": "x", "user_id": "{user}"},
    ],
    "activities": [
        {
            "title": "x",
            "activity_type_id": 1,
            "due_date": "2026-12-01",
            "contacts": ["{contact}"],
            "deals": ["{deal}"],
            "guests": {"contacts": ["{contact}"], "users": ["{user}"]},
        }
    ],
    "calls": [
        {
            "body": "x",
            "date": "2026-12-01 10:00:00",
            "call_outcome_id": 1,
            "contacts": ["{contact}"],
        }
    ],
    "notes": [{"body": "x", via: [place]} for via, place in (("contacts", "{contact}"),)]
    + [{"body": "x", "via_resource": "deals", "via_resource_id": "{deal}"}],
}
LINKS: list[Body] = [{"contacts": ["{contact}"], "deals": ["{deal}"]}, {"ids": ["{contact}"]}]
BY_PART: Mapping[str, list[Body]] = {
    "associations": LINKS,
    "comments": [{"body": "x", "via_resource": "contacts", "via_resource_id": "{contact}"}],
    "tags": [{"name": "{mark}", "swatch_color": "#ffffff"}],
    "teams": [{"name": "x", "members": ["{user}"], "user_id": "{user}"}],
    "/billable": [{"products": [{"name": "x", "unit_price": 1, "qty": 1}]}],
}
QUERIES: list[dict[str, str]] = [
    {"q": "{mark}"},
    {"q": "{contact}", "search_fields": "id:="},
    {"q": "{mark}", "search_fields": "companies.name:like"},
    {"q": "{user}", "search_fields": "user_id:="},
    {"with": "contacts;companies;deals;notes;activities", "order": "created_at|desc"},
    {"via_resource": "contacts", "via_resource_id": "{contact}"},
]


def names() -> set[str]:
    """Return every method of every route, and every resource."""
    return {name for _, _, name in each_method("concord")} | set(RESOURCES)


def probes() -> Iterator[Probe]:
    """Yield the requests of every route; a resource counts as asked for by its list."""
    for resource in RESOURCES:
        yield Probe(resource, "GET", f"/api/{resource}")
        yield Probe(resource, "GET", f"/api/{resource}/{{{NOUNS[resource]}}}")
    for route, method, name in each_method("concord"):
        resources = HIDING if "<resource>" in route.pattern else ("",)
        for resource in resources:
            for other in OTHERS if "<other>" in route.pattern else ("",):
                path = _path(route.pattern, resource, other)
                yield from _requests(name, method, path, resource)


def _path(pattern: str, resource: str, other: str) -> str:
    stem = pattern.removesuffix("/?")
    own = [place for start, place in IDS.items() if stem.startswith(start)]
    places = {
        "resource": resource,
        "other": other,
        "record_id": own[0] if own else f"{{{NOUNS.get(resource, 'contact')}}}",
        "media_id": "{attachment}",
        "form_id": "{form}",
        "status": "won",
        "action": ACTION,
    }
    return "/" + filled(stem, places)


def _requests(name: str, method: str, path: str, resource: str) -> Iterator[Probe]:
    if method == "GET":
        yield Probe(name, method, path)
        for query in QUERIES:
            yield Probe(name, method, f"{path}?{as_query(**query)}")
        return
    # Each way to create a record is asked for in the short run as well: its checks are its own.
    is_create = method == "POST" and path == f"/api/{resource}"
    for body in _bodies(path, resource):
        kind = f"{name} {resource} {sorted(body)}" if is_create else name
        yield Probe(name, method, path, as_json(body), kind=kind)


def _bodies(path: str, resource: str) -> list[Body]:
    for part, bodies in BY_PART.items():
        if part in path:
            return bodies
    if "/actions/" in path:
        return [{"ids": ["{" + NOUNS[resource] + "}"]}]
    return BODIES.get(resource, [{}])
