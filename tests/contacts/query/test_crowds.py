"""A tag of very many contacts, asked for by somebody who sees few of them."""

import re
from itertools import product

import pytest
from django.db import DEFAULT_DB_ALIAS, connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.models import User
from contacts.query import Query, search, sorted_by, where
from contacts.query import crowds as _crowds
from contacts.query.asked import Asked
from contacts.query.crowds import forget_crowds
from contacts.query.tree import And
from tests.builders import actor_for, make_contact, make_project

pytestmark = pytest.mark.django_db

SEEN_FIRST = re.compile(
    r'IN \(SELECT \w+\."contact_id" AS "contact_id" FROM "contacts_contactaccess"'
)


@pytest.fixture
def member(bob: User) -> Actor:
    return actor_for(bob)


@pytest.fixture
def tagged(member: Actor) -> list[int]:
    """Make contacts of one tag, of which somebody sees three."""
    hidden = make_project("Hidden").pk
    for name in ("Abe", "Bea", "Cid", "Dan"):
        make_contact(first_name=name, tags=["everybody"], projects=[hidden], visibility=0)
    make_contact(first_name="Untagged")
    return [make_contact(first_name=name, tags=["everybody"]).pk for name in ("Eve", "Fay", "Gus")]


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three contacts be very many."""
    monkeypatch.setattr(_crowds, "MOST_LINKED", 2)
    forget_crowds()


@pytest.mark.usefixtures("crowd")
def test_pages_of_a_crowd_are_those_of_what_is_seen(member: Actor, tagged: list[int]) -> None:
    tag = where(member, "tags", "has_any", ["everybody"])
    conditions = (
        (tag, tagged),
        (And((tag, where(member, "first_name", "ne", "fay"))), tagged[::2]),
    )
    for (condition, expected), key, limit in product(
        conditions, ("sort_name", "created_at", "job_title"), (1, 100)
    ):
        order = (sorted_by(member, key),)
        page = search(member, Query(condition=condition, sort=order, limit=limit))
        assert (page.ids, page.total) == (expected[:limit], len(expected))


@pytest.mark.usefixtures("crowd")
def test_what_is_seen_leads_and_the_tag_is_checked(member: Actor, tagged: list[int]) -> None:
    query = Query(condition=where(member, "tags", "has_any", ["everybody"]))
    assert Asked(member, query, DEFAULT_DB_ALIAS).is_seen_first
    with CaptureQueriesContext(connection) as asked:
        search(member, query)

    probes = [each["sql"] for each in asked if "LIMIT 10001" in each["sql"]]
    assert probes
    assert all(SEEN_FIRST.search(sql) for sql in probes)


def test_a_tag_of_few_leads_itself(member: Actor, tagged: list[int]) -> None:
    query = Query(condition=where(member, "tags", "has_any", ["everybody"]))
    assert not Asked(member, query, DEFAULT_DB_ALIAS).is_seen_first


@pytest.mark.usefixtures("crowd")
def test_who_sees_many_or_all_is_answered_from_the_tag(
    member: Actor, tagged: list[int], ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_crowds, "FEW", 0)
    for actor in (member, actor_for(ada)):
        query = Query(condition=where(actor, "tags", "has_any", ["everybody"]))
        assert not Asked(actor, query, DEFAULT_DB_ALIAS).is_seen_first
