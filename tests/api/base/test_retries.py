"""The same Idempotency-Key acts once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from contacts.access import make_credential
from contacts.models import StoredAnswer, Tag, User

pytestmark = pytest.mark.django_db


def create(client: Client, name: str, key: str, **more: object) -> object:
    """Create a tag with a key."""
    return client.post(
        "/probe/tags",
        {"name": name, **more},
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def test_a_retry_gets_the_first_answer_and_has_no_effect(client: Client) -> None:
    first, second = create(client, "vip", "k1"), create(client, "vip", "k1")
    assert (first.status_code, first.json()) == (201, {"name": "vip"})
    assert (second.status_code, second.content) == (201, first.content)
    assert second["Location"] == first["Location"] == "/probe/tags/vip"
    assert second["Content-Type"] == first["Content-Type"]
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == "true"
    assert Tag.objects.filter(name="vip").count() == 1


def test_the_same_key_with_another_body_is_a_conflict(client: Client) -> None:
    create(client, "vip", "k1")
    answer = create(client, "hot", "k1")
    assert (answer.status_code, answer.json()["words"]) == (409, "idempotency_key_reused")
    assert not Tag.objects.filter(name="hot").exists()


def test_a_refused_request_stores_nothing_and_may_be_tried_again(client: Client) -> None:
    assert create(client, "vip", "k1", fail=1).status_code == 422
    assert not Tag.objects.filter(name="vip").exists()
    assert not StoredAnswer.objects.exists()
    assert create(client, "vip", "k1").status_code == 201


def test_keys_of_different_people_are_different_keys(client: Client) -> None:
    _, token = make_credential("probe", User.objects.create_user("bob"))
    create(client, "vip", "k1")
    answer = create(Client(headers={"X-Token": token}), "hot", "k1")
    assert (answer.status_code, answer.json()) == (201, {"name": "hot"})


def test_a_key_of_yesterday_is_forgotten(client: Client) -> None:
    create(client, "vip", "k1")
    StoredAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    answer = create(client, "hot", "k1")
    assert (answer.status_code, answer.json()) == (201, {"name": "hot"})


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "tab\tin it"])
def test_unusable_keys_are_refused(client: Client, key: str) -> None:
    assert create(client, "vip", key).status_code == 400
    assert not Tag.objects.filter(name="vip").exists()


def test_without_a_key_every_request_acts(client: Client) -> None:
    for name in ("vip", "hot"):
        client.post("/probe/tags", {"name": name}, content_type="application/json")
    assert Tag.objects.filter(name__in=["vip", "hot"]).count() == 2
    assert not StoredAnswer.objects.exists()
