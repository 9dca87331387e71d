"""Programs are told of changed contacts in this protocol's words."""

import json

import pytest
from django.utils import timezone

from api.wildapricot.auth import KEY
from contacts import jobs
from contacts.models import Credential, Project, User, Webhook
from tests.builders import actor_for, join, make_contact, make_project
from tests.dialects.wildapricot.calling import ROOT, Caller, caller
from tests.receiving import Receiver, receiver

__all__ = ["receiver"]

pytestmark = pytest.mark.django_db


def told(found: Receiver) -> list[object]:
    """Return the messages that have arrived."""
    jobs.run_due()
    return [json.loads(body) for _headers, body in found.told]


def message(contact_id: int) -> object:
    """Return what is told of a contact."""
    return {
        "AccountId": "1",
        "MessageType": "ContactModified",
        "Parameters": {"Contact.Id": str(contact_id)},
    }


def test_every_change_of_a_contact_is_told(
    receiver: Receiver, as_alice: Caller, project: Project
) -> None:
    made = as_alice.send("POST", "/webhooks", {"TargetUrl": receiver.url}).json()
    assert made.pop("Secret")
    assert made == {
        "Id": made["Id"],
        "Url": f"http://testserver{ROOT}/Webhooks/{made['Id']}",
        "TargetUrl": receiver.url,
        "MessageType": "ContactModified",
        "IsPaused": False,
    }
    assert as_alice.read("/webhooks") == [made]

    amy = as_alice.make({"FirstName": "Amy"})["Id"]
    as_alice.change(amy, {"LastName": "Pond"})
    as_alice.change(amy, {"FieldValues": [{"FieldName": "Archived", "Value": True}]})
    assert told(receiver) == [message(amy)] * 3

    assert as_alice.send("DELETE", f"/webhooks/{made['Id']}").json() is True
    as_alice.make({"FirstName": "Rory"})
    assert len(told(receiver)) == 3
    assert as_alice.send("DELETE", f"/webhooks/{made['Id']}").status_code == 404


def test_what_one_does_not_see_is_not_told(
    receiver: Receiver, as_charlie: Caller, as_alice: Caller, project: Project
) -> None:
    as_charlie.send("POST", "/webhooks", {"TargetUrl": receiver.url})
    values = [{"FieldName": "Projects", "Value": [project.pk]}]
    as_alice.make({"FirstName": "Amy", "FieldValues": values})
    hidden = as_charlie.list()
    assert told(receiver) == [message(each["Id"]) for each in hidden]
    assert as_alice.read("/webhooks") == []


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({}, "TargetUrl"),
        ({"TargetUrl": "nothing"}, "TargetUrl"),
        ({"TargetUrl": "http://127.0.0.1/x"}, "TargetUrl"),
        ({"TargetUrl": "https://example.com/x", "MessageType": "EventModified"}, "MessageType"),
    ],
)
def test_bad_subscriptions_are_refused(as_alice: Caller, body: object, key: str) -> None:
    answer = as_alice.send("POST", "/webhooks", body)

    assert answer.status_code == 400
    assert answer.json()["details"][0]["key"] == key
    assert not Webhook.objects.exists()


def test_a_hook_tells_no_more_than_the_key_that_made_it(
    receiver: Receiver, as_alice: Caller, alice: User, project: Project
) -> None:
    elsewhere = make_project("Elsewhere", modules=project.modules)
    join(alice, elsewhere)
    bound = caller(alice, project_id=elsewhere.pk)
    made = bound.send("POST", "/webhooks", {"TargetUrl": receiver.url}).json()
    assert [each["Id"] for each in bound.read("/webhooks")] == [made["Id"]]

    make_contact(actor_for(alice), first_name="Here", projects=[project.pk])
    assert told(receiver) == []
    there = make_contact(actor_for(alice), first_name="There", projects=[elsewhere.pk])
    assert told(receiver) == [message(there.pk)]

    Credential.objects.filter(kind=KEY, project=elsewhere).update(revoked_at=timezone.now())
    make_contact(actor_for(alice), first_name="Later", projects=[elsewhere.pk])
    assert len(told(receiver)) == 1
