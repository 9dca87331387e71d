"""What hangs on contacts is as much as they are: it is counted only where somebody asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.fields import reference
from contacts.models import User
from contacts.query import Query, search, where
from contacts.services.contacts import archive_contact
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(alice: User) -> Actor:
    return actor_for(alice)


@pytest.fixture
def emails(actor: Actor) -> list[str]:
    """Make four e-mails of two contacts."""
    found = [f"{name}{number}@example.com" for name in "ab" for number in (1, 2)]
    make_contact(actor, first_name="A", emails=found[:2], tags=["vip"])
    make_contact(actor, first_name="B", emails=found[2:], tags=["vip"])
    reference.know_data("1")
    return found


def counts_in(asked: CaptureQueriesContext) -> int:
    return sum("COUNT(" in each["sql"] for each in asked)


def test_a_page_whose_total_nobody_asks_for_counts_nothing(actor: Actor, emails: list[str]) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = search(actor, Query("email", limit=2, total=False))

    assert [each["address"] for each in page.documents] == emails[:2]
    assert counts_in(asked) == 0


def test_a_total_is_counted_once_and_not_where_the_page_tells(
    actor: Actor, emails: list[str]
) -> None:
    with CaptureQueriesContext(connection) as asked:
        totals = [
            search(actor, Query("email", offset=offset, limit=2)).total for offset in (0, 2, 3, 9)
        ]
    assert totals == [4, 4, 4, 4]
    assert counts_in(asked) == 1

    one = where(actor, "address", "eq", emails[0], kind="email")
    assert search(actor, Query("email", one, limit=2)).total == 1
    assert search(actor, Query("email", one, limit=0)).total == 1
    assert search(actor, Query("email", limit=0, total=False)).total == len(emails)

    make_contact(actor, first_name="C", emails=["c@example.com"])
    assert search(actor, Query("email", limit=2)).total == len(emails) + 1


def test_what_hangs_on_an_archived_contact_is_seen_by_nobody(
    actor: Actor, ada: User, emails: list[str]
) -> None:
    admin = actor_for(ada)
    gone = make_contact(actor, first_name="C", emails=["c@example.com"], tags=["vip"])
    seen = [
        search(each, Query(kind)).total
        for each in (actor, admin)
        for kind in ("email", "contact_tag")
    ]
    archive_contact(admin, gone.pk)
    reference.know_data("2")
    left = [
        search(each, Query(kind)).total
        for each in (actor, admin)
        for kind in ("email", "contact_tag")
    ]

    assert (seen, left) == ([5, 3] * 2, [4, 2] * 2)
