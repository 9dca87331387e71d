"""Limits per credential and per address, and on guessing."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from rest_framework.settings import api_settings

from contacts.access import CredentialOptions, guessing, make_credential
from contacts.access.guessing import count_in_window
from contacts.models import User
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def rates(settings: Settings) -> dict[str, str]:
    """Return the table of rates that the server reads."""
    table: dict[str, str] = {}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": table}
    assert api_settings.DEFAULT_THROTTLE_RATES is table
    return table


def test_a_credential_beyond_its_rate_is_told_to_wait(
    client: Client, rates: dict[str, str]
) -> None:
    rates["credential"] = "2/day"
    statuses = [client.get("/probe/echo").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert 0 < int(client.get("/probe/echo")["Retry-After"]) <= 86_400


def test_another_credential_is_not_concerned(client: Client, rates: dict[str, str]) -> None:
    rates["credential"] = "1/day"
    _, token = make_credential("probe", User.objects.create_user("bob"))
    for _ in range(2):
        client.get("/probe/echo")
    assert Client(headers={"X-Token": token}).get("/probe/echo").status_code == 200


def test_an_address_is_limited_whatever_credentials_it_tries(
    stranger: Client, rates: dict[str, str]
) -> None:
    rates["address"] = "2/day"
    tries = [
        stranger.get("/probe/echo", headers={"X-Token": f"guess{number}"}).status_code
        for number in range(3)
    ]
    assert tries == [401, 401, 429]
    assert stranger.get("/probe/public", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_key_has_a_limit_of_its_own_which_its_tokens_share(
    alice: User, rates: dict[str, str]
) -> None:
    rates["credential"] = "100/min"
    key, secret = make_credential("probe", alice, CredentialOptions(per_minute=2))
    options = CredentialOptions(parent=key, per_minute=key.per_minute)
    _, token = make_credential("probe", alice, options)

    tries = [
        Client(headers={"X-Token": each}).get("/probe/echo") for each in (secret, token, secret)
    ]

    assert [each.status_code for each in tries] == [200, 200, 429]
    assert 0 < int(tries[2]["Retry-After"]) <= 60


def test_without_rates_nothing_is_counted(client: Client) -> None:
    assert [client.get("/probe/echo").status_code for _ in range(30)] == [200] * 30


def sign_in(client: Client, name: str, password: str, address: str = "10.0.0.1") -> int:
    """Return the status of a request with a user name and a password."""
    headers = {"X-User": name, "X-Password": password}
    return client.get("/probe/echo", headers=headers, REMOTE_ADDR=address).status_code


@pytest.fixture
def _few_tries(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr(guessing, "FAILURES_PER_PAIR", 2)
    monkeypatch.setattr(guessing, "FAILURES_PER_ADDRESS", 4)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.mark.usefixtures("_few_tries", "alice")
def test_guessing_one_name_is_stopped_and_others_may_still_sign_in(stranger: Client) -> None:
    assert [sign_in(stranger, "alice", "wrong") for _ in range(3)] == [401, 401, 429]
    assert sign_in(stranger, "ALICE", PASSWORD) == 429
    assert sign_in(stranger, "alice", PASSWORD, address="10.0.0.2") == 200


@pytest.mark.usefixtures("_few_tries", "alice")
def test_guessing_from_many_addresses_is_stopped_but_not_for_the_owner(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guessing, "FAILURES_PER_NAME", 3)
    assert sign_in(stranger, "alice", PASSWORD, address="192.0.2.1") == 200
    guesses = [sign_in(stranger, "alice", "x", address=f"10.0.1.{number}") for number in range(4)]
    assert guesses == [401, 401, 401, 429]
    assert sign_in(stranger, "alice", PASSWORD, address="10.0.1.9") == 429
    assert sign_in(stranger, "alice", PASSWORD, address="192.0.2.1") == 200


def test_counters_of_the_database_outlive_the_usual_time_of_a_cache(client: Client) -> None:
    with time_machine.travel("2026-11-28T10:00:01Z", tick=False) as clock:
        assert [count_in_window("test_window", 3_600) for _ in range(3)] == [1, 2, 3]
        clock.shift(1_800)
        assert count_in_window("test_window", 3_600) == 4


@pytest.mark.usefixtures("_few_tries", "alice")
def test_guessing_many_names_is_stopped(stranger: Client) -> None:
    statuses = [sign_in(stranger, f"user{number}", "wrong") for number in range(5)]
    assert statuses == [401, 401, 401, 401, 429]


@pytest.mark.usefixtures("_few_tries", "alice")
def test_signing_in_clears_the_count_of_the_name(stranger: Client) -> None:
    for password in ("wrong", PASSWORD, "wrong"):
        sign_in(stranger, "alice", password)
    assert sign_in(stranger, "alice", PASSWORD) == 200


@pytest.mark.usefixtures("_few_tries", "alice")
def test_a_right_password_is_not_looked_up_each_time_until_somebody_guesses(
    stranger: Client,
) -> None:
    assert [sign_in(stranger, "alice", PASSWORD) for _ in range(2)] == [200] * 2
    with CaptureQueriesContext(connection) as seen:
        assert sign_in(stranger, "alice", PASSWORD) == 200
    assert not [each for each in seen.captured_queries if "crm_cache" in each["sql"]]
    assert [sign_in(stranger, "alice", "wrong") for _ in range(3)] == [401, 401, 429]
    assert sign_in(stranger, "alice", PASSWORD) == 429
