"""Filters that many contacts fit: a page from the first of them, a total asked for once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.fields import reference
from contacts.models import User
from contacts.query import Query, count_contacts, iter_contacts, matching_ids, search, where
from contacts.query import beginning as _beginning
from contacts.query.breadth import may_be_many
from contacts.query.tree import And, Condition, Not, Or
from contacts.services.contacts import update_contact
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(alice: User) -> Actor:
    return actor_for(alice)


@pytest.fixture
def some(owner: Actor) -> list[int]:
    """Make nine contacts: every third has a balance."""
    return [make_contact(owner, first_name=f"Amy {n}", balance=n % 3).pk for n in range(9)]


def without_balance(actor: Actor) -> Condition:
    return where(actor, "balance", "eq", 0)


def test_a_page_of_many_is_read_with_one_statement(owner: Actor, some: list[int]) -> None:
    query = Query(condition=without_balance(owner), limit=3, total=False)
    search(owner, query)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = search(owner, query)

    assert page.ids == [some[0], some[3], some[6]]
    assert len(asked) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by its statistics")
def test_a_kind_that_many_share_does_not_lead_sqlite_away_from_the_order(
    owner: Actor, some: list[int]
) -> None:
    people = where(owner, "kind", "in", ["person"])
    with CaptureQueriesContext(connection) as asked:
        page = search(owner, Query(condition=people, sort=(), limit=3, total=False))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
        plan = [step[3] for step in cursor.fetchall()]

    assert page.ids == some[:3]
    # Along the names of that kind; only the place where to end is put in order.
    assert "contact_by_kind (kind=? AND sort_name<?)" in plan[0]
    assert plan.count("USE TEMP B-TREE FOR ORDER BY") == 1
    assert plan[plan.index("USE TEMP B-TREE FOR ORDER BY") - 1] == "SCAN q"


def test_a_page_that_the_first_do_not_fill_is_found_all_the_same(
    owner: Actor, some: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_beginning, "AT_LEAST", 1)
    monkeypatch.setattr(_beginning, "LOOKED_AT", 1)
    query = Query(condition=without_balance(owner), limit=2, offset=1)
    page = search(owner, query)

    assert (page.ids, page.total) == ([some[3], some[6]], 3)


def test_many_are_only_what_one_sees(owner: Actor, charlie: User, some: list[int]) -> None:
    stranger = actor_for(charlie)
    query = Query(condition=without_balance(owner), limit=3)

    assert search(stranger, query).ids == []
    assert count_contacts(stranger, query) == 0
    assert matching_ids(stranger, query, 10**6) == []
    assert list(iter_contacts(stranger, query)) == []
    assert count_contacts(owner, query) == 3
    assert matching_ids(owner, query, 10**6) == [some[0], some[3], some[6]]
    assert [each["id"] for each in iter_contacts(owner, query)] == [some[0], some[3], some[6]]


def test_between_the_pieces_of_a_long_list_nothing_is_being_read(
    owner: Actor, some: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The open statement of a long list made SQLite refuse the next write of its connection."""
    monkeypatch.setattr("contacts.query.contact_pages.READ_AT_ONCE", 4)
    contacts = iter_contacts(owner, Query(limit=100))
    begun = [next(contacts)["id"] for _ in range(4)]

    update_contact(owner, some[8], {"job_title": "Changed meanwhile"})
    rest = list(contacts)

    assert begun + [contact["id"] for contact in rest] == some
    assert rest[-1]["job_title"] == "Changed meanwhile"


def test_a_count_is_made_once_as_long_as_nothing_changes(owner: Actor, some: list[int]) -> None:
    query = Query(condition=without_balance(owner))
    reference.know_data("1")
    assert count_contacts(owner, query) == 3
    with CaptureQueriesContext(connection) as asked:
        assert count_contacts(owner, query) == 3
    assert len(asked) == 0

    make_contact(owner, first_name="Rory")
    assert count_contacts(owner, query) == 4


def test_what_looks_for_a_few_is_not_taken_for_many(owner: Actor) -> None:
    few = where(owner, "emails", "eq", "amy@example.test")
    many = where(owner, "updated_at", "ge", "2013-06-25T00:00:00Z")

    assert [may_be_many(each) for each in (few, many, Not(few), None)] == [False, True, True, True]
    assert not may_be_many(And((few, many)))
    assert may_be_many(Or((few, many)))
