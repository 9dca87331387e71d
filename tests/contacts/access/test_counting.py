"""How often programs ask: counted without making them wait, read by people."""

from collections.abc import Iterator

import pytest
from django.test import Client

from contacts.access import count_request
from contacts.access.counting import (
    Usage,
    do_or_tell,
    forget_counts,
    today,
    usage_of_credentials,
    usage_of_dialects,
    write_counts,
)
from contacts.models import RequestCount, User
from tests.builders import make_key

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    """Begin and end with nothing counted by other tests of this process."""
    forget_counts()
    yield
    forget_counts()


def test_requests_of_a_day_are_one_row_a_key() -> None:
    count_request("first", 7, address="192.0.2.1")
    write_counts()
    count_request("first", 7, address="2001:db8::1", is_failed=True)
    count_request("second", 7)
    count_request("first", None)

    usage = usage_of_credentials([7, 8])

    assert RequestCount.objects.count() == 3
    assert (usage[7].requests, usage[7].failed, usage[7].failed_percent) == (3, 1, 34)
    assert usage[7].last_address in ("2001:db8::1", "")
    assert 8 not in usage
    assert usage_of_dialects()["first"].requests == 3


def test_an_address_that_is_none_does_not_stop_the_counting() -> None:
    count_request("first", 7, address="unix:/run/socket")

    assert usage_of_credentials([7])[7].requests == 1


def test_days_long_gone_are_forgotten() -> None:
    old = today().replace(year=2020)
    RequestCount.objects.create(day=old, dialect="first", requests=5, last_at="2020-01-01T00:00Z")
    count_request("first", 7)

    write_counts()

    assert [row.day for row in RequestCount.objects.all()] == [today()]


def test_what_no_database_takes_is_told_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    count_request("\ud800", 7)

    do_or_tell(write_counts)
    count_request("first", 7)
    do_or_tell(write_counts)

    assert "counting failed" in caplog.text
    assert [row.dialect for row in RequestCount.objects.all()] == ["first"]


def test_every_request_of_many_is_counted() -> None:
    for _ in range(1_000):
        count_request("first", 7, address="192.0.2.1")

    assert usage_of_dialects() == {
        "first": Usage(1_000, 0, last_at=RequestCount.objects.get().last_at)
    }


def test_requests_through_a_protocol_are_counted_with_their_failures(
    client: Client, alice: User
) -> None:
    key = make_key(alice, "redmineup_key")

    assert client.get("/contacts.json", headers={"X-Redmine-API-Key": key}).status_code == 200
    client.get("/contacts/999999.json", headers={"X-Redmine-API-Key": key})
    client.get("/contacts.json", headers={"X-Redmine-API-Key": "wrong"})

    usage = usage_of_dialects()["redmineup"]
    assert (usage.requests, usage.failed) == (3, 2)
    credential = alice.credentials.get()
    assert usage_of_credentials([credential.pk])[credential.pk].last_address == "127.0.0.1"
