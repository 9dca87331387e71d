"""What a filter has found serves every page of its list, and nobody else's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.fields import reference
from contacts.models import User
from contacts.query import Page, Query, kept_lists, search, sorted_by, where
from contacts.services.contacts import update_contact
from tests.builders import actor_for, make_contact, make_project

pytestmark = pytest.mark.django_db

NAMES = "ABCDEFG"


@pytest.fixture
def member(bob: User) -> Actor:
    return actor_for(bob)


@pytest.fixture(autouse=True)
def _kept_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_lists, "LEAST", 2)


@pytest.fixture
def listed(member: Actor) -> list[int]:
    made = [make_contact(member, first_name=name, last_name="Ui").pk for name in NAMES]
    reference.know_data("1")
    return made


def page_of(actor: Actor, offset: int, key: str = "created_at") -> Page:
    condition = where(actor, "last_name", "eq", "Ui")
    order = (sorted_by(actor, key, descending=True),)
    return search(actor, Query(condition=condition, sort=order, offset=offset, limit=3))


@pytest.mark.parametrize("key", ["created_at", "sort_name", "id"])
def test_further_pages_ask_for_nothing_but_their_documents(
    member: Actor, listed: list[int], key: str
) -> None:
    first = page_of(member, 0, key)
    with CaptureQueriesContext(connection) as asked:
        others = [page_of(member, offset, key) for offset in (3, 6, 9)]

    assert [first.ids, *(page.ids for page in others)] == [
        listed[:3:-1],
        listed[3:0:-1],
        listed[:1],
        [],
    ]
    assert {page.total for page in (first, *others)} == {len(listed)}
    assert [each["first_name"] for each in others[0].documents] == ["D", "C", "B"]
    assert not [each for each in asked if "contacts_contactaccess" in each["sql"]]


def test_after_any_change_all_is_looked_for_again(member: Actor, listed: list[int]) -> None:
    page_of(member, 0)
    update_contact(member, listed[3], {"last_name": "Else"})
    assert page_of(member, 3).ids == [listed[2], listed[1], listed[0]]
    reference.know_data("2")
    assert page_of(member, 3).ids == [listed[2], listed[1], listed[0]]


def test_whoever_sees_others_is_answered_from_those(
    member: Actor, ada: User, listed: list[int]
) -> None:
    hidden = make_contact(
        first_name="Z", last_name="Ui", projects=[make_project("Hidden").pk], visibility=0
    )
    reference.know_data("1")
    page_of(member, 0)

    assert page_of(actor_for(ada), 0).ids[0] == hidden.pk
    assert page_of(member, 0).ids == listed[:3:-1]
