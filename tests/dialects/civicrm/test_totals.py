"""How many contacts of a type there are: known without counting, right after every change."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Contact, User
from tests.builders import actor_for, make_contact
from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db

WRITTEN: tuple[tuple[Any, int], ...] = (
    ("Individual", 3),
    ("Organization", 2),
    ({"IN": ["Organization", "Household"]}, 3),
    ({"!=": "Individual"}, 3),
    ({"NOT IN": ["Organization"]}, 4),
    ({"LIKE": "%hold"}, 1),
)


@pytest.fixture
def contacts(alice: User) -> list[int]:
    """Return three people, two organizations and a household; some are alice's alone."""
    actor = actor_for(alice)
    people = [make_contact(actor, visibility=each).pk for each in Contact.Visibility]
    firms = [
        make_contact(actor, kind="organization", organization_name=name, visibility=2).pk
        for name in ("Acme", "Bolts")
    ]
    return [*people, *firms, make_contact(actor, kind="household", household_name="Bakers").pk]


def test_types_are_counted_however_they_are_asked_for(
    as_alice: Caller, as_ada: Caller, contacts: list[int]
) -> None:
    for caller in (as_alice, as_ada):
        every = caller.ok("Contact", "get", {"return": "id", "options": {"limit": 0}})
        # Users have contacts of their own, which are people.
        users = len(every["values"]) - len(contacts)
        for written, count in WRITTEN:
            is_of_people = written == "Individual" or "NOT IN" in written
            with CaptureQueriesContext(connection) as asked:
                found = caller.ok("Contact", "getcount", contact_type=written)["result"]
            assert found == count + users * is_of_people, written
            counting = [each["sql"] for each in asked if "COUNT(" in each["sql"]]
            assert all("contacts_circlecount" in each for each in counting), written
            assert not any('contacts_contact"' in each for each in counting), written


def test_totals_are_right_after_every_change(as_alice: Caller, contacts: list[int]) -> None:
    def counts() -> list[int]:
        return [
            as_alice.ok("Contact", "getcount", contact_type=kind)["result"]
            for kind in ("Individual", "Organization", "Household")
        ]

    before = counts()
    made = as_alice.make("Contact", contact_type="Organization", organization_name="Coils")
    assert counts() == [before[0], before[1] + 1, before[2]]
    as_alice.ok("Contact", "delete", id=made)
    assert counts() == before
    as_alice.ok("Contact", "delete", id=made, skip_undelete=1)
    assert counts() == before
