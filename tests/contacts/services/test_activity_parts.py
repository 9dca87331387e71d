"""Who is what in an activity: who wrote it down, whom it is with, whom it is given to."""

import pytest

from contacts.access import Actor
from contacts.errors import InvalidError
from contacts.query import Query, get_record, search, where
from contacts.services.activities import create_activity, update_activity
from tests.builders import make_contact


def found(actor: Actor, key: str, contact_id: int) -> list[int]:
    """Return the activities in which a contact is this."""
    condition = where(actor, key, "has_any", [contact_id], kind="activity")
    return search(actor, Query(kind="activity", condition=condition)).ids


def test_activities_are_found_by_what_a_contact_is_in_them(owner: Actor) -> None:
    writer, first, second, helper = (make_contact(owner).pk for _each in range(4))
    made = create_activity(
        owner,
        {
            "subject": "Visit",
            "sources": [writer],
            "targets": [first, second],
            "assignees": [helper],
        },
    )
    activity = int(str(made["id"]))
    parts = {key: made[key] for key in ("sources", "targets", "assignees", "guest_ids")}
    assert parts == {
        "sources": [writer],
        "targets": [first, second],
        "assignees": [helper],
        "guest_ids": [],
    }
    assert found(owner, "targets", second) == found(owner, "sources", writer) == [activity]
    assert found(owner, "targets", helper) == found(owner, "assignees", writer) == []
    # Who only wrote it down does not take part.
    assert found(owner, "contacts", writer) == []
    assert found(owner, "contacts", helper) == [activity]


def test_one_part_changes_and_the_others_stay(owner: Actor) -> None:
    first, second, helper = (make_contact(owner).pk for _each in range(3))
    made = create_activity(owner, {"subject": "Visit", "targets": [first], "assignees": [helper]})
    changed = update_activity(owner, int(str(made["id"])), {"targets": [second]})
    assert (changed["targets"], changed["assignees"]) == ([second], [helper])


def test_hidden_contact_is_nobody_in_an_activity(owner: Actor, member: Actor) -> None:
    hidden, seen = make_contact(owner, visibility=2).pk, make_contact(owner).pk
    made = create_activity(owner, {"subject": "Visit", "targets": [hidden, seen]})
    activity = int(str(made["id"]))
    assert get_record(member, "activity", activity)["targets"] == [seen]
    with pytest.raises(InvalidError):
        create_activity(member, {"subject": "Visit", "targets": [hidden]})
    # What one does not see stays.
    update_activity(owner, activity, {"subject": "Call"})
    assert get_record(owner, "activity", activity)["targets"] == [hidden, seen]
