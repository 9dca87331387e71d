"""Pages far behind the beginning of a list, read from the nearest place that is known."""

import time
from dataclasses import replace
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.fields import reference
from contacts.models import Project, User
from contacts.query import Query, search, sorted_by, where
from contacts.query import places as _places
from contacts.query import walking as _walking
from contacts.query.totals import EXACT_UP_TO
from contacts.services.contacts import archive_contact
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
    assert "ORDER BY sort_name DESC" in asked[0]["sql"]


def test_where_the_number_is_not_known_a_page_is_counted_to_from_the_beginning(
    member: Actor, listed: list[int]
) -> None:
    reference.forget_data()
    with CaptureQueriesContext(connection) as asked:
        page = search(member, Query(offset=6, limit=2, total=False))

    assert page.ids == listed[6:8]
    assert "ORDER BY sort_name ASC" in asked[0]["sql"]


ORDERS = ("sort_name", "id", "created_at", "first_name")


@pytest.fixture
def _far_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_places, "FAR", 2)
    monkeypatch.setattr(_walking, "FAR", 2)


@pytest.mark.usefixtures("_far_soon")
def test_pages_go_on_from_where_others_ended(member: Actor, ada: User, listed: list[int]) -> None:
    for actor, order, is_descending in product((member, actor_for(ada)), ORDERS, (False, True)):
        asked = Query(sort=(sorted_by(actor, order, descending=is_descending),), limit=2)
        whole = listed[::-1] if is_descending else listed
        for offset in (4, 6, 5, 2, 7, 3):
            with CaptureQueriesContext(connection) as statements:
                page = search(actor, replace(asked, offset=offset, total=False))
            assert page.ids == whole[offset : offset + 2], (order, offset)
        # No page ended there, but rows before and behind it are known.
        assert "OFFSET 3" not in statements[-1]["sql"]


@pytest.mark.usefixtures("_far_soon")
def test_a_filter_that_many_fit_is_gone_on_with(
    member: Actor, listed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contacts.query.contact_pages.EXACT_UP_TO", 3)
    monkeypatch.setattr(
        "contacts.query.contact_pages.first_in_order", lambda *_asked, **_more: None
    )
    order = (sorted_by(member, "created_at"),)
    asked = Query(condition=where(member, "kind", "eq", "person"), sort=order, limit=2, total=False)
    assert search(member, replace(asked, offset=4)).ids == listed[4:6]

    with CaptureQueriesContext(connection) as statements:
        page = search(member, replace(asked, offset=6))

    assert page.ids == listed[6:8]
    assert len(statements) == 1
    assert ">=" in statements[0]["sql"]


@pytest.mark.usefixtures("_far_soon")
def test_a_row_less_before_the_page_moves_it(member: Actor, ada: User, listed: list[int]) -> None:
    asked = [Query(sort=(sorted_by(member, order),), limit=2, offset=4) for order in ORDERS]
    assert [search(member, each).ids for each in asked] == [listed[4:6]] * len(asked)

    archive_contact(actor_for(ada), listed[0])
    reference.know_data("2")

    assert [search(member, each).ids for each in asked] == [listed[5:7]] * len(asked)


@pytest.mark.usefixtures("_far_soon")
def test_nobody_goes_on_from_what_another_saw(
    member: Actor, charlie: User, elsewhere: Project, listed: list[int]
) -> None:
    stranger = actor_for(charlie)
    own = [make_contact(stranger, first_name=name, projects=[elsewhere.pk]).pk for name in NAMES]
    reference.know_data("2")
    asked = Query(sort=(sorted_by(member, "id"),), limit=2, offset=4, total=False)

    assert search(member, asked).ids == listed[4:6]
    assert search(stranger, asked).ids == own[4:6]


def test_far_behind_a_place_serves_half_a_minute_of_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    far, reach = EXACT_UP_TO + 1, _places.Reach(0, 1, until=time.monotonic() + 30, version="1")
    reference.know_data("1")
    _places.note_place("list", far, ("Kay", 7), reach)
    reference.know_data("2")

    assert _places.reach_of("list", far, 10, None).values == ("Kay", 7)

    _places.note_place("list", far - 1, ("Jay", 6), reach)
    assert _places.reach_of("list", far - 1, 10, None).values == ()

    later = time.monotonic() + 31
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert _places.reach_of("list", far, 10, None).values == ()
