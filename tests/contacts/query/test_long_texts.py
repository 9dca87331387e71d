"""Long texts: found as a whole and by how they begin, along the keys of their first letters."""

from typing import Any

import pytest

from contacts import index
from contacts.access import Actor
from contacts.fields.contact_declaring import CODES
from contacts.fields.text import BEGINNING
from contacts.models import ContactKey, User
from contacts.query import Query, search, sorted_by, where
from contacts.query.tree import Not
from contacts.services.contacts import update_contact
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

LONG = "Ä" * BEGINNING
GIVEN = ("", "Short", "short AND more", LONG, LONG + "one", LONG.lower() + "TWO", "50% off_now")


@pytest.fixture
def actor(alice: User) -> Actor:
    return actor_for(alice)


@pytest.fixture
def texts(actor: Actor) -> dict[int, str]:
    return {make_contact(actor, first_name="A", background=text).pk: text for text in GIVEN}


@pytest.mark.parametrize(
    ("operator", "value", "found"),
    [
        ("eq", "SHORT", (1,)),
        ("eq", "shor", ()),
        ("eq", LONG, (3,)),
        ("eq", "a" * BEGINNING + "ONE", (4,)),
        ("in", ("short", LONG, LONG + "two"), (1, 3, 5)),
        ("starts_with", "SHORT", (1, 2)),
        ("starts_with", "50%", (6,)),
        ("starts_with", "5_", ()),
        ("starts_with", LONG, (3, 4, 5)),
        ("starts_with", LONG[:-1], (3, 4, 5)),
        ("starts_with", LONG + "o", (4,)),
        ("ne", "short", (0, 2, 3, 4, 5, 6)),
        ("ne", LONG + "one", (0, 1, 2, 3, 5, 6)),
        ("is_empty", True, (0,)),
    ],
)
def test_long_texts_are_found_by_their_first_letters_and_checked_in_full(
    actor: Actor, texts: dict[int, str], operator: str, value: object, found: tuple[int, ...]
) -> None:
    condition = where(actor, "background", operator, value)
    ids = list(texts)

    assert set(search(actor, Query(condition=condition)).ids) == {ids[n] for n in found}
    others = search(actor, Query(condition=Not(condition))).ids
    assert set(others) == {pk for n, pk in enumerate(ids) if n not in found}


def test_case_counts_where_it_is_asked_for(actor: Actor, texts: dict[int, str]) -> None:
    ids = list(texts)
    for operator, value, found in (
        ("eq", "Short", [1]),
        ("eq", "short", []),
        ("starts_with", "short", [2]),
        ("eq", LONG + "one", [4]),
        ("eq", LONG.lower() + "two", []),
        ("in", ("Short", LONG.lower() + "TWO"), [1, 5]),
    ):
        condition = where(actor, "background", operator, value, case_sensitive=True)
        assert search(actor, Query(condition=condition)).ids == [ids[n] for n in found]


def test_who_begins_alike_stands_in_the_order_of_ids(actor: Actor, texts: dict[int, str]) -> None:
    empty, short, more, *alike, off = texts
    for is_down in (False, True):
        expected = [empty, off, *alike, short, more]
        order = (sorted_by(actor, "background", descending=is_down),)
        assert search(actor, Query(sort=order)).ids == expected[:: -1 if is_down else 1]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"background": "Anders"}, ["anders"]),
        ({"background": LONG + "x"}, ["a" * BEGINNING]),
        ({"background": ""}, []),
        ({"background": " \n "}, []),
        ({"first_name": "B"}, ["short"]),
    ],
)
def test_the_key_follows_each_change(
    actor: Actor, texts: dict[int, str], changes: dict[str, Any], key: list[str]
) -> None:
    pk = list(texts)[1]

    update_contact(actor, pk, changes)

    keys = ContactKey.objects.filter(code=CODES["background"], contact_id=pk)
    assert list(keys.values_list("text", flat=True)) == key
    assert not index.drifts_of([pk])


def test_a_key_that_is_lost_is_told_and_written_anew(actor: Actor, texts: dict[int, str]) -> None:
    keys = ContactKey.objects.filter(code=CODES["background"])
    kept = list(keys.order_by("contact_id").values_list("contact_id", "text"))
    keys.delete()
    drifts = [each for each in index.verify() if isinstance(each, index.Drift)]
    assert {each.contact_id for each in drifts} == set(list(texts)[1:])

    list(index.rebuild())

    assert list(keys.order_by("contact_id").values_list("contact_id", "text")) == kept
