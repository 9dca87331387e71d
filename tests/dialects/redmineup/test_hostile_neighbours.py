"""Whatever is sent to the resources beside contacts, the answer is one of the dialect's own."""

import json
from collections.abc import Mapping

import pytest
from django.http import HttpResponse

from api.redmineup.mapping import (
    custom_field_definitions,
    deals,
    issues,
    notes,
    people,
    projects,
)
from api.redmineup.mapping.deal_filters import DEAL_FILTERS
from api.redmineup.mapping.issue_filters import ISSUE_FILTERS
from api.redmineup.mapping.user_filters import USER_FILTERS
from contacts.models import Project, User
from tests.builders import actor_for, make_contact, make_custom_field
from tests.dialects.redmineup.calling import Caller, caller

ANSWERS = {200, 201, 204, 400, 403, 404, 406, 409, 413, 422}

VALUES: list[object] = [
    None,
    "",
    " ",
    [],
    {},
    [[]],
    [None],
    [{"id": {}}],
    {"a": {"b": []}},
    True,
    -1,
    0,
    10**30,
    1.5e300,
    "-0",
    "1e999",
    "NaN",
    "\x00",
    "a\x00b",
    "\ud800",
    "x" * 70_000,
    "9999-99-99",
    "0000-01-01",
    "10000-01-01",
    "'; DROP TABLE x; --",
    "<script>",
    "%s%n",
    "\u202e\u0301",
]

# Those that some attributes take; the others are sent for all attributes at once.
ALONE: list[object] = [None, [], {"a": {"b": []}}, True, -1, 10**30, "x" * 70_000, "%s%n"]

BODIES: list[tuple[bytes, str]] = [
    (b"", "application/json"),
    (b"{", "application/json"),
    (b"[]", "application/json"),
    (b"7", "application/json"),
    (b"null", "application/json"),
    (b'"text"', "application/json"),
    (b'{"a":' * 2_000 + b"1" + b"}" * 2_000, "application/json"),
    (b'{"x": "\xff\xfe"}', "application/json"),
    (b"<a>", "application/xml"),
    (b"<a/>", "application/xml"),
    (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "application/xml"),
    (b'<a type="yaml">x</a>', "application/xml"),
    (b"<a>" * 2_000 + b"</a>" * 2_000, "application/xml"),
    (b"a=1&a[b]=2", "application/x-www-form-urlencoded"),
    (b"a" + b"[b]" * 2_000 + b"=1", "application/x-www-form-urlencoded"),
    (b"%ff%fe=%00", "application/x-www-form-urlencoded"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"anything", "application/octet-stream"),
]

PLACES = [
    "/notes",
    "/deals",
    "/projects/demo/deals",
    "/projects/demo/deal_categories",
    "/issues",
    "/projects",
    "/projects/demo/memberships",
    "/users",
    "/groups",
    "/custom_fields",
    "/uploads",
]

ATTRIBUTES: Mapping[str, tuple[str, list[str]]] = {
    "/notes": ("note", [*notes.ATTRIBUTES, "source_id", "source_type", "created_on", "uploads"]),
    "/deals": ("deal", [*deals.ATTRIBUTES, "project_id", "related_contacts", "custom_fields"]),
    "/issues": ("issue", [*issues.ATTRIBUTES, *issues.LISTS, "project_id", "uploads"]),
    "/projects": ("project", [*projects.ATTRIBUTES, "parent_id", "enabled_module_names"]),
    "/projects/demo/memberships": ("membership", ["user_id", "group_id", "role_ids"]),
    "/projects/demo/deal_categories": ("category", ["name"]),
    "/users": ("user", [*people.ATTRIBUTES, "password", "status"]),
    "/groups": ("group", ["name", "user_ids"]),
    "/custom_fields": (
        "custom_field",
        [
            *custom_field_definitions.ATTRIBUTES,
            "field_format",
            "customized_type",
            "possible_values",
            "visible",
        ],
    ),
}

GOOD: Mapping[str, dict[str, object]] = {
    "/notes": {"content": "x", "source_type": "Contact"},
    "/deals": {"name": "x", "project_id": "demo"},
    "/issues": {"subject": "x", "project_id": "demo"},
    "/projects": {"name": "x"},
    "/projects/demo/memberships": {},
    "/projects/demo/deal_categories": {},
    "/users": {"firstname": "x", "lastname": "x", "mail": "x@example.com"},
    "/groups": {},
    "/custom_fields": {"name": "x", "field_format": "list", "possible_values": ["a"]},
}


@pytest.fixture
def adas(ada: User, project: Project) -> Caller:
    return caller(ada)


def require_own(answer: HttpResponse, what: object) -> None:
    """Fail unless the answer is one that the dialect knows, without a page of somebody else."""
    told = (answer.status_code, str(what)[:300], answer.content[:300])
    assert answer.status_code in ANSWERS, told
    assert b"<html" not in answer.content.lower(), told


@pytest.mark.parametrize("place", PLACES)
def test_broken_bodies_are_refused(adas: Caller, place: str) -> None:
    for body, content_type in BODIES:
        require_own(adas.post(f"{place}.json", body, content_type), (body, content_type))


@pytest.mark.parametrize("place", ATTRIBUTES)
def test_values_of_any_kind_are_taken_or_refused(adas: Caller, ada: User, place: str) -> None:
    root, names = ATTRIBUTES[place]
    contact = make_contact(actor_for(ada))
    make_custom_field("Number", type="integer", object_kind="deal")
    good = dict(GOOD[place]) | ({"source_id": contact.pk} if place == "/notes" else {})
    sent = [{name: value} for name in names for value in ALONE]
    sent += [dict.fromkeys(names, value) for value in VALUES]
    for number, values in enumerate(sent):
        unique = {"/projects": {"identifier": f"p-{number}"}, "/users": {"login": f"u{number}"}}
        record = {**good, **unique.get(place, {}), **values}
        require_own(adas.post(f"{place}.json", json.dumps({root: record}).encode()), values)


@pytest.mark.parametrize(
    "attribute", ["custom_fields", "custom_field_values", "related_contacts", "uploads"]
)
def test_lists_of_any_shape_are_taken_or_refused(adas: Caller, attribute: str) -> None:
    field = make_custom_field("Number", type="integer", object_kind="deal").pk
    for value in VALUES:
        for shape in (value, [value], {str(field): value}, [{"id": field, "value": value}]):
            deal = {"name": "x", "project_id": "demo", attribute: shape}
            require_own(adas.post("/deals.json", json.dumps({"deal": deal}).encode()), shape)


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("/deals", [*DEAL_FILTERS, "search", "sort", "query_id", "project_id", "cf_1"]),
        ("/issues", [*ISSUE_FILTERS, "search", "sort", "query_id", "project_id"]),
        ("/users", [*USER_FILTERS, "sort"]),
        ("/search", ["q", "contacts", "limit", "offset"]),
        ("/projects", ["limit", "offset", "page", "include", "name"]),
        ("/notes", ["source_type", "source_id"]),
        ("/crm_queries", ["object_type", "limit"]),
    ],
)
def test_filters_of_any_kind_are_understood_or_refused(
    adas: Caller, place: str, names: list[str]
) -> None:
    values = [
        "%00",
        "%ff",
        "!",
        "><1|",
        ">=x",
        ">t-99999999",
        "1|2|x",
        "%25",
        "9" * 30,
        "x" * 3_000,
    ]
    for name in names:
        for value in values:
            require_own(adas.get(f"{place}.json?{name}={value}"), (name, value))
        for query in (f"{name}[]=a&{name}[]=b", f"{name}[a][b]=c", f"f[]={name}&op[{name}]=zz"):
            require_own(adas.get(f"{place}.json?{query}"), query)


@pytest.mark.parametrize(
    "place", ["notes", "deals", "issues", "projects", "users", "groups", "roles", "memberships"]
)
@pytest.mark.parametrize(
    "number", ["0", "-1", "x", "1x", "99999999999999999999", "0" * 40 + "9" * 25]
)
def test_an_id_that_is_none_is_missing(adas: Caller, place: str, number: str) -> None:
    for method in ("GET", "PUT", "DELETE"):
        answer = adas.send(method, f"/{place}/{number}.json", {"x": 1} if method == "PUT" else None)
        assert answer.status_code == 404, (method, answer.status_code)
        assert answer.content == b""


def test_a_record_changed_since_is_left_alone(adas: Caller) -> None:
    deal = adas.make("/deals.json", {"deal": {"name": "x", "project_id": "demo"}})["deal"]["id"]
    path = f"/deals/{deal}.json"
    tag = adas.get(path)["ETag"]
    adas.put(path, {"deal": {"name": "y"}})
    stale = {"HTTP_IF_MATCH": tag}

    for method in ("PUT", "DELETE"):
        body = json.dumps({"deal": {"name": "z"}})
        headers = {"X-Redmine-API-Key": adas.key}
        answer = adas.client.generic(
            method, path, body, "application/json", headers=headers, **stale
        )
        assert answer.status_code == 412

    assert adas.read(path)["deal"]["name"] == "y"
