"""Pages in the order of values that may be missing, beside everybody put in order."""

from itertools import product
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection

from contacts.access import Actor
from contacts.models import User
from contacts.query import Query, search, sorted_by
from contacts.query import nullable as _nullable
from contacts.query import valued as _valued
from contacts.query.asked import Asked
from contacts.query.nullable import SPLIT, page_by_nullable
from contacts.query.valued import page_by_value
from tests.builders import actor_for, make_contact, make_custom_field, make_project

pytestmark = pytest.mark.django_db

LIMIT = 2
TITLES = ("Smith", None, "baker", "Smith", None, "Ärztin", None)
NUMBERS = (7, None, -1, 7, 12, None, None)
EMAILS: tuple[list[str], ...] = (
    ["z@x.org", "a@x.org"],
    [],
    ["b@x.org"],
    ["m@x.org"],
    [],
    [],
    ["b@x.org"],
)
BIRTHDAYS = ("1990-05-01", None, "1970-01-31", "1990-05-01", None, "2001-12-24", None)
COUNTRIES: tuple[list[str], ...] = (["FR", "AT"], [], ["DE"], ["FR"], [], [], ["AT"])


@pytest.fixture
def member(bob: User) -> Actor:
    return actor_for(bob)


@pytest.fixture
def keys(member: Actor) -> list[str]:
    """Make contacts with values, without, with the same ones, with several, and hidden ones."""
    number = f"custom_{make_custom_field('Number', type='integer').pk}"
    word = f"custom_{make_custom_field('Word').pk}"
    hidden = make_project("Hidden").pk
    given = zip(TITLES, NUMBERS, EMAILS, BIRTHDAYS, COUNTRIES, strict=True)
    for title, count, emails, birthday, countries in given:
        values: dict[str, Any] = {"job_title": title, word: title, number: count, "emails": emails}
        values["addresses"] = [{"city": "Here", "country": country} for country in countries]
        values |= {"birthday": birthday, "owner": member.user_id if birthday else None}
        values |= {"assistant": title, "support_starts_on": birthday}
        make_contact(first_name="Here", **values)
        make_contact(first_name="Hidden", projects=[hidden], visibility=0, **values)
    facts = ["assistant", "support_starts_on"]
    return [*facts, "job_title", number, word, "emails", "country", "birthday", "owner", "author"]


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
        for way in (_valued, _nullable):
            patch.setattr(way, "MOST_PASSED", 0)
        expected = [pages_of(member, key, descending=down) for key, down in asked]
    monkeypatch.setattr(_valued, "LOOKED_AT", looked_at)
    found = [pages_of(member, key, descending=down) for key, down in asked]

    assert found == expected
    assert all(len({pk for page in pages for pk in page}) == len(TITLES) for pages in found)


def test_full_pages_are_found_without_putting_everybody_in_order(
    member: Actor, keys: list[str]
) -> None:
    split = {each.removesuffix("_id") for each in SPLIT[connection.vendor]}
    others = {"birthday", "owner", "author"} - split
    for key, down in product([key for key in keys if key not in others], (False, True)):
        order = (sorted_by(member, key, descending=down),)
        asked = Asked(member, Query(sort=order, limit=LIMIT), DEFAULT_DB_ALIAS)
        page = page_by_value(asked) or page_by_nullable(asked) or []
        assert [row[0] for row in page] == search(member, asked.query).ids


def test_an_order_of_several_fields_is_left_to_the_database(member: Actor, keys: list[str]) -> None:
    order = (sorted_by(member, "job_title"), sorted_by(member, "first_name"))
    assert page_by_value(Asked(member, Query(sort=order), DEFAULT_DB_ALIAS)) is None
