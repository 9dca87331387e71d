"""Lists of neighbours cost the same number of statements however long they are."""

from typing import Any

import pytest

from contacts.access import Actor
from contacts.services.groups import create_group
from contacts.services.membership_levels import create_membership_level
from tests.builders import actor_for
from tests.costs import statements_of
from tests.dialects.wildapricot.calling import Caller

pytestmark = pytest.mark.django_db


def cost(caller: Caller, address: str) -> int:
    """Return how many statements a request takes once the process knows its small tables."""
    assert caller.get(address).status_code == 200
    # The request's own transaction is no question to the database.
    return len(
        [
            each
            for each in statements_of(lambda: caller.get(address))
            if not each.startswith(("SAVE", "RELEASE"))
        ]
    )


@pytest.fixture
def administrator(ada: Any) -> Actor:
    return actor_for(ada)


def more(caller: Caller, administrator: Actor, number: int) -> None:
    """Add a level for bundles with its first member, a group with it, and a custom field."""
    level = create_membership_level(administrator, {"name": f"Family {number}", "type": "bundle"})
    group = create_group(administrator, {"title": f"Group {number}"})
    caller.make(
        {
            "FirstName": f"Amy {number}",
            "MembershipLevel": {"Id": level["id"]},
            "FieldValues": [{"SystemCode": "Groups", "Value": [{"Id": group["id"]}]}],
        }
    )


@pytest.mark.parametrize(
    "address",
    [
        # Credential and stamps; levels.
        "/membershiplevels",
        # Credential and stamps; groups; their sizes.
        "/membergroups",
        # Credential and stamps; bundles; memberships; contacts.
        "/bundles",
        # Credential and stamps; filters.
        "/savedsearches",
        # Credential and stamps; projects that may be chosen.
        "/contactfields",
        # Credential and stamps; ids and documents.
        "/contacts?$async=false&$filter=member%20eq%20true",
    ],
)
def test_length_does_not_matter(as_alice: Caller, administrator: Actor, address: str) -> None:
    more(as_alice, administrator, 0)
    one = cost(as_alice, address)
    for number in range(1, 6):
        more(as_alice, administrator, number)
    several = cost(as_alice, address)

    assert several == one
    assert several <= 4, several
