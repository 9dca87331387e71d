"""Tokens, the forms of a body, headers, refusals before any record is looked at."""

import json

import pytest
from django.test import Client

from api.concord.auth import KEY
from contacts.models import Contact, User
from tests.builders import PASSWORD, make_key
from tests.dialects.concord.calling import Caller, errors_of

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer nonsense"}])
@pytest.mark.parametrize("path", ["/api/contacts", "/api/FAKE_RESOURCE", "/api/me"])
def test_nobody_is_told_so_before_anything_else(
    path: str, header: dict[str, str], db: None
) -> None:
    answer = Client(headers=header).get(path)
    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthenticated."})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/zapier/hooks/FAKE_RESOURCE/FAKE_ACTION"),
        ("GET", "/api/deals/FAKE_ID/status/FAKE_STATUS"),
        ("POST", "/api/FAKE_RESOURCE/actions/FAKE_ACTION/run"),
    ],
)
def test_nobody_is_told_so_also_where_a_word_of_the_address_is_none(
    method: str, path: str, as_alice: Caller, as_nobody: Caller
) -> None:
    assert as_nobody.send(method, path).status_code == 401
    assert as_alice.send(method, path).status_code in (404, 405)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER  "])
def test_a_token_works_with_its_number_and_without(scheme: str, as_alice: Caller) -> None:
    made = as_alice.make("/api/personal-access-tokens", {"name": "Zap"})
    number, secret = made["plainTextToken"].split("|")
    for token in (f"{number}|{secret}", secret):
        assert (
            Client(headers={"Authorization": f"{scheme} {token}"}).get("/api/me").status_code == 200
        )
    wrong = Client(headers={"Authorization": f"Bearer {int(number) + 1}|{secret}"})
    assert wrong.get("/api/me").status_code == 401


def test_tokens_are_listed_without_their_texts_and_revoked_at_once(as_alice: Caller) -> None:
    made = as_alice.make("/api/personal-access-tokens", {"name": "Zap"})
    listed = as_alice.read("/api/personal-access-tokens")
    assert made["accessToken"] in listed
    assert made["plainTextToken"].split("|")[1] not in json.dumps(listed)
    mine = Client(headers={"Authorization": f"Bearer {made['plainTextToken']}"})
    assert mine.get("/api/me").status_code == 200
    path = f"/api/personal-access-tokens/{made['accessToken']['id']}"
    assert as_alice.delete(path).status_code == 204
    assert mine.get("/api/me").status_code == 401
    assert as_alice.delete(path).status_code == 404


def test_nobody_revokes_the_token_of_somebody_else(as_alice: Caller, as_bob: Caller) -> None:
    made = as_alice.make("/api/personal-access-tokens", {"name": "Zap"})
    path = f"/api/personal-access-tokens/{made['accessToken']['id']}"
    assert as_bob.delete(path).status_code == 404


def test_an_address_and_a_password_give_a_token(as_nobody: Caller, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(email="alice@example.org")
    sent = {"email": "alice@example.org", "password": PASSWORD, "device_name": "Phone"}
    answer = as_nobody.post("/api/token", sent)
    body = json.loads(answer.content)
    assert (answer.status_code, body["userId"], body["name"]) == (200, alice.pk, "Alice Owner")
    client = Client(headers={"Authorization": f"Bearer {body['accessToken']}"})
    assert client.get("/api/me").json()["email"] == "alice@example.org"
    wrong = as_nobody.post("/api/token", {**sent, "password": "no"})
    assert errors_of(wrong) == {"email": ["These credentials do not match our records."]}
    assert set(errors_of(as_nobody.post("/api/token", {}))) == {"email", "password", "device_name"}


def test_who_may_not_use_the_interface_is_told_under_another_key(
    as_alice: Caller, alice: User
) -> None:
    User.objects.filter(pk=alice.pk).update(may_use_api=False)
    answer = as_alice.get("/api/contacts")
    assert (answer.status_code, json.loads(answer.content)) == (
        403,
        {"error": "Your account is not authorized to perform API requests."},
    )


@pytest.mark.parametrize("path", ["/api/foo", "/api/contacts/99999", "/api/contacts/abc"])
def test_what_is_not_there_is_not_found(path: str, as_alice: Caller) -> None:
    answer = as_alice.get(path)
    assert answer.status_code == 404
    assert isinstance(json.loads(answer.content)["message"], str)


def test_forms_are_read_with_php_s_brackets(as_alice: Caller) -> None:
    body = "first_name=Tom&phones[0][number]=%2B1&phones[0][type]=work&tags[]=VIP&tags[]=Hot"
    answer = as_alice.post("/api/contacts", body, FORM)
    made = json.loads(answer.content)
    assert answer.status_code == 201
    assert [(row["number"], row["type"]) for row in made["phones"]] == [("+1", "work")]
    assert {tag["name"] for tag in made["tags"]} == {"VIP", "Hot"}


def test_multipart_is_read_on_every_method(as_alice: Caller, alice: User) -> None:
    made = as_alice.make("/api/contacts", {"first_name": "Tom"})
    part = '--x\r\nContent-Disposition: form-data; name="city"\r\n\r\nJena\r\n--x--\r\n'
    answer = as_alice.send(
        "PUT", f"/api/contacts/{made['id']}", part, "multipart/form-data; boundary=x"
    )
    assert json.loads(answer.content)["city"] == "Jena"


def test_parameters_of_the_query_are_values_and_the_body_wins(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", {"first_name": "Tom"})
    path = f"/api/contacts/{made['id']}?last_name=Query&city=Ulm"
    changed = as_alice.change(path, {"last_name": "Body"})
    assert (changed["last_name"], changed["city"]) == ("Body", "Ulm")


def test_post_can_act_as_another_method(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", {"first_name": "Tom"})
    path = f"/api/contacts/{made['id']}"
    assert as_alice.post(path, {"_method": "PUT", "city": "Ulm"}).status_code == 200
    assert as_alice.send("POST", path, X_HTTP_Method_Override="DELETE").status_code == 204
    assert not Contact.objects.filter(pk=made["id"], archived_at=None).exists()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_broken_json_is_refused(method: str, as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", {"first_name": "Tom"})
    path = "/api/contacts" if method == "POST" else f"/api/contacts/{made['id']}"
    answer = as_alice.send(method, path, '{"first_name": ')
    assert (answer.status_code, json.loads(answer.content)) == (
        400,
        {"message": "The request body is not valid JSON."},
    )


def test_every_answer_says_what_is_left_of_the_limit(
    as_alice: Caller, settings: pytest.FixtureRequest
) -> None:
    rates = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"credential": "2/min"}}
    settings.REST_FRAMEWORK = rates
    first, second, third = (as_alice.get("/api/countries") for _ in range(3))
    assert (first["X-RateLimit-Limit"], first["X-RateLimit-Remaining"]) == ("2", "1")
    assert second.status_code == 200
    assert (third.status_code, json.loads(third.content)) == (
        429,
        {"message": "Too Many Attempts."},
    )
    assert third["X-RateLimit-Remaining"] == "0"
    assert int(third["Retry-After"]) > 0
    assert int(third["X-RateLimit-Reset"]) > 0


def test_without_a_limit_clients_still_learn_how_to_pace_themselves(
    as_alice: Caller, as_nobody: Caller
) -> None:
    answers = [as_alice.get("/api/countries") for _ in range(2)]
    assert {answer["X-RateLimit-Limit"] for answer in answers} == {"600"}
    left = [int(answer["X-RateLimit-Remaining"]) for answer in answers]
    # A new minute may begin between the two.
    assert left[1] in (left[0] - 1, 599)
    refused = as_nobody.get("/api/countries")
    assert (refused.status_code, refused["X-RateLimit-Limit"]) == (401, "600")


def test_a_token_that_only_reads_changes_nothing(alice: User) -> None:
    reader = Caller(make_key(alice, KEY, scope="read"))
    assert reader.get("/api/contacts").status_code == 200
    assert reader.post("/api/contacts", {"first_name": "Tom"}).status_code == 403


def test_a_client_s_test_of_its_token_succeeds(as_alice: Caller) -> None:
    assert as_alice.read("/api/auth/validate") == {"valid": True}
    assert as_alice.read("/api/users")["meta"]["total"] >= 1
