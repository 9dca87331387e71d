"""Ask and order by facts of the record that a reference points to."""

import pytest

from contacts.access import Actor
from contacts.errors import TooComplexError, UnknownFieldError
from contacts.models import User
from contacts.query import Not, Query, field_of, related, search, sorted_through, where
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(alice: User) -> Actor:
    return actor_for(alice)


def emails_of(actor: Actor, **more: object) -> list[object]:
    page = search(actor, Query("email", **more))  # type: ignore[arg-type]  # Query's own keywords
    return [document["address"] for document in page.documents]


def test_emails_are_found_by_the_name_of_their_contact(owner: Actor) -> None:
    make_contact(owner, first_name="Ann", emails=["ann@x.org"])
    make_contact(owner, first_name="Bob", emails=["bob@x.org"])
    contact = field_of(owner, "email", "contact")
    is_ann = related(owner, contact, "contact", where(owner, "first_name", "eq", "ann"))
    assert emails_of(owner, condition=is_ann) == ["ann@x.org"]
    assert emails_of(owner, condition=Not(is_ann)) == ["bob@x.org"]


def test_emails_are_ordered_by_the_name_of_their_contact(owner: Actor) -> None:
    for name in ("Ann", "Carl", "Bob"):
        make_contact(owner, first_name=name, last_name="", emails=[f"{name}@x.org"])
    contact = field_of(owner, "email", "contact")
    for key in ("first_name", "sort_name"):
        order = sorted_through(owner, contact, "contact", key, descending=True)
        assert emails_of(owner, sort=(order,)) == ["Carl@x.org", "Bob@x.org", "Ann@x.org"]
    with pytest.raises(UnknownFieldError):
        sorted_through(owner, contact, "contact", "nonsense")


def test_a_condition_on_another_record_counts_towards_the_limits(owner: Actor) -> None:
    contact = field_of(owner, "email", "contact")
    long = where(owner, "first_name", "eq", "x" * 20_000)
    with pytest.raises(TooComplexError):
        search(owner, Query("email", related(owner, contact, "contact", long)))
