"""Pages far behind the beginning of a list by name, read from the end that is nearer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.fields import reference
from contacts.models import User
from contacts.query import Query, search, sorted_by
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

NAMES = "ABCDEFGHI"


@pytest.fixture
def member(bob: User) -> Actor:
    return actor_for(bob)


@pytest.fixture
def listed(member: Actor) -> list[int]:
    """Make nine contacts whose number is known for the present state of the data."""
    made = [make_contact(member, first_name=name).pk for name in NAMES]
    reference.know_data("1")
    assert search(member, Query(limit=2)).total == len(made)
    return made


@pytest.mark.parametrize("is_descending", [False, True])
def test_pages_from_both_ends_leave_nothing_out(
    member: Actor, listed: list[int], *, is_descending: bool
) -> None:
    order = (sorted_by(member, "sort_name", descending=is_descending),)
    pages = [
        search(member, Query(sort=order, offset=offset, limit=2)).ids
        for offset in range(0, len(listed) + 2, 2)
    ]

    whole = listed[::-1] if is_descending else listed
    assert pages == [*(whole[start : start + 2] for start in range(0, 10, 2)), []]


def test_the_last_page_is_not_counted_to_from_the_beginning(
    member: Actor, listed: list[int]
) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = search(member, Query(offset=6, limit=2))

    assert page.ids == listed[6:8]
    assert len(asked) == 1
    assert "a.sort_name DESC" in asked[0]["sql"]


def test_where_the_number_is_not_known_a_page_is_counted_to_from_the_beginning(
    member: Actor, listed: list[int]
) -> None:
    reference.forget_data()
    with CaptureQueriesContext(connection) as asked:
        page = search(member, Query(offset=6, limit=2, total=False))

    assert page.ids == listed[6:8]
    assert "a.sort_name ASC" in asked[0]["sql"]
