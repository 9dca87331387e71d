"""Who asks too often is told to wait, in the dialect's own words, and nobody else is concerned."""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from api.base.dialect import Dialect
from api.vtiger.auth import access_key_of
from contacts.access import guessing
from contacts.models import Credential, User
from tests.builders import PASSWORD, make_key
from tests.dialects.contract.conftest import Speaking
from tests.dialects.contract.driver import Driver

pytestmark = pytest.mark.django_db

ENOUGH = 3


def is_told_to_wait(driver: Driver, answer: HttpResponse) -> bool:
    """Say whether an answer is the dialect's own refusal with the seconds to wait.

    Redmine's way of refusing is an answer without a body.
    """
    return (
        answer.status_code == driver.too_many
        and driver.is_refusal(answer)
        and "Retry-After" in answer.headers
        and not answer.headers.get("Content-Type", "").startswith("text/html")
        and 0 < int(answer["Retry-After"]) <= 86_400
    )


@pytest.fixture
def rates(settings: Settings) -> dict[str, str]:
    """Return the table of rates that the server reads."""
    table: dict[str, str] = {}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": table}
    return table


def test_a_credential_beyond_its_rate_is_told_to_wait(
    speaking: Speaking, alice: User, bob: User, rates: dict[str, str]
) -> None:
    hasty, calm = speaking(alice), speaking(bob)
    rates["credential"] = f"{ENOUGH}/day"
    answers = [hasty.list("Smith") for _ in range(ENOUGH + 1)]
    assert [hasty.is_refusal(answer) for answer in answers] == [False] * ENOUGH + [True]
    assert is_told_to_wait(hasty, answers[-1])
    assert not calm.is_refusal(calm.list("Smith"))


def test_a_refusal_before_anything_is_read_has_the_format_that_was_asked_for(
    speaking: Speaking, alice: User, rates: dict[str, str]
) -> None:
    names = {"first_name": "Zoë", "last_name": "Smith"}
    hasty = speaking(alice)
    answers = [hasty.create(names)]
    rates["address"] = "1/day"
    answers += [hasty.create(names), hasty.create(names)]
    assert is_told_to_wait(hasty, answers[-1])
    formats = {each["Content-Type"] for each in answers if each.content}
    assert len(formats) == 1


def test_a_key_with_a_limit_of_its_own_is_told_to_wait(speaking: Speaking, alice: User) -> None:
    hasty = speaking(alice)
    Credential.objects.filter(user=alice).update(per_minute=ENOUGH)
    answers = [hasty.list("Smith") for _ in range(2 * ENOUGH + 1)]
    assert is_told_to_wait(hasty, answers[-1]), answers[-1].content


def test_an_address_beyond_its_rate_is_told_to_wait_whatever_it_shows(
    speaking: Speaking, rates: dict[str, str]
) -> None:
    nobody = speaking(None)
    rates["address"] = f"{ENOUGH}/day"
    answers = [nobody.list("Smith") for _ in range(ENOUGH + 1)]
    told = [is_told_to_wait(nobody, answer) for answer in answers]
    assert told == [False] * ENOUGH + [True]


def _basic(username: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


def _redmineup(client: Client, username: str, password: str) -> HttpResponse:
    headers = {"Authorization": _basic(username, password)}
    return client.get("/users/current.json", headers=headers)


def _civicrm(client: Client, username: str, password: str) -> HttpResponse:
    headers = {"X-Civi-Auth": _basic(username, password)}
    fields = {"entity": "Contact", "action": "get"}
    return client.post("/civicrm/ajax/rest", fields, headers=headers)


def _vtiger(client: Client, username: str, password: str) -> HttpResponse:
    fields = {"operation": "login_pwd", "username": username, "password": password}
    return client.post("/webservice.php", fields)


def _concord(client: Client, username: str, password: str) -> HttpResponse:
    sent = {"email": username, "password": password, "device_name": "here"}
    return client.post("/api/token", sent, content_type="application/json")


def _wildapricot(client: Client, username: str, password: str) -> HttpResponse:
    """Sign in by a program that has a key of its own."""
    key = make_key(User.objects.get(username="alice"), "wildapricot_key")
    fields = {"grant_type": "password", "username": username, "password": password, "scope": "auto"}
    headers = {"Authorization": _basic("APIKEY", key)}
    return client.post("/auth/token", fields, headers=headers)


def _vtiger_login(client: Client, username: str, password: str) -> HttpResponse:
    """Answer a challenge; what stands for a password is the key."""
    asked = {"operation": "getchallenge", "username": username}
    posed = client.get("/webservice.php", asked)
    if "result" not in posed.json():
        return posed
    token = posed.json()["result"]["token"]
    user = User.objects.get(username=username)
    key = access_key_of(user) if password == PASSWORD else password
    proof = hashlib.md5(f"{token}{key}".encode()).hexdigest()  # noqa: S324 -- as the protocol says
    sent = {"operation": "login", "username": username, "accessKey": proof}
    return client.post("/webservice.php", sent)


# The ways of signing in with a name and something that can be guessed.
SIGNING_IN: Mapping[str, Sequence[Callable[[Client, str, str], HttpResponse]]] = {
    "redmineup": [_redmineup],
    "concord": [_concord],
    "civicrm": [_civicrm],
    "vtiger": [_vtiger, _vtiger_login],
    "wildapricot": [_wildapricot],
}


def test_guessing_a_password_is_stopped_for_that_name_and_address(
    dialect: Dialect,
    speaking: Speaking,
    alice: User,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    if dialect.name not in SIGNING_IN:
        pytest.skip("nobody signs in with a password")
    monkeypatch.setattr(guessing, "FAILURES_PER_PAIR", ENOUGH)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    alice.set_password(PASSWORD)
    alice.save()
    for sign_in in SIGNING_IN[dialect.name]:
        cache.clear()
        _require_stop(speaking(None), sign_in, alice)


def _require_stop(
    nobody: Driver, sign_in: Callable[[Client, str, str], HttpResponse], user: User
) -> None:
    """Fail unless guessing stops with the dialect's own words, and for this address alone."""
    refused = [sign_in(nobody.client, user.username, "wrong") for _ in range(ENOUGH + 1)]
    assert all(nobody.is_refusal(answer) for answer in refused)
    assert is_told_to_wait(nobody, refused[-1]), refused[-1].content
    assert is_told_to_wait(nobody, sign_in(nobody.client, user.username, PASSWORD))
    elsewhere = Client(REMOTE_ADDR="10.9.8.7", raise_request_exception=False)
    assert not nobody.is_refusal(sign_in(elsewhere, user.username, PASSWORD))
