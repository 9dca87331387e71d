"""Programs are told what happens, and only of what their user sees."""

import hashlib
import hmac
import json

import pytest

from contacts import jobs
from contacts.models import Delivery, Project, User, Webhook
from contacts.services import webhook_sending
from tests.builders import actor_for, make_contact
from tests.dialects.concord.calling import Caller, errors_of
from tests.receiving import Receiver, receiver

__all__ = ["receiver"]

pytestmark = pytest.mark.django_db

PATH = "/api/zapier/hooks/contacts/create"


def test_a_new_contact_is_told_in_its_reduced_form_and_signed(
    receiver: Receiver, as_alice: Caller, project: Project
) -> None:
    made = as_alice.make(PATH, {"targetUrl": receiver.url, "zapId": 7, "data": {"a": 1}})
    secret = made.pop("secret")
    assert made == {
        "id": made["id"],
        "hook": receiver.url,
        "resource_name": "contacts",
        "action": "create",
        "user_id": made["user_id"],
        "zap_id": 7,
        "data": {"a": 1},
    }
    contact = as_alice.make("/api/contacts", {"first_name": "Zoë"})
    as_alice.make("/api/companies", {"name": "Acme"})
    jobs.run_due()
    ((headers, body),) = receiver.told
    told = json.loads(body)
    assert (told["id"], told["first_name"]) == (contact["id"], "Zoë")
    assert "authorizations" not in told
    signed = f"{headers['X-Webhook-Timestamp']}.".encode() + body
    mac = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Webhook-Signature"] == f"sha256={mac}"
    assert sorted(Delivery.objects.values_list("status", flat=True)) == ["done", "dropped"]


def test_a_changed_deal_is_told_until_the_subscription_ends(
    receiver: Receiver, as_alice: Caller, project: Project
) -> None:
    stage = as_alice.read("/api/pipeline-stages")["data"][0]["id"]
    hook = as_alice.make("/api/zapier/hooks/deals/update", {"targetUrl": receiver.url})
    deal = as_alice.make("/api/deals", {"name": "Order", "stage_id": stage})
    as_alice.change(f"/api/deals/{deal['id']}", {"name": "Spring order"})
    jobs.run_due()
    assert [json.loads(body)["name"] for _headers, body in receiver.told] == ["Spring order"]
    assert as_alice.delete(f"/api/zapier/hooks/{hook['id']}").status_code == 204
    as_alice.change(f"/api/deals/{deal['id']}", {"name": "Order"})
    jobs.run_due()
    assert len(receiver.told) == 1


def test_what_the_user_does_not_see_is_not_told(
    receiver: Receiver, as_charlie: Caller, project: Project, alice: User
) -> None:
    as_charlie.make(PATH, {"targetUrl": receiver.url})
    make_contact(actor_for(alice), first_name="Hidden", projects=[project.pk])
    jobs.run_due()
    assert receiver.told == []


def test_what_is_not_taken_is_sent_again_later(
    receiver: Receiver, as_alice: Caller, project: Project
) -> None:
    as_alice.make(PATH, {"targetUrl": receiver.url})
    receiver.status = 500
    as_alice.make("/api/contacts", {"first_name": "Ann"})
    jobs.run_due()
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.error, delivery.answer) == ("waiting", "HTTP 500", 500)
    receiver.status = 200
    webhook_sending._send(delivery, is_last=False)
    delivery.refresh_from_db()
    assert (delivery.status, len(receiver.told)) == ("done", 2)
    assert receiver.told[0][1] == receiver.told[1][1]


def test_who_fails_again_and_again_is_paused(
    receiver: Receiver, as_alice: Caller, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_sending, "PAUSED_AFTER", 1)
    monkeypatch.setattr(webhook_sending, "TRIES", 1)
    as_alice.make(PATH, {"targetUrl": receiver.url})
    receiver.status = 503
    as_alice.make("/api/contacts", {"first_name": "Ann"})
    jobs.run_due()
    assert Webhook.objects.get().paused_at is not None
    as_alice.make("/api/contacts", {"first_name": "Bea"})
    assert Delivery.objects.count() == 1


def test_an_answer_that_nobody_listens_ends_the_subscription(
    receiver: Receiver, as_alice: Caller, project: Project
) -> None:
    as_alice.make(PATH, {"targetUrl": receiver.url})
    receiver.status = 410
    as_alice.make("/api/contacts", {"first_name": "Ann"})
    jobs.run_due()
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "http://localhost:8000/",
        "http://10.1.2.3/",
        "http://[::1]/",
        "http://[::ffff:192.168.0.1]/",
        "http://169.254.169.254/latest",
        "http://2130706433/",
        "http://printer.local/",
        "ftp://example.org/",
        "http://user@example.org/",
        "no address",
        "",
    ],
)
def test_addresses_in_private_networks_are_refused(url: str, as_alice: Caller) -> None:
    assert list(errors_of(as_alice.post(PATH, {"targetUrl": url}))) == ["targetUrl"]


def test_a_name_that_leads_into_a_private_network_is_not_called(
    as_alice: Caller, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_alice.make(PATH, {"targetUrl": "https://hooks.example.org/x"})
    place = [(2, 1, 6, "", ("192.168.1.1", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_words, **_more: place)
    as_alice.make("/api/contacts", {"first_name": "Ann"})
    jobs.run_due()
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.error) == (
        "failed",
        "The address is inside a private network.",
    )


def test_only_known_events_are_told(as_alice: Caller) -> None:
    body = {"targetUrl": "https://hooks.example.org/x"}
    assert as_alice.post("/api/zapier/hooks/contacts/delete", body).status_code == 404
    assert as_alice.post("/api/zapier/hooks/notes/create", body).status_code == 404


def test_subscriptions_of_others_are_not_there(as_alice: Caller, as_charlie: Caller) -> None:
    hook = as_alice.make(PATH, {"targetUrl": "https://hooks.example.org/x"})
    path = f"/api/zapier/hooks/{hook['id']}"
    assert as_charlie.delete(path).status_code == 404
    assert as_alice.delete(path).status_code == 204
    assert as_alice.delete(path).status_code == 404
