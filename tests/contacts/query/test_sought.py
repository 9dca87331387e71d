"""Searches for words that very many have: what is seen is merged with what the index finds."""

from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.models import Contact, User
from contacts.query import Query, count_contacts, hints, search, sorted_by
from contacts.query import merging as _merging
from contacts.query.totals import forget_totals
from tests.builders import actor_for, join, make_contact, make_project, make_user

pytestmark = pytest.mark.django_db

PUBLIC, IN_PROJECT, PRIVATE = (
    Contact.Visibility.PUBLIC,
    Contact.Visibility.PROJECT,
    Contact.Visibility.PRIVATE,
)


@pytest.fixture
def holders(alice: User, bob: User, monkeypatch: pytest.MonkeyPatch) -> list[Contact]:
    """Make contacts with the same words, seen in every way and not at all; two are very many."""
    monkeypatch.setattr(hints, "MOST_LED_TO", 2)
    both = make_project("Both")
    join(bob, both, role="Developer")
    join(alice, both)
    hidden = make_project("Hidden").pk
    author, own = actor_for(alice), actor_for(bob)
    word: dict[str, Any] = {"company": "Smithson & 7 Sons", "tags": ["x"]}

    def made(name: str, by: Actor | None, **values: Any) -> Contact:
        return make_contact(by, **{**word, **values, "first_name": name})

    seen = [
        made("Gus", author, visibility=PUBLIC),
        made("Abe", author, visibility=PUBLIC),
        made("Fay", author, visibility=IN_PROJECT),
        made("Bea", author, visibility=IN_PROJECT, projects=[both.pk, _project_of(author)]),
        made("Eve", own, visibility=PRIVATE),
        made("Cid", None, visibility=PUBLIC, projects=[hidden]),
    ]
    made("Dan", None, visibility=IN_PROJECT, projects=[hidden])
    made("Ida", author, visibility=PRIVATE)
    made("Lea", author, visibility=PUBLIC, stage="lead")
    made("Mo", author, visibility=PUBLIC, company="Smithson & 8 Sons")
    made("Nan", author, visibility=PUBLIC, company="Blank & 7 Sons")
    return seen


@pytest.fixture
def member(bob: User, holders: list[Contact]) -> Actor:
    """Return somebody in two projects, when both are known."""
    assert holders
    return actor_for(bob)


def _project_of(actor: Actor) -> int:
    return min(actor.projects_with("view_contacts"))


def statements_of(actor: Actor, query: Query) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        search(actor, query)
    return [each["sql"] for each in asked]


@pytest.mark.parametrize("text", ["smithson 7", "SONS smith 7", "7 mithso"])
def test_pages_and_totals_are_those_of_what_is_seen(
    member: Actor, holders: list[Contact], text: str
) -> None:
    orders = {"sort_name": lambda each: each.sort_name, "id": lambda each: each.pk}
    for (key, order), down, lenient in product(orders.items(), (False, True), (False, True)):
        expected = [each.pk for each in sorted(holders, key=order, reverse=down)]
        sort = (sorted_by(member, key, descending=down),)
        for offset, limit in ((0, 4), (2, 3), (5, 9), (7, 2)):
            forget_totals()
            query = Query(search=text, sort=sort, offset=offset, limit=limit, lenient=lenient)
            page = search(member, query)
            assert page.ids == expected[offset : offset + limit], query
            assert page.total == len(holders)
        assert count_contacts(member, query) == len(holders)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has another index of words")
def test_what_is_seen_is_merged_with_what_is_found(
    member: Actor, holders: list[Contact], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = statements_of(member, Query(search="smithson", limit=50))
    assert any(" INTERSECT " in sql for sql in asked)
    assert not any("LIMIT 10001" in sql for sql in asked)

    monkeypatch.setattr(_merging, "MAX_PRINCIPALS", 1)
    forget_totals()
    asked = statements_of(member, Query(search="smithson", limit=50))
    assert not any(" INTERSECT " in sql for sql in asked)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite merges")
def test_texts_are_counted_without_their_contacts(member: Actor, holders: list[Contact]) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert count_contacts(member, Query(search="smithson 7")) == len(holders)
    count = next(each["sql"] for each in asked if "COUNT" in each["sql"])
    assert '"contacts_contacttext"' in count
    assert '"contacts_contact"' not in count


def test_nobody_who_sees_nothing_finds_a_word(holders: list[Contact], charlie: User) -> None:
    nobody = actor_for(charlie)
    seen = search(nobody, Query(search="smithson 7", limit=50))
    public = sorted(each.pk for each in holders if each.visibility == PUBLIC)
    assert sorted(seen.ids) == public
    assert seen.total == len(public)
    in_no_project = actor_for(make_user("dora"))
    assert count_contacts(in_no_project, Query(search="smithson 7")) == 0


def test_a_word_of_nobody_is_still_looked_for_as_a_slip(
    member: Actor, holders: list[Contact]
) -> None:
    page = search(member, Query(search="smithsom 7", lenient=True, limit=50))
    assert page.is_near
    assert page.total >= len(holders)
