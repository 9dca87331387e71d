"""The token service gives what programs need, in the one shape that macros can cut."""

import base64
import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from api.wildapricot.auth import KEY, TOKEN, basic_pair
from contacts.models import Credential, User
from contacts.services.credentials import revoke_credential, update_credential
from tests.builders import PASSWORD, actor_for, make_contact, make_key
from tests.dialects.wildapricot.calling import ROOT, Caller, basic, caller

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
COMPACT = re.compile(
    r'\{"access_token":"[^"\\]{20,200}","token_type":"Bearer","expires_in":1800,'
    r'"refresh_token":"not_requested","Permissions":\[\{"AccountId":1,"SecurityProfileId":\d+,'
    r'"AvailableScopes":\["contacts_view","contacts_edit",[^\s]*\]\}\]\}'
)


def ask(header: str, content_type: str = FORM, **fields: str) -> HttpResponse:
    """Ask the token service with any Authorization header."""
    body = urlencode({"grant_type": "client_credentials", **fields})
    client = Client(raise_request_exception=False)
    return client.generic(
        "POST", "/auth/token", body, content_type, headers={"Authorization": header}
    )


def works(token: str) -> bool:
    """Tell whether a token opens the account."""
    answer = Client().get("/v2.2/accounts", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code == 200


@pytest.fixture
def key(alice: User) -> str:
    return make_key(alice, KEY)


def test_the_answer_is_compact_and_in_a_fixed_order(key: str) -> None:
    answer = ask(basic("APIKEY", key), scope="auto")
    assert answer.status_code == 200
    assert COMPACT.fullmatch(answer.content.decode())
    assert works(answer.json()["access_token"])


def test_the_answer_is_not_stored_and_the_token_only_as_a_hash(key: str) -> None:
    answer = ask(basic("APIKEY", key))
    stored = Credential.objects.get(kind=TOKEN)
    assert answer["Cache-Control"] == "no-store"
    assert stored.digest != answer.json()["access_token"]
    assert stored.ciphertext is None


def test_a_client_id_with_its_secret_is_as_good_as_the_key(key: str) -> None:
    number = Credential.objects.get(kind=KEY).pk
    assert ask(basic(f"app{number}", key)).status_code == 200
    assert ask(basic(f"APP{number}", key)).status_code == 200
    assert ask(basic(f"app{number + 1}", key)).status_code == 401


def surplus(text: bytes) -> str:
    """Return base64 as a published client writes it: URL-safe, always with two more marks."""
    return base64.urlsafe_b64encode(text).decode().rstrip("=") + "=="


@pytest.mark.parametrize(
    "write",
    [
        lambda pair: basic("apikey", pair.split(":")[1]),
        lambda pair: "Basic " + surplus(pair.encode()),
        lambda pair: "basic " + base64.b64encode(pair.encode()).decode().rstrip("="),
        lambda pair: "Basic  " + base64.b64encode(pair.encode()).decode() + "==",
        lambda pair: "Basic " + base64.encodebytes(pair.encode()).decode().replace("\n", " "),
    ],
)
def test_a_basic_header_is_read_as_clients_write_it(write: Any, key: str) -> None:
    assert ask(write(f"APIKEY:{key}")).status_code == 200


@pytest.mark.parametrize("header", ["", "Basic", "Basic !!!", "Basic Zm9v", "Bearer x"])
def test_what_is_no_basic_header_is_no_pair(header: str) -> None:
    assert basic_pair(header) is None


def test_a_wrong_secret_is_an_unknown_client(key: str) -> None:
    for header in (basic("APIKEY", "wrong"), basic("somebody", key), "", "Basic !"):
        answer = ask(header)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == 'Basic realm="API"'
        assert list(answer.json()) == ["error", "error_description"]
        assert answer.json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"grant_type": "magic"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "invalid_request"),
        ({"scope": "nothing we know"}, "invalid_scope"),
        ({"grant_type": "password", "username": "alice"}, "invalid_request"),
        ({"grant_type": "password", "username": "alice", "password": "x"}, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "invalid_grant"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
    ],
)
def test_other_refusals_have_the_codes_of_oauth(
    fields: dict[str, str], error: str, key: str
) -> None:
    answer = ask(basic("APIKEY", key), **fields)
    assert answer.status_code == 400
    assert answer.json()["error"] == error


def test_only_post_gives_tokens() -> None:
    answer = Client().get("/auth/token")
    assert (answer.status_code, answer.json()["code"]) == (405, "MethodNotAllowed")


@pytest.mark.parametrize("content_type", [FORM, "", "text/plain"])
def test_a_form_needs_no_content_type(content_type: str, key: str) -> None:
    assert ask(basic("APIKEY", key), content_type, scope="auto").status_code == 200


@pytest.mark.parametrize("content_type", [FORM, "application/json", "text/plain"])
def test_a_form_and_json_are_told_apart_by_how_they_look(content_type: str, key: str) -> None:
    """Old versions of axios write JSON under the type of a form."""
    fields = {"grant_type": "client_credentials", "scope": "auto"}
    for body in (json.dumps(fields), f" {json.dumps(fields)}", urlencode(fields)):
        answer = Client().generic(
            "POST",
            "/auth/token",
            body,
            content_type,
            headers={"Authorization": basic("APIKEY", key)},
        )
        assert answer.status_code == 200, (body, answer.content)


def test_fields_may_be_json_multipart_or_in_the_query(key: str) -> None:
    client, header = Client(), {"Authorization": basic("APIKEY", key)}
    fields = {"grant_type": "client_credentials", "scope": "contacts_view"}
    given = [
        client.post("/auth/token", json.dumps(fields), "application/json", headers=header),
        client.post(
            "/auth/token",
            json.dumps({**fields, "scope": ["contacts_view", "unknown"]}),
            "application/json",
            headers=header,
        ),
        client.post("/auth/token", fields, headers=header),
        client.post(f"/Auth/Token/?{urlencode(fields)}", headers=header),
    ]
    scopes = [each.json()["Permissions"][0]["AvailableScopes"] for each in given]
    assert scopes == [["contacts_view"]] * 4


def test_a_name_without_a_suffix_is_both_viewing_and_editing(key: str) -> None:
    answer = ask(basic("APIKEY", key), scope="contacts account unknown")
    scopes = answer.json()["Permissions"][0]["AvailableScopes"]
    assert scopes == ["contacts_view", "contacts_edit", "account_view"]


def test_a_user_signs_in_by_name_or_address(key: str, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(email="bob@example.test")
    for login in ("bob", "bob@example.test", "BOB@example.test"):
        answer = ask(basic("APIKEY", key), grant_type="password", username=login, password=PASSWORD)
        assert answer.status_code == 200, login
        assert answer.json()["refresh_token"] != "not_requested"
    assert {each.user_id for each in Credential.objects.filter(kind=TOKEN)} == {bob.pk}


def test_a_refresh_token_is_given_when_asked_for_and_gives_further_tokens(key: str) -> None:
    first = ask(basic("APIKEY", key), scope="contacts_view", obtain_refresh_token="true").json()
    for _ in range(2):
        again = ask(
            basic("APIKEY", key), grant_type="refresh_token", refresh_token=first["refresh_token"]
        )
        assert again.status_code == 200
        assert works(again.json()["access_token"])
        assert again.json()["Permissions"][0]["AvailableScopes"] == ["contacts_view"]


def test_a_refresh_token_is_of_use_to_its_application_alone(key: str, bob: User) -> None:
    first = ask(basic("APIKEY", key), obtain_refresh_token="true").json()
    other = basic("APIKEY", make_key(bob, KEY))
    answer = ask(other, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_a_token_ends_with_its_time_its_key_and_on_demand(key: str, alice: User) -> None:
    header = basic("APIKEY", key)
    expired, ended, last = (ask(header).json()["access_token"] for _ in range(3))
    row = Credential.objects.filter(kind=TOKEN).order_by("pk").first()
    assert row is not None
    Credential.objects.filter(pk=row.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not works(expired)
    client = Client()
    query = urlencode({"token": ended})
    answer = client.get(f"/auth/expiretoken?{query}", headers={"Authorization": header})
    assert (answer.status_code, answer.json()) == (200, True)
    assert not works(ended)
    assert works(last)
    revoke_credential(actor_for(alice), Credential.objects.get(kind=KEY).pk)
    assert not works(last)
    assert ask(header).status_code == 401


def test_tokens_that_have_ended_do_not_pile_up(key: str) -> None:
    header = basic("APIKEY", key)
    ask(header)
    Credential.objects.filter(kind=TOKEN).update(expires_at=timezone.now() - timedelta(1))
    ask(header)
    assert Credential.objects.filter(kind=TOKEN).count() == 1


def test_a_key_that_may_only_read_gives_tokens_that_only_read(alice: User) -> None:
    reader = caller(alice, scope="read")
    contact = make_contact(actor_for(alice))
    assert reader.read(f"/contacts/{contact.pk}")["Id"] == contact.pk
    for method, path in (("POST", "/contacts"), ("PUT", f"/contacts/{contact.pk}")):
        answer = reader.send(method, path, {"FirstName": "No"})
        assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")
    assert "contacts_edit" not in reader.ask_token().content.decode()


def test_a_token_without_the_purpose_is_refused(alice: User, key: str) -> None:
    viewing = Caller(key, Caller(key).ask_token(scope="contacts_view").json()["access_token"])
    assert viewing.list() == []
    assert viewing.send("POST", "/contacts", {"FirstName": "No"}).status_code == 403
    account = Caller(key, Caller(key).ask_token(scope="account_view").json()["access_token"])
    assert account.read("/v2.2/accounts")[0]["Id"] == 1
    assert account.get("/contacts").status_code == 403


def test_the_key_itself_reads_and_does_nothing_else(key: str) -> None:
    client = Client()
    lists = f"{ROOT}/contacts?$async=false"
    assert client.get(f"{lists}&apikey={key}").json() == {"Contacts": []}
    assert client.get(lists, headers={"APIKey": key}).status_code == 200
    answer = client.post(f"{ROOT}/contacts?apikey={key}", "{}", "application/json")
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "header", [None, "Bearer unknown", "Basic x", "Bearer", "Token x", "Bearer \udcff"]
)
def test_without_a_working_token_there_is_nothing(header: str | None, alice: User) -> None:
    headers = {"Authorization": header} if header else {}
    answer = Client(raise_request_exception=False).get(f"{ROOT}/contacts", headers=headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    body = answer.json()
    assert body["code"] == "Unauthorized"
    assert body["message"] == body["Message"]
    assert body["details"] is None


def test_what_a_key_may_no_longer_do_its_tokens_may_not_either(alice: User, key: str) -> None:
    token = ask(basic("APIKEY", key), scope="auto").json()["access_token"]
    client = Client(headers={"Authorization": f"Bearer {token}"})
    sent = {"FirstName": "Ann"}
    address = f"{ROOT}/contacts"
    assert client.post(address, sent, content_type="application/json").status_code == 200
    parent = Credential.objects.get(kind="wildapricot_key", user=alice)

    update_credential(actor_for(alice), parent.pk, {"scope": "read"})

    assert client.post(address, sent, content_type="application/json").status_code == 403
    assert client.get(f"{address}?$async=false").status_code == 200

    update_credential(
        actor_for(alice), parent.pk, {"expires_at": timezone.now() + timedelta(minutes=5)}
    )
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        assert client.get(f"{address}?$async=false").status_code == 401
