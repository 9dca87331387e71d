"""What is there already and is sent again, and what is sent back as it was read."""

from typing import Any

import pytest

from contacts.models import Activity, Change, Deal, Note, User
from contacts.services.activities import create_activity
from contacts.services.deals import create_deal
from contacts.services.notes import create_note
from tests.builders import actor_for, make_contact
from tests.dialects.concord.calling import Caller
from tests.dialects.concord.test_neighbours import make_activity, make_deal, person

pytestmark = pytest.mark.django_db

# Bodies that change nothing, and bodies that do.
SAME: dict[str, list[dict[str, Any]]] = {
    "deals": [{"name": " Roof "}, {"amount": "12.50"}, {"expected_close_date": "2031-01-02"}],
    "activities": [
        {"title": "Visit"},
        {"due_date": "2030-01-02 10:00"},
        {"guests": {"contacts": [], "users": []}},
    ],
    "calls": [{"body": "<p>Rang</p>"}, {"date": "2030-01-02T10:00:00Z"}],
    "notes": [{"body": "<p>Said</p>"}],
}
OTHER: dict[str, list[dict[str, Any]]] = {
    "deals": [{"amount": 13}, {"tags": ["VIP", "New"]}, {"expected_close_date": None}],
    "activities": [{"note": "Bring it"}, {"is_completed": True}, {"due_date": "2030-01-02"}],
    "calls": [{"body": "<p>Rang twice</p>"}],
    "notes": [{"body": "<p>Said more</p>"}],
}


def made(caller: Caller, user: User, resource: str) -> dict[str, Any]:
    """Make a record of a resource and return what is answered."""
    if resource == "deals":
        more = {"amount": 12.5, "tags": ["VIP"], "expected_close_date": "2031-01-02"}
        return make_deal(caller, "Roof", **more)
    if resource == "activities":
        return make_activity(caller, user, due_date="2030-01-02 10:00", note="Ask")
    body: dict[str, Any] = via(person(caller))
    if resource == "calls":
        outcome = caller.read("/api/call-outcomes")["data"][0]["id"]
        body |= {"body": "<p>Rang</p>", "date": "2030-01-02 10:00", "call_outcome_id": outcome}
    else:
        body |= {"body": "<p>Said</p>"}
    return dict(caller.make(f"/api/{resource}", body))


def via(contact_id: int) -> dict[str, Any]:
    return {"via_resource": "contacts", "via_resource_id": contact_id}


@pytest.mark.parametrize("resource", SAME)
def test_the_time_of_change_moves_on_effective_writes_alone(
    as_alice: Caller, alice: User, resource: str
) -> None:
    record = made(as_alice, alice, resource)
    path = f"/api/{resource}/{record['id']}"
    besides = via(person(as_alice)) if resource == "notes" else {}
    before, changes = as_alice.read(path), Change.objects.count()
    for body in (*SAME[resource], before):
        assert as_alice.change(path, {**body, **besides})["updated_at"] == before["updated_at"]
    assert Change.objects.count() == changes
    for body in OTHER[resource]:
        after = as_alice.change(path, {**body, **besides})
        assert after["updated_at"] > before["updated_at"]
        before = after
    assert Change.objects.count() == changes + len(OTHER[resource])


def test_an_activity_without_a_priority_gets_none_by_the_way(as_alice: Caller, alice: User) -> None:
    pk = make_activity(as_alice, alice)["id"]
    Activity.objects.filter(pk=pk).update(priority=None)
    as_alice.change(f"/api/activities/{pk}", {"title": "Visit again"})
    assert Activity.objects.get(pk=pk).priority is None


def test_a_note_that_is_no_html_stays_as_it_was_written(as_alice: Caller, alice: User) -> None:
    """Signs of HTML became words at every turn, and HTML that was sent was shown as its signs."""
    contact_id = person(as_alice)
    pk = create_note(actor_for(alice), {"contact": contact_id, "content": "a < b\n*c*"})["id"]
    path = f"/api/notes/{pk}"
    shown = as_alice.read(path)["body"]
    as_alice.change(path, {"body": shown, **via(contact_id)})
    assert Note.objects.get(pk=pk).content == "a < b\n*c*"
    changed = as_alice.change(path, {"body": "<p>New</p>", **via(contact_id)})
    assert changed["body"] == "<p>New</p>"


def test_html_that_is_not_shown_is_not_lost(as_alice: Caller, alice: User) -> None:
    details = '<p onclick="x">Hi</p> a < b'
    values = {"subject": "Visit", "details": details, "starts_at": "2030-01-02T10:00:00Z"}
    pk = create_activity(actor_for(alice), values)["id"]
    path = f"/api/activities/{pk}"
    record = as_alice.read(path)
    assert record["description"] == "<p>Hi</p> a &lt; b"
    as_alice.change(path, record)
    assert Activity.objects.get(pk=pk).details == details
    as_alice.change(path, {"description": None})
    assert Activity.objects.get(pk=pk).details == ""


def test_what_stands_for_nothing_stays_nothing(as_alice: Caller, alice: User) -> None:
    """No amount is shown as zero, no end as the day itself: both were written down."""
    deal = make_deal(as_alice)
    plan = make_activity(as_alice, alice)
    for path, record in (
        (f"/api/deals/{deal['id']}", deal),
        (f"/api/activities/{plan['id']}", plan),
    ):
        assert as_alice.change(path, record)["updated_at"] == record["updated_at"]
    assert Deal.objects.get(pk=deal["id"]).amount is None
    assert Activity.objects.get(pk=plan["id"]).ends_at is None
    as_alice.change(f"/api/activities/{plan['id']}", {"end_date": "2030-01-03"})
    assert as_alice.change(f"/api/deals/{deal['id']}", {"amount": 5})["amount"] == 5
    assert as_alice.change(f"/api/deals/{deal['id']}", {"amount": 0})["amount"] == 0
    assert Deal.objects.get(pk=deal["id"]).amount == 0
    assert Activity.objects.get(pk=plan["id"]).ends_at is not None


def test_a_deal_without_a_stage_is_sent_back_as_it_is(as_alice: Caller, alice: User) -> None:
    pk = create_deal(actor_for(alice), {"name": "Roof"})["id"]
    record = as_alice.read(f"/api/deals/{pk}")
    assert record["stage_id"] is None
    assert as_alice.change(f"/api/deals/{pk}", record)["updated_at"] == record["updated_at"]
    staged = make_deal(as_alice)
    assert as_alice.put(f"/api/deals/{staged['id']}", {"stage_id": None}).status_code == 422


def test_a_person_without_a_first_name_is_sent_back_as_they_are(
    as_alice: Caller, alice: User
) -> None:
    path = f"/api/contacts/{make_contact(actor_for(alice), last_name='Lee', first_name='').pk}"
    record = as_alice.read(path)
    assert record["first_name"] == ""
    assert as_alice.change(path, {**record, "city": "Ulm"})["city"] == "Ulm"
    assert as_alice.change(path, {"first_name": "Ann"})["first_name"] == "Ann"
    assert as_alice.put(path, {"first_name": ""}).status_code == 422
