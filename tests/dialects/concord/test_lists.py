"""Lists and searches: pages, order, select, the grammar of q."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import system_actor
from contacts.models import User
from contacts.services.contacts import update_contact
from tests.builders import actor_for, make_contact
from tests.costs import statements_of
from tests.dialects.concord.calling import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(alice: User) -> dict[str, int]:
    """Return five people by first name."""
    actor = actor_for(alice)
    rows: list[dict[str, Any]] = [
        {"first_name": "John", "last_name": "Doe", "emails": ["john@x.org"]},
        {"first_name": "Joanna", "last_name": "Roe", "phones": ["+4020-4020"]},
        {"first_name": "Zoë", "last_name": "Adams", "addresses": [{"city": "Jena"}]},
        {"first_name": "Пётр", "last_name": "Иванов", "job_title": "Buyer"},
        {"first_name": "anna", "last_name": "Bell", "owner": alice.pk},
    ]
    return {row["first_name"]: make_contact(actor, **row).pk for row in rows}


def names(caller: Caller, query: str) -> list[str]:
    """Return the first names of a list."""
    return [row["first_name"] for row in caller.read(f"/api/contacts?{query}")["data"]]


def found(caller: Caller, query: str) -> set[str]:
    """Return the first names of a search."""
    return {row["first_name"] for row in caller.read(f"/api/contacts/search?{query}")}


def test_a_page_has_the_links_and_figures_of_laravel(
    as_alice: Caller, people: dict[str, int]
) -> None:
    body = as_alice.read("/api/contacts?per_page=2&page=2&q=o%3Dx&search_fields=id;last_name:=&x=1")
    assert (body["data"], body["meta"]["from"], body["meta"]["last_page"]) == ([], None, 1)
    body = as_alice.read("/api/contacts?per_page=2&page=2&with=deals")
    meta = body["meta"]
    assert {key: meta[key] for key in ("current_page", "from", "to", "last_page")} == {
        "current_page": 2,
        "from": 3,
        "to": 4,
        "last_page": 3,
    }
    assert (meta["per_page"], meta["total"]) == (2, 5)
    assert meta["path"] == "http://testserver/api/contacts"
    assert body["links"]["next"] == "http://testserver/api/contacts?per_page=2&with=deals&page=3"
    assert [link["label"] for link in meta["links"]] == [
        "&laquo; Previous",
        "1",
        "2",
        "3",
        "Next &raquo;",
    ]
    assert [link["active"] for link in meta["links"]] == [False, False, True, False, False]


def test_following_next_reads_everything_once(as_alice: Caller, people: dict[str, int]) -> None:
    url, seen = "/api/contacts?per_page=2&order=id", []
    while url:
        body = as_alice.read(url)
        seen += [row["id"] for row in body["data"]]
        url = body["links"]["next"]
    assert seen == sorted(people.values())


@pytest.mark.parametrize(
    ("query", "per_page"),
    [
        ("", 15),
        ("per_page=0", 15),
        ("per_page=-3", 15),
        ("per_page=x", 15),
        ("per_page=5000", 1000),
    ],
)
def test_strange_sizes_of_pages_become_usual_ones(
    query: str, per_page: int, as_alice: Caller
) -> None:
    assert as_alice.read(f"/api/contacts?{query}")["meta"]["per_page"] == per_page


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("", "anna"),
        ("order=last_name", "Zoë"),
        ("order=last_name|desc", "Пётр"),
        ("order=last_name%7CDESC", "Пётр"),
        ("order[field]=last_name&order[direction]=desc", "Пётр"),
        ("order[0][field]=last_name&order[0][direction]=desc&order[1][field]=id", "Пётр"),
        ("order=created_at|desc;id", "anna"),
        ("order=contacts.last_name", "Zoë"),
        ("order[field]=&order[direction]=desc", "anna"),
        ("order=|desc;last_name", "Zoë"),
        ("sort_field=last_name&sort_direction=desc", "Пётр"),
    ],
)
def test_lists_are_ordered_as_asked(
    query: str, first: str, as_alice: Caller, people: dict[str, int]
) -> None:
    assert names(as_alice, query)[0] == first


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("order=foo", "Cannot order by: foo."),
        ("order=id|sideways", "Cannot order by: sideways."),
        ("select=foo", "Unknown field: foo."),
    ],
)
def test_what_cannot_be_ordered_or_selected_is_refused(
    query: str, message: str, as_alice: Caller, people: dict[str, int]
) -> None:
    answer = as_alice.get(f"/api/contacts?{query}")
    assert (answer.status_code, json.loads(answer.content)) == (400, {"message": message})


def test_what_is_not_selected_is_null(as_alice: Caller, people: dict[str, int]) -> None:
    row = as_alice.read("/api/contacts?select=first_name;id&q=John")["data"][0]
    assert (row["first_name"], row["id"], row["last_name"]) == ("John", people["John"], None)
    assert row["display_name"] == "John Doe"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("q=John", {"John"}),
        ("q=John Doe", {"John"}),
        ("q=ZOË", {"Zoë"}),
        ("q=1.5", set()),
        ("q=-.5&search_fields=country_id", set()),
        ("q=ПЁТР", {"Пётр"}),
        ("q=JOHN@X.ORG&search_fields=email:=", {"John"}),
        ("q=x.org&search_fields=email:=", set()),
        ("q=%2B4020-4020&search_fields=email:like;phones.number:=", {"Joanna"}),
        ("q=first_name:jo;city:Jena&search_match=and", set()),
        ("q=first_name:jo;city:Jena", {"John", "Joanna", "Zoë"}),
        ("q=first_name:zo;first_name:john", {"John"}),
        ("q=first_name:jo;last_name:doe&search_match=AND", {"John"}),
        ("q=first_name:john,anna&search_fields=first_name:in", {"John", "anna"}),
        ("q=Jo&search_fields=foo;first_name", {"John", "Joanna"}),
        ("q=John&search_fields=first_name:between", {"John"}),
        ("q=alice&search_fields=user.name", {"anna"}),
        ("q=Meeting: 10:30", set()),
        ("q=deals_count:1", set()),
        ("q=", set()),
        ("q=0", set()),
    ],
)
def test_searches_find_what_the_grammar_says(
    query: str, wanted: set[str], as_alice: Caller, people: dict[str, int]
) -> None:
    assert found(as_alice, quote(query, safe="=&%:;")) == wanted


def test_no_usable_field_is_refused_with_the_fields_there_are(
    as_alice: Caller, people: dict[str, int]
) -> None:
    answer = as_alice.get("/api/contacts/search?q=x&search_fields=foo")
    assert answer.status_code == 403
    assert json.loads(answer.content)["message"].endswith(
        "id,first_name,last_name,email,phones.number,user.name,user_id,source.name,source_id,"
        "job_title,street,city,state,postal_code,country.name,country_id,full_name"
    )
    assert as_alice.read("/api/contacts/search?q=&search_fields=foo") == []


def test_pairs_that_the_fields_exclude_are_refused(as_alice: Caller) -> None:
    answer = as_alice.get("/api/contacts/search?q=first_name:x&search_fields=email")
    assert (answer.status_code, json.loads(answer.content)["message"]) == (
        400,
        "Invalid search fields.",
    )


def test_take_limits_a_search_and_not_a_list(as_alice: Caller, people: dict[str, int]) -> None:
    assert len(as_alice.read("/api/contacts/search?q=a&take=1")) == 1
    assert len(as_alice.read("/api/contacts?q=a&take=1")["data"]) > 1


@pytest.mark.parametrize("text", ["x" * 9_000, "%00", "a:b:c;;:", "://", "%25_%25"])
def test_strange_texts_are_searched_without_harm(
    text: str, as_alice: Caller, people: dict[str, int]
) -> None:
    assert as_alice.get(f"/api/contacts/search?q={text}").status_code == 200


def test_everything_is_searched_at_once(as_alice: Caller, people: dict[str, int]) -> None:
    as_alice.make("/api/companies", {"name": "Johnson Ltd"})
    groups = as_alice.read("/api/search?q=john")
    hits = {
        group["resource_name"]: [hit["display_name"] for hit in group["data"]] for group in groups
    }
    assert hits == {
        "contacts": ["John Doe"],
        "companies": ["Johnson Ltd"],
        "deals": [],
        "activities": [],
        "products": [],
    }
    only = as_alice.read("/api/search?q=john&only=contacts")
    assert [group["resource_name"] for group in only] == ["contacts"]


def test_changes_since_a_moment_are_listed(as_alice: Caller, people: dict[str, int]) -> None:
    assert names(as_alice, "updated_since=2099-01-01T00:00:00Z") == []
    assert len(names(as_alice, "updated_since=2020-01-01T00:00:00Z")) == 5
    assert as_alice.get("/api/contacts?updated_since=soon").status_code == 400


@pytest.mark.parametrize("path", ["/api/contacts/", "/api/contacts"])
def test_a_slash_at_the_end_makes_no_difference(path: str, as_alice: Caller) -> None:
    assert as_alice.get(path).status_code == 200
    assert as_alice.post(path, {"first_name": "Tom"}).status_code == 201


def test_a_page_of_a_hundred_takes_three_statements(as_alice: Caller, alice: User) -> None:
    """The token, the documents, the deals and companies of all."""
    actor = actor_for(alice)
    acme = make_contact(actor, organization_name="Acme", kind="organization")
    for number in range(100):
        make_contact(actor, first_name=f"P{number}", companies=[acme.pk])
    path = "/api/contacts?per_page=100&with=companies;deals"
    assert len(as_alice.read(path)["data"]) == 100
    assert len(statements_of(lambda: as_alice.read(path))) == 3


def test_hidden_companies_are_neither_shown_nor_counted(
    as_alice: Caller, alice: User, charlie: User
) -> None:
    hidden = make_contact(actor_for(charlie), organization_name="Secret", kind="organization")
    contact = make_contact(actor_for(alice))
    update_contact(system_actor("test"), contact.pk, {"companies": [hidden.pk]})
    row = as_alice.read("/api/contacts?with=companies")["data"][0]
    assert (row["companies"], row["companies_count"]) == ([], 0)
    assert as_alice.read(f"/api/contacts/{contact.pk}")["companies"] == []


@pytest.mark.parametrize("resource", ["contacts", "companies"])
def test_the_total_of_a_first_page_counts_no_contacts(
    resource: str, as_alice: Caller, alice: User
) -> None:
    """Each list is of some kinds, of which the numbers are kept."""
    actor = actor_for(alice)
    for number in range(3):
        make_contact(actor, first_name=f"P{number}")
    names = ("A", "B", "C")
    firms = [make_contact(actor, kind="organization", organization_name=each).pk for each in names]
    path = f"/api/{resource}?per_page=1"
    known = statements_of(lambda: as_alice.read(path))
    # Nothing of a list is left but its total, which each change moves.
    update_contact(system_actor("test"), firms[0], {"kind": "person", "first_name": "A"})
    with CaptureQueriesContext(connection) as asked:
        body = as_alice.read(path)
    assert body["meta"]["total"] == {"contacts": 4, "companies": 2}[resource]
    (counted,) = [each["sql"] for each in asked if "contacts_circlecount" in each["sql"]]
    assert 'contacts_contact"' not in counted
    # Both pages are full after the first contacts in order: the token, the page, and the total.
    assert sum(" FROM " in each["sql"] for each in asked) <= len(known) + 1
