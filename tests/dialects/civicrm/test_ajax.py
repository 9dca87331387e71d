"""AJAX: the ways to say who asks, requests that may be forged, batches, sessions."""

import base64
import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.models import Contact, User
from tests.builders import PASSWORD
from tests.dialects.civicrm.calling import AJAX, Caller

pytestmark = pytest.mark.django_db

COUNT = {"entity": "Contact", "action": "getcount", "json": "1"}
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
FORGED = "SECURITY ALERT: Ajax requests can only be issued by javascript clients, eg. CRM.api3()."


def ask(fields: dict[str, Any] = COUNT, client: Client | None = None, **headers: str) -> Any:
    client = client or Client(raise_request_exception=False)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(AJAX, fields, headers=named)


def basic(name: str, password: str = PASSWORD) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def is_counted(answer: HttpResponse) -> bool:
    return answer.status_code == 200 and answer.json() == {"is_error": 0, "result": 0}


def test_every_way_to_show_a_key_or_password(as_alice: Caller, alice: User) -> None:
    key = as_alice.api_key
    assert is_counted(ask(X_Civi_Auth=f"Bearer {key}"))
    assert is_counted(ask(X_Civi_Auth=basic("alice")))
    assert is_counted(ask(Authorization=f"Bearer {key}", **SCRIPT))
    assert is_counted(ask(Authorization=basic("alice"), **SCRIPT))
    assert is_counted(ask({**COUNT, "_authx": f"Bearer {key}"}))
    assert is_counted(ask({**COUNT, "key": as_alice.site_key, "api_key": key}))
    assert is_counted(ask({**COUNT, "api_key": key}))
    assert is_counted(ask({**COUNT, "key": "wrong", "api_key": key}))


@pytest.mark.parametrize("credential", ["Bearer wrong", basic("alice", "wrong"), "Basic %%%", "X"])
def test_a_credential_that_does_not_work_is_told_in_a_line_of_text(
    credential: str, alice: User
) -> None:
    for answer in (
        ask(X_Civi_Auth=credential),
        ask(Authorization=credential, **SCRIPT),
        ask({**COUNT, "_authx": credential}),
    ):
        assert answer.status_code == 401
        assert answer["Content-Type"].startswith("text/plain")
        assert answer.content == b"HTTP 401 Invalid credential"


def test_a_wrong_api_key_is_told_in_json(as_alice: Caller) -> None:
    answer = ask({**COUNT, "key": as_alice.site_key, "api_key": "wrong"})
    assert (answer.status_code, answer.json()) == (
        200,
        {"error_message": "FATAL: Invalid credential", "is_error": 1},
    )


def test_nobody_gets_nothing(db: None) -> None:
    answer = ask()
    assert answer.status_code == 401
    assert answer.json()["is_error"] == 1


def test_the_browsers_header_alone_may_be_forged(as_alice: Caller) -> None:
    answer = ask(Authorization=f"Bearer {as_alice.api_key}")
    assert answer.status_code == 200
    assert answer.json() == {
        "IP": "127.0.0.1",
        "level": "security",
        "referer": None,
        "reason": "CSRF suspected",
        "is_error": 1,
        "error_message": FORGED,
    }


def test_a_session_works_for_scripts_of_this_site_only(alice: User, project: object) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    assert is_counted(ask(client=client, **SCRIPT))
    assert ask(client=client).json()["error_message"] == FORGED
    for headers in (
        {"Origin": "https://evil.example"},
        {"Referer": "https://evil.example/page"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        assert ask(client=client, **SCRIPT, **headers).json()["error_message"] == FORGED
    assert is_counted(ask(client=client, **SCRIPT, Origin="http://testserver"))


def test_the_token_of_a_form_stands_for_the_header(alice: User, project: object) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(alice)
    token = "a" * 32
    client.cookies["csrftoken"] = token
    fields = {"entity": "Contact", "action": "create", "json": json.dumps(PERSON)}
    assert client.post(AJAX, fields).json()["error_message"] == FORGED
    made = client.post(AJAX, fields, headers={"X-CSRFToken": token})
    assert made.json()["is_error"] == 0


PERSON = {"contact_type": "Individual", "first_name": "Token"}


def test_a_credential_beside_somebody_elses_session_is_refused(as_alice: Caller, bob: User) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(bob)
    assert ask(client=client, X_Civi_Auth=f"Bearer {as_alice.api_key}").status_code == 401


def test_sessions_are_opened_described_and_ended(as_alice: Caller, alice: User) -> None:
    client = as_alice.client
    nobody = {"contact_id": None, "user_id": None, "flow": None, "cred": None}
    assert client.get("/civicrm/authx/id").json() == nobody
    opened = client.post("/civicrm/authx/login", {"_authx": basic("alice")})
    me = {"contact_id": alice.contact_id, "user_id": alice.pk, "flow": "login", "cred": "pass"}
    assert opened.json() == me
    assert client.get("/civicrm/authx/id").json() == me
    assert is_counted(ask(client=client, **SCRIPT))
    assert client.post("/civicrm/authx/logout").json() == []
    assert client.get("/civicrm/authx/id").json() == nobody
    assert client.post("/civicrm/authx/login", {"_authx": basic("alice", "no")}).status_code == 401


def test_a_batch_answers_call_by_call(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    calls = {
        "count": ["Contact", "getcount", {}],
        "one": ["Contact", "getsingle", {"id": contact_id, "return": "first_name"}],
        "bad": ["Contact", "getsingle", {"id": 0}],
        "none": ["Foo", "get", {}],
        "list": ["Email", "get", {}],
    }
    fields = {"entity": "api3", "action": "call", "json": json.dumps(calls)}
    header = {"X-Civi-Auth": f"Bearer {as_alice.api_key}"}
    answer = as_alice.client.post(AJAX, fields, headers=header).json()
    assert list(answer) == list(calls)
    assert answer["count"] == 1
    assert answer["one"] == {
        "contact_id": str(contact_id),
        "first_name": "Alice",
        "id": str(contact_id),
    }
    assert answer["bad"]["error_message"] == "Expected one Contact but found 0"
    assert answer["none"]["error_code"] == "not-found"
    assert answer["list"]["values"] == []
    listed = {**fields, "json": json.dumps(list(calls.values()))}
    assert as_alice.client.post(AJAX, listed, headers=header).json()[0] == 1


def test_a_batch_by_get_only_reads(as_alice: Caller) -> None:
    calls = [["Contact", "getcount", {}], ["Contact", "create", PERSON]]
    fields = {"entity": "api3", "action": "call", "json": json.dumps(calls)}
    count, failed = ask(fields, X_Civi_Auth=f"Bearer {as_alice.api_key}").json()
    assert count == 0
    assert failed["reason"] == "Destructive HTTP GET"
    assert not Contact.objects.filter(first_name="Token").exists()


def test_a_batch_by_get_refuses_what_is_chained_too(as_alice: Caller) -> None:
    as_alice.person()
    calls = [["Contact", "get", {"api.Email.create": {"email": "x@x.org"}}]]
    fields = {"entity": "api3", "action": "call", "json": json.dumps(calls)}
    (failed,) = ask(fields, X_Civi_Auth=f"Bearer {as_alice.api_key}").json()
    assert failed["reason"] == "Destructive HTTP GET"


@pytest.mark.parametrize("json_field", [{"json": "{}"}, {}])
def test_the_older_address_lists_records(json_field: dict[str, str], as_alice: Caller) -> None:
    as_alice.person()
    answer = as_alice.client.get(
        "/civicrm/api/json",
        {"entity": "Contact", "action": "get", "sequential": "0", **json_field},
        headers={"X-Civi-Auth": f"Bearer {as_alice.api_key}"},
    )
    assert isinstance(answer.json()["values"], list)


def test_refusals_are_json_whatever_is_asked_for(as_alice: Caller) -> None:
    plain = {"entity": "Contact", "action": "getcount"}
    header = {"X_Civi_Auth": f"Bearer {as_alice.api_key}"}
    lacking = {"error_message": 'missing mandatory params "entity=" or "action="', "is_error": 1}
    assert ask({}, **header).json() == lacking
    assert ask(plain, Authorization=header["X_Civi_Auth"]).json()["error_message"] == FORGED
    assert ask({**plain, "api_key": "wrong"}).json()["is_error"] == 1
    assert ask(plain).json()["is_error"] == 1
    assert ask(plain, **header)["Content-Type"].startswith("text/xml")
    by_get = ask({"entity": "Contact", "action": "create"}, **header)
    assert by_get["Content-Type"].startswith("text/xml")


def test_a_body_that_is_no_json_is_a_failure_like_others(as_alice: Caller) -> None:
    answer = as_alice.client.post(
        AJAX,
        "{broken",
        content_type="application/json",
        headers={"X-Civi-Auth": f"Bearer {as_alice.api_key}"},
    )
    assert (answer.status_code, answer.json()["is_error"]) == (200, 1)


def test_other_sites_get_no_permission(db: None) -> None:
    answer = Client().options(AJAX, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain")
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_a_page_of_another_site_signs_nobody_in(alice: User) -> None:
    client = Client()
    sent = {"_authx": basic("alice")}
    answer = client.post("/civicrm/authx/login", sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code >= 400 or answer.json().get("is_error") == 1
    assert "sessionid" not in client.cookies
