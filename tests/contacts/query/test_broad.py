"""A list that is too long to be looked for as a whole is walked at once when it is asked again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.fields import reference
from contacts.models import User
from contacts.query import Query, beginning, contact_pages, search, sorted_by, where
from contacts.services.contacts import update_contact
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

NAMES = "ABCDEF"


@pytest.fixture
def member(bob: User) -> Actor:
    return actor_for(bob)


@pytest.fixture(autouse=True)
def _long_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_pages, "EXACT_UP_TO", 3)


@pytest.fixture
def listed(member: Actor) -> list[int]:
    made = [make_contact(member, first_name=name, last_name="Ui").pk for name in NAMES]
    reference.know_data("1")
    return made


def asked(actor: Actor, offset: int = 0, key: str = "created_at") -> Query:
    condition = where(actor, "last_name", "eq", "Ui")
    order = (sorted_by(actor, key, descending=True),)
    return Query(condition=condition, sort=order, offset=offset, limit=2)


def statements_of(actor: Actor, query: Query) -> tuple[list[int], list[str]]:
    """Return the ids of a page, and the statements that found it."""
    with CaptureQueriesContext(connection) as captured:
        ids = search(actor, query).ids
    return ids, [each["sql"] for each in captured]


@pytest.mark.parametrize("key", ["created_at", "sort_name", "id"])
def test_a_page_asked_for_again_is_told_from_its_ids(
    member: Actor, listed: list[int], key: str
) -> None:
    page = search(member, asked(member, 2, key))
    ids, statements = statements_of(member, asked(member, 2, key))

    assert ids == page.ids == listed[3:1:-1]
    assert page.total == len(listed)
    assert len(statements) == 1
    assert "contacts_contactaccess" not in statements[0]
    # Another window of the same list is another page.
    assert search(member, asked(member, 1, key)).ids == listed[4:2:-1]


def test_after_a_change_the_list_is_walked_and_not_looked_for_as_a_whole(
    member: Actor, listed: list[int]
) -> None:
    assert search(member, asked(member)).ids == listed[:3:-1]
    update_contact(member, listed[5], {"last_name": "Else"})
    reference.know_data("2")
    ids, statements = statements_of(member, asked(member))

    assert ids == [listed[4], listed[3]]
    # The page and its total; nothing looks for four of them first.
    assert not [each for each in statements if "LIMIT 4" in each]


def test_what_does_not_lie_among_the_first_is_not_looked_for_there_again(
    member: Actor, listed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        make_contact(member, first_name=name, last_name="Zz")
    monkeypatch.setattr(beginning, "AT_LEAST", 0)
    monkeypatch.setattr(beginning, "LONG", 1)
    monkeypatch.setattr(beginning, "LOOKED_AT", 2)
    found = []
    for version in ("2", "3", "4"):
        reference.know_data(version)
        found.append(statements_of(member, asked(member)))

    assert [ids for ids, _statements in found] == [listed[:3:-1]] * 3
    first, second, third = (len(statements) for _ids, statements in found)
    assert first > second == third


def test_a_list_that_has_become_short_is_still_right(member: Actor, listed: list[int]) -> None:
    search(member, asked(member))
    for pk in listed[:5]:
        update_contact(member, pk, {"last_name": "Else"})
    reference.know_data("2")

    page = search(member, asked(member))
    assert (page.ids, page.total) == ([listed[5]], 1)
    assert search(member, asked(member, 2)).ids == []
    # Now it is known to be short: what matches is looked for as a whole.
    reference.know_data("3")
    ids, statements = statements_of(member, asked(member))
    assert ids == [listed[5]]
    assert [each for each in statements if "LIMIT 4" in each]
