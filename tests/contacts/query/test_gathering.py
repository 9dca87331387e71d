"""Pages of many that match, none of whom stands among the first in the order of the list."""

from dataclasses import replace
from itertools import product

import pytest
from django.db import DEFAULT_DB_ALIAS, connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.models import User
from contacts.query import (
    And,
    Condition,
    Query,
    beginning,
    contact_pages,
    gathering,
    parted,
    search,
    sorted_by,
    where,
)
from contacts.query.broad import forget_breadths
from contacts.query.kept_lists import forget_lists
from contacts.query.sizes import SAMPLED_FROM, note_last_id
from tests.builders import actor_for, make_contact, make_project

pytestmark = pytest.mark.django_db

ORDERS = ("sort_name", "display_name", "first_name", "id", "emails", "job_title", "background")
LIMIT = 4
NAMES = ("Ada", "Bo", "Xi", "Xu", "Ya", "Zo")


@pytest.fixture
def member(bob: User) -> Actor:
    return actor_for(bob)


@pytest.fixture(autouse=True)
def somebody(member: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make people, companies and hidden ones; three are many, and a few are looked at first."""
    hidden = make_project("Hidden").pk
    for number, name in enumerate(NAMES * 2):
        more = {"projects": [hidden], "visibility": 0} if number % 4 == 3 else {}
        emails = [f"{name}{number}@x.org", f"a{number}@x.org"][: number % 3]
        make_contact(
            first_name=name,
            last_name=f"{name[::-1]}{number}",
            job_title=name,
            background=name,
            emails=emails,
            **more,
        )
        make_contact(kind="organization", organization_name=f"{name} {number}", emails=emails)
    monkeypatch.setattr(contact_pages, "EXACT_UP_TO", 3)
    for name in ("AT_LEAST", "LOOKED_AT"):
        monkeypatch.setattr(beginning, name, 1)
    monkeypatch.setattr(parted, "FIRST_ROWS", 2)


def conditions(actor: Actor) -> list[Condition]:
    late = where(actor, "first_name", "ge", "x")
    people = where(actor, "kind", "eq", "person")
    companies = where(actor, "kind", "eq", "organization")
    named = where(actor, "display_name", "between", ["b", "y"])
    titled = where(actor, "job_title", "gt", "b")
    return [late, companies, And((late, people)), named, titled, And((titled, named))]


def pages_of(actor: Actor, query: Query) -> list[int]:
    """Return the ids of all pages, each found by itself."""
    found: list[int] = []
    for offset in range(0, query.offset, LIMIT):
        page = replace(query, offset=offset, limit=LIMIT)
        found += search(actor, page).ids
        forget_lists()
    # Known to be long, it is looked for another way.
    assert search(actor, replace(query, offset=0, limit=LIMIT)).ids == found[:LIMIT]
    return found


@pytest.mark.parametrize(("most", "last"), [(0, 0), (100, 0), (0, SAMPLED_FROM + 1)])
@pytest.mark.parametrize("key", ORDERS)
def test_every_page_is_that_of_the_whole_list(
    member: Actor, key: str, most: int, last: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_last_id(DEFAULT_DB_ALIAS, last)
    for condition, down in product(conditions(member), (False, True)):
        query = Query(condition=condition, sort=(sorted_by(member, key, descending=down),))
        with monkeypatch.context() as plain:
            plain.setattr(contact_pages, "EXACT_UP_TO", 1_000)
            whole = search(member, query).ids
        forget_lists()
        forget_breadths()
        monkeypatch.setattr(gathering, "MOST_GATHERED", most)
        found = pages_of(member, replace(query, offset=len(whole) + 1))
        assert found == whole, (condition, down)
        forget_lists()
        forget_breadths()


def sql_of(actor: Actor, query: Query) -> str:
    with CaptureQueriesContext(connection) as seen:
        search(actor, query)
    return " ".join(each["sql"] for each in seen.captured_queries)


def test_who_is_asked_for_by_the_order_of_the_list_is_looked_for_from_there(member: Actor) -> None:
    """Everybody before the first name asked for was passed, one by one."""
    for key, column in (("first_name", "first_name_key"), ("display_name", "name_key")):
        condition = where(member, key, "ge", "x")
        query = Query(condition=condition, sort=(sorted_by(member, key),), limit=2, total=False)
        assert f'"contacts_contact"."{column}" >= \'x\'' in sql_of(member, query)


def test_companies_by_name_are_read_along_the_index_of_their_kind(member: Actor) -> None:
    """No index of names begins with the kind, but that of sorted names, which are the same."""
    condition = where(member, "kind", "eq", "organization")
    by_name = sorted_by(member, "display_name", descending=True)
    sql = sql_of(member, Query(condition=condition, sort=(by_name,), limit=2, total=False))
    assert 'ORDER BY "contacts_contact"."sort_name" DESC' in sql
    people = where(member, "kind", "eq", "person")
    sql = sql_of(member, Query(condition=people, sort=(by_name,), limit=2, total=False))
    assert 'ORDER BY "contacts_contact"."name_key" DESC' in sql


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL walks as fast")
def test_those_who_come_late_are_gathered_however_many_they_are(
    member: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A walk would pass more before the first of them than there are."""
    note_last_id(DEFAULT_DB_ALIAS, SAMPLED_FROM + 1)
    monkeypatch.setattr(gathering, "MOST_GATHERED", 0)
    monkeypatch.setattr(beginning, "LONG", 1)
    monkeypatch.setattr(contact_pages, "EXACT_UP_TO", 1)
    by_name = sorted_by(member, "sort_name")
    for name, is_gathered in (("z", True), ("b", False)):
        condition = where(member, "full_name", "ge", name)
        query = Query(condition=condition, sort=(by_name,), limit=2, total=False)
        assert ('AS "place0"' in sql_of(member, query)) is is_gathered
