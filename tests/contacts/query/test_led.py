"""Filters that few fit: who is seen is asked of what leads to them, before contacts are read."""

from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.models import Contact, User
from contacts.query import And, Condition, Not, Or, Query, search, sorted_by, where
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


def test_pages_and_totals_are_those_of_what_is_seen(member: Actor) -> None:
    keys = ("sort_name", "created_at", "id", "job_title")
    for (condition, words, names), key, down in product(conditions_of(member), keys, (False, True)):
        sort = (sorted_by(member, key, descending=down),)
        column = {"id": "pk"}.get(key, key)
        way = "-" if down else ""
        seen = Contact.objects.filter(first_name__in=names)
        expected = list(seen.order_by(f"{way}{column}", f"{way}pk").values_list("pk", flat=True))
        for offset, limit in ((0, 100), (1, 2)):
            query = Query(condition=condition, search=words, sort=sort, offset=offset, limit=limit)
            page = search(member, query)
            assert page.ids == expected[offset : offset + limit], query
            assert page.total == len(names)


def test_contacts_are_read_after_who_sees_them(member: Actor) -> None:
    with CaptureQueriesContext(connection) as asked:
        search(member, Query(condition=where(member, "last_name", "eq", "smith")))
    probe = next(each["sql"] for each in asked if "LIMIT 10001" in each["sql"])
    assert probe.index('FROM "contacts_contactaccess"') < probe.index('FROM "contacts_contactkey"')
