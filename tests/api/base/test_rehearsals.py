"""A request that is only tried: `Dry-Run`."""

import pytest
from django.test import Client

from contacts.models import StoredAnswer, Tag

pytestmark = pytest.mark.django_db


def create(client: Client, dry_run: str, **headers: str) -> object:
    """Create a tag, perhaps only for show."""
    return client.post(
        "/probe/tags",
        {"name": "vip"},
        content_type="application/json",
        headers={"Dry-Run": dry_run, **headers},
    )


def test_rehearsed_request_is_answered_and_keeps_nothing(client: Client) -> None:
    answer = create(client, "?1")

    assert (answer.status_code, answer.json()) == (201, {"name": "vip"})
    assert answer["Dry-Run"] == "?1"
    assert not Tag.objects.filter(name="vip").exists()


def test_request_that_says_no_is_done(client: Client) -> None:
    answer = create(client, "?0")

    assert answer.status_code == 201
    assert "Dry-Run" not in answer
    assert Tag.objects.filter(name="vip").exists()


@pytest.mark.parametrize("value", ["1", "true", "yes", "?2", ""])
def test_header_that_cannot_be_read_does_not_let_the_change_happen(
    value: str, client: Client
) -> None:
    answer = create(client, value)

    assert answer.status_code == 400
    assert not Tag.objects.filter(name="vip").exists()


def test_rehearsal_uses_up_no_key_of_a_retry(client: Client) -> None:
    create(client, "?1", **{"Idempotency-Key": "k1"})

    assert not StoredAnswer.objects.exists()
    assert create(client, "?0", **{"Idempotency-Key": "k1"}).status_code == 201
