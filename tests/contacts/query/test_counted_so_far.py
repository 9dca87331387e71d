"""Lists that are counted so far and no further."""

import pytest

from contacts.access import Actor
from contacts.models import User
from contacts.query import Page, Query, search, sorted_by, where
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

SMITHS, OTHERS, LIMIT = 7, 2, 2


@pytest.fixture
def member(bob: User) -> Actor:
    for _ in range(SMITHS):
        emails = ["ann@example.com", "smith@example.com"]
        make_contact(first_name="Ann", last_name="Smith", job_title="Smith", emails=emails)
    for _ in range(OTHERS):
        make_contact(first_name="Other")
    return actor_for(bob)


def pages(actor: Actor, query: Query) -> list[Page]:
    return [
        search(actor, Query(**{**_parts(query), "offset": offset}))
        for offset in range(0, SMITHS + LIMIT + 1, LIMIT)
    ]


def _parts(query: Query) -> dict[str, object]:
    return {name: getattr(query, name) for name in Query.__dataclass_fields__}


def questions(actor: Actor, count_up_to: int | None) -> list[Query]:
    smiths = where(actor, "last_name", "eq", "Smith")
    by_title = (sorted_by(actor, "job_title"),)
    common = {"limit": LIMIT, "count_up_to": count_up_to}
    return [
        Query(condition=smiths, **common),
        Query(condition=where(actor, "last_name", "ge", "Smith"), **common),
        # What leads to each of them does so twice.
        Query(condition=where(actor, "emails", "ge", "a"), **common),
        Query(condition=smiths, sort=by_title, **common),
        Query(search="smith", **common),
        Query(search="smith", lenient=True, **common),
    ]


def test_a_longer_list_is_told_as_longer_than_what_was_counted(member: Actor) -> None:
    for query, whole in zip(questions(member, 3), questions(member, None), strict=True):
        found, exact = pages(member, query), pages(member, whole)

        assert [page.ids for page in found] == [page.ids for page in exact]
        assert {page.total for page in exact} == {SMITHS}
        # Two rows, and more than three: then always one more than the last row of a full page.
        assert [page.total for page in found] == [4, 5, 7, 7, 4]


def test_a_shorter_list_is_counted_to_the_last(member: Actor) -> None:
    for query in questions(member, SMITHS):
        assert {page.total for page in pages(member, query)} == {SMITHS}


def test_everybody_is_counted_anyway(member: Actor) -> None:
    assert search(member, Query(limit=LIMIT, count_up_to=3)).total == SMITHS + OTHERS
