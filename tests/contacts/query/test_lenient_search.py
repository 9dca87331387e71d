"""People who search are met half-way: phones in any form, and words with slips in them."""

from typing import Any

import pytest

from contacts.access import Actor
from contacts.models import User
from contacts.query import Query, matching_ids, search
from contacts.query.misspelling import is_near
from tests.builders import actor_for, make_contact, make_custom_field

pytestmark = pytest.mark.django_db

PEOPLE: tuple[dict[str, Any], ...] = (
    {"first_name": "John", "last_name": "Kowalski", "company": "Gizmonic"},
    {"first_name": "Anna", "last_name": "Petrova", "tags": ["press"]},
    {"first_name": "Пётр", "last_name": "Иванов", "phones": ["+7 (495) 111-22-33"]},
    {"first_name": "Zoë", "last_name": "Ångström", "emails": ["zoe.angstrom@example.com"]},
)


@pytest.fixture
def actor(alice: User) -> Actor:
    acting = actor_for(alice)
    for values in PEOPLE:
        make_contact(acting, **values)
    return acting


def found(actor: Actor, text: str) -> list[str]:
    page = search(actor, Query(search=text, lenient=True))
    return [str(each["first_name"]) for each in page.documents]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Jhon", "John"),
        ("jon", "John"),
        ("jahn", "John"),
        ("johm", "John"),
        ("kowalsky johm", "John"),
        ("gizmnoic", "John"),
        ("Petorva", "Anna"),
        ("anna petrva", "Anna"),
        ("Ивнаов", "Пётр"),
        ("иваноф", "Пётр"),
        ("angstorm", "Zoë"),
        ("press", "Anna"),
        ("angstrom@exam", "Zoë"),
        ("2233", "Пётр"),
        ("111 22 33", "Пётр"),
        ("8 495 111-22-33", "Пётр"),
        ("+74951112233", "Пётр"),
        ("(495) 111.22.33", "Пётр"),
    ],
)
def test_somebody_is_found_by_what_was_typed(actor: Actor, typed: str, name: str) -> None:
    assert found(actor, typed) == [name]


@pytest.mark.parametrize("typed", ["nobody", "9999999", "anna kowalski", "zq", "jo hn 5"])
def test_what_nothing_resembles_finds_nothing(actor: Actor, typed: str) -> None:
    assert found(actor, typed) == []


def test_exact_words_leave_no_room_for_similar_ones(actor: Actor) -> None:
    make_contact(actor, first_name="Jon", last_name="Snow")

    exact = search(actor, Query(search="jon", lenient=True))
    near = search(actor, Query(search="jonn", lenient=True))

    assert [each["first_name"] for each in exact.documents] == ["Jon"]
    assert not exact.is_near
    assert sorted(str(each["first_name"]) for each in near.documents) == ["John", "Jon"]
    assert near.is_near


def test_programs_get_what_they_ask_for_and_nothing_similar(actor: Actor) -> None:
    assert search(actor, Query(search="jhon", wide=True)).total == 0


def test_hidden_contacts_are_not_found_by_slips(actor: Actor, charlie: User) -> None:
    assert found(actor_for(charlie), "jhon") == []


def test_ids_of_similar_contacts_are_those_of_the_page(actor: Actor) -> None:
    query = Query(search="petorva", lenient=True)

    assert matching_ids(actor, query, 10) == search(actor, query).ids


def test_searchable_custom_field_is_looked_into(actor: Actor) -> None:
    motto = make_custom_field("Motto", is_searchable=True)
    make_contact(actor, first_name="Mia", **{f"custom_{motto.pk}": "Ёж и лиса"})

    assert found(actor, "ежи") == []
    assert found(actor, "еж") == ["Mia"]


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [
        ("john", "john", True),
        ("john", "jhon", True),
        ("john", "johnn", True),
        ("john", "jo", False),
        ("abc", "abd", True),
        ("abc", "adb", False),
        ("kowalski", "kovalsky", True),
        ("kowalski", "kovalskyj", False),
        ("", "", True),
    ],
)
def test_slips_are_counted(word: str, other: str, near: bool) -> None:
    assert is_near(word, other) is near
