"""Pages in the order of values that have rows of their own, beside everybody put in order."""

from itertools import product

import pytest
from django.db import DEFAULT_DB_ALIAS

from contacts.access import Actor
from contacts.models import User
from contacts.query import Query, search, sorted_by
from contacts.query import valued as _valued
from contacts.query.asked import Asked
from contacts.query.valued import page_by_value
from tests.builders import actor_for, make_contact, make_custom_field, make_project

pytestmark = pytest.mark.django_db

LIMIT = 2
TITLES = ("Smith", None, "baker", "Smith", None, "Ärztin", None)
NUMBERS = (7, None, -1, 7, 12, None, None)
EMAILS = (["z@x.org", "a@x.org"], [], ["b@x.org"], ["m@x.org"], [], [], ["b@x.org"])


@pytest.fixture
def member(bob: User) -> Actor:
    return actor_for(bob)


@pytest.fixture
def keys(member: Actor) -> list[str]:
    """Make contacts with values, without, with the same ones, with several, and hidden ones."""
    number = f"custom_{make_custom_field('Number', type='integer').pk}"
    word = f"custom_{make_custom_field('Word').pk}"
    hidden = make_project("Hidden").pk
    for title, count, emails in zip(TITLES, NUMBERS, EMAILS, strict=True):
        values = {"job_title": title, word: title, number: count, "emails": emails}
        make_contact(first_name="Here", **values)
        make_contact(first_name="Hidden", projects=[hidden], visibility=0, **values)
    return ["job_title", number, word, "emails"]


def pages_of(actor: Actor, key: str, *, descending: bool) -> list[list[int]]:
    order = (sorted_by(actor, key, descending=descending),)
    return [
        search(actor, Query(sort=order, offset=offset, limit=LIMIT)).ids
        for offset in range(0, len(TITLES) + LIMIT, LIMIT)
    ]


@pytest.mark.parametrize("looked_at", [1, 5, 20_000])
def test_pages_are_those_of_everybody_put_in_order(
    member: Actor, keys: list[str], monkeypatch: pytest.MonkeyPatch, looked_at: int
) -> None:
    asked = list(product(keys, (False, True)))
    with monkeypatch.context() as patch:
        patch.setattr(_valued, "MOST_PASSED", 0)
        expected = [pages_of(member, key, descending=down) for key, down in asked]
    monkeypatch.setattr(_valued, "LOOKED_AT", looked_at)
    found = [pages_of(member, key, descending=down) for key, down in asked]

    assert found == expected
    assert all(len({pk for page in pages for pk in page}) == len(TITLES) for pages in found)


def test_full_pages_are_found_without_putting_everybody_in_order(
    member: Actor, keys: list[str]
) -> None:
    for key, down in product(keys, (False, True)):
        order = (sorted_by(member, key, descending=down),)
        asked = Asked(member, Query(sort=order, limit=LIMIT), DEFAULT_DB_ALIAS)
        page = page_by_value(asked) or []
        assert [row[0] for row in page] == search(member, asked.query).ids


def test_an_order_of_several_fields_is_left_to_the_database(member: Actor, keys: list[str]) -> None:
    order = (sorted_by(member, "job_title"), sorted_by(member, "first_name"))
    assert page_by_value(Asked(member, Query(sort=order), DEFAULT_DB_ALIAS)) is None
