"""The search over everything, and the small lists of tickets."""

from functools import partial

import pytest

from contacts.models import Contact, Project, User
from tests.builders import actor_for, make_contact
from tests.costs import statements_of
from tests.dialects.redmineup.calling import Caller, caller


@pytest.fixture
def alices(alice: User) -> Caller:
    return caller(alice)


@pytest.fixture
def found(alices: Caller, alice: User, project: Project) -> Contact:
    """Make one record of each kind that speaks of apples."""
    contact = make_contact(actor_for(alice), first_name="Apple", last_name="Tree")
    alices.make("/deals.json", {"deal": {"project_id": "demo", "name": "Apple deal"}})
    note = {"content": "About an APPLE", "source_type": "Contact", "source_id": contact.pk}
    alices.make("/notes.json", {"note": note})
    make_contact(actor_for(alice), first_name="Pear", last_name="Tree")
    return contact


def test_a_search_finds_records_of_every_kind(alices: Caller, found: Contact) -> None:
    page = alices.read("/search.json?q=apple")

    assert [(each["type"], each["title"]) for each in page["results"]] == [
        ("contact", "Apple Tree"),
        ("deal", "Apple deal"),
        ("note", "Apple Tree"),
    ]
    first = page["results"][0]
    assert list(first) == ["id", "title", "type", "url", "description", "datetime"]
    assert first["url"] == f"http://testserver/contacts/{found.pk}"
    assert first["datetime"].endswith("Z")
    assert (page["total_count"], page["offset"], page["limit"]) == (3, 0, 25)


def test_pages_of_a_search_neither_overlap_nor_skip(alices: Caller, found: Contact) -> None:
    whole = alices.read("/search.json?q=apple")["results"]

    for limit in (1, 2):
        pages = [
            alices.read(f"/search.json?q=apple&limit={limit}&offset={offset}")
            for offset in range(0, 4, limit)
        ]
        assert [each for page in pages for each in page["results"]] == whole
        assert {page["total_count"] for page in pages} == {3}


def test_a_search_may_name_kinds(alices: Caller, found: Contact) -> None:
    page = alices.read("/search.json?q=apple&deals=1&notes=1")

    assert [each["type"] for each in page["results"]] == ["deal", "note"]


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=nothing+like+it", "q=%25"])
def test_a_search_for_nothing_finds_nothing(alices: Caller, found: Contact, query: str) -> None:
    assert alices.read(f"/search.json?{query}")["results"] == []


def test_an_outsider_finds_nothing(charlie: User, found: Contact) -> None:
    page = caller(charlie).read("/search.json?q=apple")

    assert (page["results"], page["total_count"]) == ([], 0)


def test_a_search_in_xml(alices: Caller, found: Contact) -> None:
    text = alices.get("/search.xml?q=apple&contacts=1").content.decode()

    assert '<results type="array" total_count="1" offset="0" limit="25"><result><id>' in text


def test_a_page_costs_the_same_whatever_its_size(alices: Caller, found: Contact) -> None:
    for number in range(12):
        deal = {"project_id": "demo", "name": f"Apple {number}"}
        alices.make("/deals.json", {"deal": deal})
    pages = [f"/search.json?q=apple&deals=1&limit={limit}" for limit in (5, 15)]
    costs = [len(statements_of(partial(alices.read, page))) for page in pages]

    assert costs[0] == costs[1] <= 4


def test_trackers_statuses_and_priorities(alices: Caller) -> None:
    trackers = alices.read("/trackers.json")["trackers"]
    assert [(each["id"], each["name"]) for each in trackers] == [
        (1, "Bug"),
        (2, "Feature"),
        (3, "Support"),
    ]
    assert trackers[0]["default_status"] == {"id": 1, "name": "New"}
    statuses = alices.read("/issue_statuses.json")["issue_statuses"]
    assert [each["name"] for each in statuses if each["is_closed"]] == ["Closed", "Rejected"]
    assert statuses[0] == {"id": 1, "name": "New", "is_closed": False}
    priorities = alices.read("/enumerations/issue_priorities.json")["issue_priorities"]
    assert [each["name"] for each in priorities if each["is_default"]] == ["Normal"]
    assert len(priorities) == 5


def test_the_small_lists_in_xml(alices: Caller) -> None:
    text = alices.get("/issue_statuses.xml").content.decode()
    assert (
        '<issue_statuses type="array"><issue_status><id>1</id><name>New</name>'
        "<is_closed>false</is_closed></issue_status>" in text
    )
    assert b'<issue_priorities type="array"><issue_priority><id>1</id>' in (
        alices.get("/enumerations/issue_priorities.xml").content
    )
    assert b'<tracker><id>1</id><name>Bug</name><default_status id="1" name="New"/>' in (
        alices.get("/trackers.xml").content
    )
