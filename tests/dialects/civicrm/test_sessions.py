"""Sessions: opened by a credential, described, never more than what was shown allows."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from api.civicrm.auth import API_KEY
from contacts.access import is_session_over
from contacts.models import Credential, Project, User
from tests.builders import make_key
from tests.dialects.civicrm.calling import AJAX, Caller

pytestmark = pytest.mark.django_db

COUNT = {"entity": "Contact", "action": "getcount", "json": "1"}
NOBODY = {"contact_id": None, "user_id": None, "flow": None, "cred": None}


def offer(key: str) -> dict[str, str]:
    return {"_authx": f"Bearer {key}", "_authxSes": "1"}


def described(client: Client) -> Any:
    return client.get("/civicrm/authx/id").json()


@pytest.mark.parametrize("path", [AJAX, "/civicrm/authx/id", "/", "/admin/", "/docs/"])
def test_a_credential_in_any_address_opens_a_session(
    path: str, as_alice: Caller, alice: User
) -> None:
    client = as_alice.client
    client.get(path, {**COUNT, **offer(as_alice.api_key)})
    me = {"contact_id": alice.contact_id, "user_id": alice.pk, "flow": "auto", "cred": "api_key"}
    assert described(client) == me
    counted = client.get(AJAX, COUNT, headers={"X-Requested-With": "XMLHttpRequest"})
    assert counted.json() == {"is_error": 0, "result": 0}


def test_a_page_is_shown_without_the_credential_in_its_address(as_alice: Caller) -> None:
    answer = as_alice.client.get("/docs/", {"a": "1", **offer(as_alice.api_key)})
    assert (answer.status_code, answer["Location"]) == (302, "/docs/?a=1")
    foreign = as_alice.client.get("/", offer(as_alice.api_key), PATH_INFO="//evil.example/")
    assert not foreign["Location"].startswith("//")


def test_without_the_wish_no_session_is_opened(as_alice: Caller) -> None:
    as_alice.client.get(AJAX, {**COUNT, "_authx": f"Bearer {as_alice.api_key}"})
    assert described(as_alice.client) == NOBODY


def test_an_offer_that_does_not_work_opens_nothing(as_alice: Caller, bob: User) -> None:
    client = as_alice.client
    assert client.get("/", offer("wrong")).status_code == 401
    forged = client.get("/", offer(as_alice.api_key), headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.json()["reason"] == "CSRF suspected"
    assert described(client) == NOBODY
    client.force_login(bob)
    assert client.get("/", offer(as_alice.api_key)).status_code == 401
    assert described(client)["user_id"] == bob.pk


@pytest.mark.parametrize("narrowing", ["reading", "project"])
def test_a_key_that_allows_less_than_its_user_may_opens_no_session(
    narrowing: str, alice: User, project: Project
) -> None:
    options = {
        "reading": {"scope": Credential.Scope.READ},
        "project": {"project_id": project.pk},
    }
    key = make_key(alice, API_KEY, **options[narrowing])
    client = Client(raise_request_exception=False)
    for answer in (
        client.post("/civicrm/authx/login", {"_authx": f"Bearer {key}"}),
        client.get("/", offer(key)),
        client.get(AJAX, {**COUNT, **offer(key)}),
    ):
        assert answer.status_code == 401
    assert described(client) == NOBODY


def test_a_session_tells_by_what_it_was_opened(as_alice: Caller) -> None:
    client = as_alice.client
    client.post("/civicrm/authx/login", {"_authx": f"Bearer {as_alice.api_key}"})
    found = described(client)
    assert (found["flow"], found["cred"]) == ("login", "api_key")


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"expires_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"scope": Credential.Scope.READ},
        {"project": "here"},
        None,
    ],
    ids=["revoked", "expired", "only reading", "bound to a project", "deleted"],
)
def test_a_session_ends_with_the_key_that_opened_it(
    change: dict[str, Any] | None, as_alice: Caller, project: Project
) -> None:
    client = as_alice.client
    client.post("/civicrm/authx/login", {"_authx": f"Bearer {as_alice.api_key}"})
    assert described(client)["cred"] == "api_key"
    key = Credential.objects.filter(kind=API_KEY)
    if change is None:
        key.delete()
    else:
        key.update(
            **{name: project if value == "here" else value for name, value in change.items()}
        )

    counted = client.get(AJAX, COUNT, headers={"X-Requested-With": "XMLHttpRequest"})
    assert (counted.status_code, counted.json()["is_error"]) == (401, 1)
    assert client.get("/admin/").status_code == 302
    assert described(client) == NOBODY


def test_a_session_that_no_key_opened_outlives_all_keys(as_alice: Caller, alice: User) -> None:
    as_alice.client.force_login(alice)
    Credential.objects.filter(kind=API_KEY).delete()
    assert described(as_alice.client)["user_id"] == alice.pk


def test_looking_for_the_key_of_a_session_costs_one_statement(
    as_alice: Caller, django_assert_num_queries: Any
) -> None:
    client = as_alice.client
    client.post("/civicrm/authx/login", {"_authx": f"Bearer {as_alice.api_key}"})
    session = client.session
    assert session["authx"]
    with django_assert_num_queries(1):
        assert not is_session_over(session)
