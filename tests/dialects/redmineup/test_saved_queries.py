"""Saved filters: their list, and lists by them."""

import pytest

from contacts.models import Contact, Project, User
from contacts.query import where
from contacts.services.saved_filters import KeptQuery, create_saved_filter
from tests.builders import actor_for, make_contact
from tests.dialects.redmineup.calling import Caller, caller


@pytest.fixture
def alices(alice: User) -> Caller:
    return caller(alice)


@pytest.fixture
def people(alice: User, project: Project) -> list[Contact]:
    actor = actor_for(alice)
    return [
        make_contact(actor, first_name=first, last_name=last)
        for first, last in (("Ann", "Apple"), ("Bea", "Apple"), ("Cid", "Pear"))
    ]


def keep(user: User, name: str, **more: object) -> int:
    """Keep the filter "called Apple", from the last first name to the first."""
    actor = actor_for(user)
    query = KeptQuery(
        where(actor, "last_name", "eq", "Apple"), has_condition=True, sort=["-first_name"]
    )
    values = {"name": name, "object_kind": "contact", **more}
    return int(str(create_saved_filter(actor, values, query)["id"]))


def names(person: Caller, query: str) -> list[str]:
    return [each["first_name"] for each in person.read(f"/contacts.json?{query}")["contacts"]]


def test_own_and_public_filters_are_listed_by_name(
    alices: Caller, alice: User, ada: User, bob: User, project: Project
) -> None:
    mine = keep(alice, "Mine")
    everybodys = keep(ada, "Everybody's", is_public=True, project=project.pk)
    keep(bob, "Bob's")

    page = alices.read("/crm_queries.json?object_type=contact&resource=contact&limit=100&offset=0")

    assert page == {
        "queries": [
            {
                "id": everybodys,
                "name": "Everybody's",
                "is_public": True,
                "project_id": project.pk,
            },
            {"id": mine, "name": "Mine", "is_public": False, "project_id": None},
        ],
        "total_count": 2,
        "offset": 0,
        "limit": 100,
    }
    assert alices.read("/crm_queries.json?object_type=deal")["queries"] == []
    text = alices.get("/crm_queries.xml?object_type=contact").content.decode()
    assert '<queries type="array" total_count="2" offset="0" limit="25"><query><id>' in text


@pytest.mark.parametrize("query", ["", "?object_type=", "?object_type=wiki", "?object_type[]=deal"])
def test_filters_are_of_contacts_or_deals(alices: Caller, query: str) -> None:
    assert alices.get(f"/crm_queries.json{query}").status_code == 404


def test_a_saved_filter_takes_the_place_of_all_others(
    alices: Caller, alice: User, people: list[Contact]
) -> None:
    kept = keep(alice, "Mine")

    assert names(alices, f"query_id={kept}&first_name=Cid") == ["Bea", "Ann"]
    assert names(alices, f"query_id={kept}&sort=first_name") == ["Ann", "Bea"]
    assert names(alices, f"query_id={kept}&search=bea") == ["Bea"]
    assert alices.get(f"/contacts.json?query_id={kept}&project_id=nowhere").status_code == 404


def test_a_saved_filter_of_deals_shows_closed_ones_too(
    alices: Caller, alice: User, project: Project
) -> None:
    won = alices.read("/deal_statuses.json")["deal_statuses"][1]["id"]
    deal = {"project_id": "demo", "name": "Apple", "status_id": won}
    alices.make("/deals.json", {"deal": deal})
    actor = actor_for(alice)
    query = KeptQuery(where(actor, "name", "eq", "Apple", kind="deal"), has_condition=True)
    kept = create_saved_filter(actor, {"name": "Apples", "object_kind": "deal"}, query)["id"]

    assert alices.read(f"/deals.json?query_id={kept}")["total_count"] == 1
    assert alices.get(f"/contacts.json?query_id={kept}").status_code == 404


@pytest.mark.parametrize("query_id", ["999999", "x", "-1", "99999999999999999999999", "1%00"])
def test_an_unknown_filter_is_missing(alices: Caller, query_id: str) -> None:
    assert alices.get(f"/contacts.json?query_id={query_id}").status_code in (400, 404)


def test_the_filter_of_somebody_else_is_missing(bob: User, alice: User) -> None:
    assert caller(bob).get(f"/contacts.json?query_id={keep(alice, 'Mine')}").status_code == 404
