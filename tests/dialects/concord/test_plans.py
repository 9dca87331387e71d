"""When activities are due and end, and what is asked of calls, notes and comments."""

from typing import Any

import pytest

from contacts.models import User
from tests.dialects.concord.calling import Caller, errors_of
from tests.dialects.concord.test_neighbours import make_activity, person

pytestmark = pytest.mark.django_db


def times(record: dict[str, Any]) -> tuple[str, str]:
    """Return when an activity is due and when it ends."""
    return record["due_date"], record["end_date"]


def test_an_end_that_is_sent_alone_is_kept(as_alice: Caller, alice: User) -> None:
    """It was left out without a word."""
    path = f"/api/activities/{make_activity(as_alice, alice, due_date='2030-01-02 10:00')['id']}"
    changed = as_alice.change(path, {"end_date": "2030-01-02T11:30:00Z"})
    assert times(changed) == ("2030-01-02T10:00:00.000000Z", "2030-01-02T11:30:00.000000Z")
    answer = as_alice.put(path, {"end_date": "2030-01-01T11:30:00Z"})
    assert errors_of(answer).keys() == {"end_date"}
    assert times(as_alice.change(path, {"end_date": None}))[1] == "2030-01-02"


def test_a_new_start_leaves_the_end_where_there_is_room_for_it(
    as_alice: Caller, alice: User
) -> None:
    times_of_it = {"due_date": "2030-01-02 10:00", "end_date": "2030-01-02 12:00"}
    path = f"/api/activities/{make_activity(as_alice, alice, **times_of_it)['id']}"
    later = as_alice.change(path, {"due_date": "2030-01-02 11:00"})
    assert times(later) == ("2030-01-02T11:00:00.000000Z", "2030-01-02T12:00:00.000000Z")
    assert times(as_alice.change(path, {"due_date": "2030-01-03 11:00"}))[1] == "2030-01-03"


def test_the_end_on_another_day_needs_a_time(as_alice: Caller, alice: User) -> None:
    sent = {"title": "Visit", "user_id": alice.pk, "due_date": "2030-01-02 10:00"}
    for end in ("2030-01-01", "2030-01-04"):
        answer = as_alice.post("/api/activities", {**sent, "end_date": end})
        assert errors_of(answer).keys() == {"end_date"}
    made = as_alice.make("/api/activities", {**sent, "end_date": "2030-01-02"})
    assert times(made) == ("2030-01-02T10:00:00.000000Z", "2030-01-02")


def test_a_time_needs_its_day(as_alice: Caller, alice: User) -> None:
    sent = {"title": "Visit", "user_id": alice.pk}
    answer = as_alice.post("/api/activities", {**sent, "due_time": "15:00"})
    assert errors_of(answer) == {"due_date": ["The Due Date field is required."]}
    answer = as_alice.post(
        "/api/activities", {**sent, "due_date": "2030-01-02", "end_time": "15:00"}
    )
    assert errors_of(answer) == {"end_date": ["The End Date field is required."]}


def test_a_type_that_is_sent_is_one(as_alice: Caller, alice: User) -> None:
    made = make_activity(as_alice, alice)
    wrong = {"activity_type_id": ["The Activity Type field must have a value."]}
    sent = {"title": "Visit", "user_id": alice.pk, "due_date": "2030-01-02"}
    answer = as_alice.post("/api/activities", {**sent, "activity_type_id": ""})
    assert errors_of(answer) == wrong
    answer = as_alice.put(f"/api/activities/{made['id']}", {"activity_type_id": None})
    assert errors_of(answer) == wrong


def test_activities_tell_in_lists_how_much_they_are_tied_to(as_alice: Caller, alice: User) -> None:
    contact = person(as_alice)
    make_activity(as_alice, alice, contacts=[contact])
    (listed,) = as_alice.read(f"/api/contacts/{contact}/activities")["data"]
    assert (listed["associations_count"], listed["media"]) == (1, [])
    assert listed["timeline_relation"] == "activities"


def test_a_note_without_the_resource_it_is_written_from_is_refused(as_alice: Caller) -> None:
    """With an id and no resource the server failed."""
    sent = {"body": "x", "via_resource": "", "via_resource_id": person(as_alice)}
    assert errors_of(as_alice.post("/api/notes", sent)).keys() == {"via_resource"}


def test_a_call_that_names_where_it_is_made_from_names_it_whole(as_alice: Caller) -> None:
    outcome = as_alice.read("/api/call-outcomes")["data"][0]["id"]
    sent = {"body": "x", "date": "2030-01-02 10:00", "call_outcome_id": outcome}
    contact = person(as_alice)
    answer = as_alice.post("/api/calls", {**sent, "via_resource": "", "via_resource_id": contact})
    assert errors_of(answer) == {"via_resource": ["The via resource field must have a value."]}
    made = as_alice.make("/api/calls", sent)
    assert (made["timeline_component"], made["timeline_relation"]) == ("call", "calls")
    answer = as_alice.put(f"/api/calls/{made['id']}", {"via_resource_id": None})
    assert errors_of(answer).keys() == {"via_resource_id"}


def test_a_comment_that_names_where_it_is_made_from_names_it_whole(
    as_alice: Caller, alice: User
) -> None:
    path = f"/api/activities/{make_activity(as_alice, alice)['id']}/comments"
    sent = {"body": "x", "via_resource": "", "via_resource_id": ""}
    assert errors_of(as_alice.post(path, sent)).keys() == {"via_resource", "via_resource_id"}
    made = as_alice.make(path, {"body": "x"})
    answer = as_alice.put(f"/api/comments/{made['id']}", sent)
    assert errors_of(answer).keys() == {"via_resource", "via_resource_id"}
