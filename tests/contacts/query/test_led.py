"""Filters that few fit: who is seen is asked of what leads to them, before contacts are read."""

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.models import Contact, User
from contacts.query import (
    And,
    Condition,
    Not,
    Or,
    Query,
    contact_pages,
    count_contacts,
    search,
    sorted_by,
    where,
)
from tests.builders import actor_for, join, make_contact, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(alice: User, bob: User) -> Actor:
    """Return somebody who sees four Smiths of seven: one in two ways, one of them alone."""
    both = make_project("Both")
    join(bob, both, role="Developer")
    join(alice, both)
    demo = min(actor_for(bob).rights)
    hidden = make_project("Hidden").pk
    author, own = actor_for(alice), actor_for(bob)
    public, in_project, private = (
        Contact.Visibility.PUBLIC,
        Contact.Visibility.PROJECT,
        Contact.Visibility.PRIVATE,
    )
    smith: dict[str, Any] = {
        "last_name": "Smith",
        "tags": ["x"],
        "emails": ["a@smith.org", "b@smith.org"],
    }
    make_contact(author, **smith, first_name="Gus", visibility=public, job_title="CEO")
    make_contact(author, **smith, first_name="Abe", visibility=in_project, projects=[demo, both.pk])
    make_contact(own, **smith, first_name="Eve", visibility=private, job_title="CEO")
    make_contact(author, **smith, first_name="Bea", visibility=in_project)
    make_contact(**smith, first_name="Dan", visibility=in_project, projects=[hidden])
    make_contact(author, **smith, first_name="Ida", visibility=private)
    make_contact(author, **smith, first_name="Lea", visibility=public, stage="lead")
    make_contact(author, first_name="Mo", last_name="Blank", visibility=public)
    return own


def test_what_is_led_to_is_checked_row_by_row(member: Actor) -> None:
    smith = where(member, "last_name", "eq", "smith")
    ceo = where(member, "job_title", "eq", "ceo")
    with CaptureQueriesContext(connection) as asked:
        page = search(member, Query(condition=And((smith, Not(ceo)))))
    assert page.total == 2
    led = next(each["sql"] for each in asked if "LIMIT 10001" in each["sql"])
    # PostgreSQL might look all through a set of all that have the other value, for each.
    assert "NOT (EXISTS(" in led
    assert not re.search(r'NOT \(\w+\."id" IN \(SELECT', led)


ORDERS: dict[str, Callable[[Contact], Any]] = {
    "sort_name": lambda each: (each.sort_name, each.pk),
    "created_at": lambda each: (each.created_at, each.pk),
    "job_title": lambda each: (each.job_title, each.pk),
}


def conditions_of(actor: Actor) -> list[tuple[Condition | None, str, set[str]]]:
    """Return conditions and words with the names of those whom they find."""
    smith = where(actor, "last_name", "eq", "smith")
    tagged = where(actor, "tags", "has_any", ["x"])
    ceo = where(actor, "job_title", "eq", "ceo")
    everybody = {"Abe", "Bea", "Eve", "Gus"}
    return [
        (smith, "", everybody),
        (None, "smith", everybody),
        (where(actor, "emails", "contains", "smith.org"), "", everybody),
        (And((smith, Not(ceo))), "", {"Abe", "Bea"}),
        (And((where(actor, "kind", "eq", "person"), smith, tagged)), "", everybody),
        (And((tagged, ceo)), "smith", {"Eve", "Gus"}),
        (Or((smith, ceo)), "", everybody),
        (And((tagged, where(actor, "last_name", "eq", "blank"))), "", set()),
    ]


@pytest.mark.parametrize("is_of_many", [False, True])
@pytest.mark.parametrize("sees_all", [False, True])
def test_pages_and_totals_are_those_of_what_is_seen(
    member: Actor, ada: User, monkeypatch: pytest.MonkeyPatch, *, is_of_many: bool, sees_all: bool
) -> None:
    if is_of_many:
        monkeypatch.setattr(contact_pages, "EXACT_UP_TO", 1)
    actor = actor_for(ada) if sees_all else member
    for condition, words, names in conditions_of(actor):
        if sees_all and "Abe" in names:
            names.update({"Dan", "Ida"})
        seen = list(Contact.objects.filter(first_name__in=names).order_by("pk"))
        for (key, order), (offset, limit) in product(ORDERS.items(), ((0, 100), (1, 2))):
            down = key == "created_at"
            sort = (sorted_by(actor, key, descending=down),)
            expected = [each.pk for each in sorted(seen, key=order, reverse=down)]
            query = Query(condition=condition, search=words, sort=sort, offset=offset, limit=limit)
            page = search(actor, query)
            assert page.ids == expected[offset : offset + limit], query
            assert page.total == len(names)
        assert count_contacts(actor, Query(condition=condition, search=words)) == len(names)


def test_contacts_are_read_after_who_sees_them(member: Actor) -> None:
    with CaptureQueriesContext(connection) as asked:
        search(member, Query(condition=where(member, "last_name", "eq", "smith")))
    probe = next(each["sql"] for each in asked if "LIMIT 10001" in each["sql"])
    led = probe[probe.index('FROM "contacts_contactkey"') :]
    assert 'FROM "contacts_contactaccess"' in led
    assert 'FROM "contacts_contact" ' not in led


def test_many_are_counted_without_reading_them(
    member: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_pages, "EXACT_UP_TO", 1)
    for key in ("tags", "emails"):
        asked = where(member, key, "is_empty", False)
        with CaptureQueriesContext(connection) as found:
            search(member, Query(condition=asked, limit=1))
        counted = [each["sql"] for each in found if "COUNT(*)" in each["sql"]]
        assert len(counted) == 1
        assert all('FROM "contacts_contact" ' not in sql for sql in counted)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by its statistics")
def test_the_keys_of_a_field_are_not_looked_for_among_all(member: Actor) -> None:
    """For having each contact once SQLite read all keys of all contacts in their order."""
    with CaptureQueriesContext(connection) as asked:
        search(member, Query(condition=where(member, "middle_name", "is_empty", False)))
    probe = next(each["sql"] for each in asked if "LIMIT 10001" in each["sql"])
    assert re.search(r'SELECT DISTINCT \+\(?\w+\."contact_id"', probe)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by its statistics")
def test_a_walk_passes_whoever_nothing_leads_to(
    member: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_pages, "EXACT_UP_TO", 1)
    with CaptureQueriesContext(connection) as asked:
        search(member, Query(condition=where(member, "last_name", "eq", "smith")))
    *_first_ones, walk = [each["sql"] for each in asked if '"body"' in each["sql"]]
    assert re.search(r'\+\w0\."id" IN \(SELECT', walk)
    count = asked[-1]["sql"]
    assert "COUNT" in count
    assert 'FROM "contacts_contact"' not in count
