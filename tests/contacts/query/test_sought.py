"""Searches for words that very many have: what is seen is merged with what the index finds."""

from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.models import Contact, User
from contacts.query import Query, count_contacts, hints, search, sorted_by, sought
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
    monkeypatch.setattr(hints, "FEW", 1)
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


ORDERS = {
    "sort_name": lambda each: (each.sort_name, each.pk),
    "id": lambda each: each.pk,
    "created_at": lambda each: (each.created_at, each.pk),
}


@pytest.fixture(params=["few principals", "many principals", "all"])
def asking(
    request: pytest.FixtureRequest,
    member: Actor,
    holders: list[Contact],
    ada: User,
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[Actor, list[Contact]]:
    """Return somebody with the holders of the words that are seen."""
    if request.param == "many principals":
        monkeypatch.setattr(_merging, "MAX_PRINCIPALS", 1)
    if request.param != "all":
        return member, holders
    hidden = Contact.objects.filter(first_name__in=("Dan", "Ida"))
    return actor_for(ada), [*holders, *hidden]


@pytest.mark.parametrize("first", [0, 2_000])
@pytest.mark.parametrize("few", [1, 100])
@pytest.mark.parametrize("text", ["smithson", "smithson 7", "7 SONS mithso"])
def test_pages_and_totals_are_those_of_what_is_seen(
    asking: tuple[Actor, list[Contact]],
    text: str,
    few: int,
    first: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actor, seen = asking
    monkeypatch.setattr(hints, "FEW", few)
    monkeypatch.setattr(sought, "FIRST", first)
    if text == "smithson":
        seen = [*seen, Contact.objects.get(first_name="Mo")]
    for (key, order), down in product(ORDERS.items(), (False, True)):
        expected = [each.pk for each in sorted(seen, key=order, reverse=down)]
        sort = (sorted_by(actor, key, descending=down),)
        for offset, limit in ((0, 4), (2, 3), (5, 9), (9, 2)):
            forget_totals()
            query = Query(search=text, sort=sort, offset=offset, limit=limit, lenient=down)
            page = search(actor, query)
            assert page.ids == expected[offset : offset + limit], query
            assert page.total == len(seen)
        assert count_contacts(actor, query) == len(seen)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has another index of words")
def test_what_is_seen_is_merged_with_what_is_found(asking: tuple[Actor, list[Contact]]) -> None:
    asked = statements_of(asking[0], Query(search="smithson", limit=50))
    assert any(" INTERSECT " in sql or " EXCEPT " in sql for sql in asked)
    assert not any("LIMIT 10001" in sql for sql in asked)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has another index of words")
def test_the_index_is_asked_once_for_a_word_that_few_have(
    asking: tuple[Actor, list[Contact]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hints, "FEW", 100)
    asked = statements_of(asking[0], Query(search="smithson", limit=50))
    assert len([sql for sql in asked if "MATCH" in sql]) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has another index of words")
def test_a_page_that_is_full_of_the_first_is_not_looked_for_in_the_index(member: Actor) -> None:
    asked = statements_of(member, Query(search="smithson", limit=2, total=False))
    assert len([sql for sql in asked if "MATCH" in sql]) == 1  # how many have it
    assert any("instr(" in sql for sql in asked)


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
