"""Sessions are opened by proof of an access key, and end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from api.vtiger.auth import ACCESS_KEY
from contacts.models import Credential, User
from contacts.services.credentials import revoke_credential
from tests.builders import PASSWORD, actor_for, make_key
from tests.dialects.vtiger.calling import (
    Caller,
    caller,
    envelope_of,
    error_of,
    key_of,
    proof,
    sign_in,
)

pytestmark = pytest.mark.django_db

INVALID = ("INVALID_SESSIONID", "Session Identifier provided is Invalid")
REQUIRED = ("AUTHENTICATION_REQUIRED", "Authencation required")
DENIED = "Permission to perform the operation is denied"


def session_row(who: Caller) -> Credential:
    return Credential.objects.get(kind="vtiger_session", user__username="alice")


def test_challenge_needs_the_name_of_a_user(as_nobody: Caller, alice: User) -> None:
    assert as_nobody.refusal("getchallenge") == ("ACCESS_DENIED", "No username given")
    assert as_nobody.refusal("getchallenge", username="nobody") == (
        "ACCESS_DENIED",
        "username does not exists",
    )


def test_names_of_users_have_no_case(as_nobody: Caller, alice: User) -> None:
    key = key_of(alice)
    assert sign_in(as_nobody.client, "ALICE", key)["userId"] == f"19x{alice.pk}"


def test_challenge_by_post_takes_its_parameters_from_the_query_string(
    as_nobody: Caller, alice: User
) -> None:
    answer = as_nobody.send("POST", {"operation": "getchallenge", "username": "alice"})
    assert envelope_of(answer)["success"] is True


def test_one_token_serves_several_logins_and_outlives_the_next_challenge(
    as_nobody: Caller, alice: User
) -> None:
    key = key_of(alice)
    first = as_nobody.get("getchallenge", username="alice")["token"]
    as_nobody.get("getchallenge", username="alice")
    opened = [
        as_nobody.post("login", username="alice", accessKey=proof(first, key))["sessionName"]
        for _ in range(2)
    ]
    assert len(set(opened)) == 2
    assert all(Caller(name, client=as_nobody.client).get("listtypes") for name in opened)


def test_wrong_key_is_told_from_missing_token_and_missing_key(
    as_nobody: Caller, alice: User, bob: User
) -> None:
    wrong = {"username": "alice", "accessKey": "0" * 32}
    assert as_nobody.refusal("login", "POST", **wrong)[0] == "INVALID_AUTH_TOKEN"
    key_of(alice)
    as_nobody.get("getchallenge", username="alice")
    assert as_nobody.refusal("login", "POST", **wrong) == (
        "INVALID_USER_CREDENTIALS",
        "Invalid username or password",
    )
    as_nobody.get("getchallenge", username="bob")
    assert as_nobody.refusal("login", "POST", username="bob", accessKey="1" * 32) == (
        "ACCESSKEY_UNDEFINED",
        "Access key for the user is undefined",
    )


def test_token_is_dead_after_five_minutes(as_nobody: Caller, alice: User) -> None:
    key = key_of(alice)
    token = as_nobody.get("getchallenge", username="alice")["token"]
    challenges = Credential.objects.filter(kind="vtiger_challenge")
    challenges.update(expires_at=timezone.now() - timedelta(seconds=1))
    refusal = as_nobody.refusal("login", "POST", username="alice", accessKey=proof(token, key))
    assert refusal == ("INVALID_AUTH_TOKEN", "Specified token is invalid or expired")


def test_login_by_get_opens_nothing(as_nobody: Caller, alice: User) -> None:
    key = key_of(alice)
    token = as_nobody.get("getchallenge", username="alice")["token"]
    sent = {"username": "alice", "accessKey": proof(token, key)}
    assert as_nobody.refusal("login", "GET", **sent)[0] == "INVALID_AUTH_TOKEN"
    assert not Credential.objects.filter(kind="vtiger_session").exists()


def test_inactive_user_signs_in_no_more(as_nobody: Caller, alice: User) -> None:
    key = key_of(alice)
    token = as_nobody.get("getchallenge", username="alice")["token"]
    User.objects.filter(pk=alice.pk).update(is_active=False)
    refusal = as_nobody.refusal("login", "POST", username="alice", accessKey=proof(token, key))
    assert refusal[0] == "INVALID_USER_CREDENTIALS"


@pytest.mark.parametrize("name", ["", "null"])
def test_operations_need_a_session(name: str, as_nobody: Caller) -> None:
    nobody = Caller(name, client=as_nobody.client)
    assert nobody.refusal("listtypes") == REQUIRED


def test_unknown_session_is_refused_before_parameters_are_looked_at(as_nobody: Caller) -> None:
    assert Caller("nosuch", client=as_nobody.client).refusal("describe") == INVALID


def test_operation_is_looked_at_before_the_session(as_nobody: Caller) -> None:
    unknown = ("UNKNOWN_OPERATION", "Unknown operation requested")
    assert as_nobody.refusal("nosuch") == unknown
    assert as_nobody.refusal("") == unknown
    assert error_of(envelope_of(as_nobody.send("GET", {}))) == unknown
    assert as_nobody.refusal("listtypes", format="xml") == unknown


def test_names_of_operations_have_no_case(as_alice: Caller) -> None:
    assert as_alice.get("ListTypes", format="JSON")["types"]


def test_session_name_may_stand_in_the_query_string_of_a_post(as_alice: Caller) -> None:
    sent = {"operation": "retrieve", "sessionName": as_alice.session}
    code, message = error_of(envelope_of(as_alice.send("POST", sent, {"id": "12x0"})))
    assert (code, message) == ("ACCESS_DENIED", DENIED)


def test_session_ends_with_logout(as_alice: Caller) -> None:
    assert as_alice.post("logout") == {"message": "successfull"}
    assert as_alice.refusal("listtypes") == INVALID


def test_logout_by_get_is_refused_and_the_session_lives_on(as_alice: Caller) -> None:
    assert as_alice.refusal("logout") == ("OPERATION_NOT_SUPPORTED", DENIED)
    assert as_alice.get("listtypes")["types"]


def test_session_that_rested_too_long_is_over_once_and_then_unknown(as_alice: Caller) -> None:
    long_ago = timezone.now() - timedelta(seconds=1_900)
    Credential.objects.filter(kind="vtiger_session").update(last_used_at=long_ago)
    assert as_alice.refusal("listtypes") == (
        "SESSION_LEFT_IDLE",
        "Session has been invalidated to due lack activity",
    )
    assert as_alice.refusal("listtypes") == INVALID


def test_session_that_lived_too_long_is_over_once_and_then_unknown(as_alice: Caller) -> None:
    row = session_row(as_alice)
    assert row.expires_at is not None
    assert row.expires_at - row.created_at >= timedelta(seconds=86_399)
    Credential.objects.filter(pk=row.pk).update(expires_at=timezone.now())
    assert as_alice.refusal("listtypes") == (
        "SESSION_EXPIRED",
        "Session has life span over please login again",
    )
    assert as_alice.refusal("listtypes") == INVALID


def test_extended_session_lives_its_whole_time_again(as_alice: Caller, alice: User) -> None:
    row = session_row(as_alice)
    Credential.objects.filter(pk=row.pk).update(expires_at=timezone.now() + timedelta(minutes=1))
    extended = as_alice.post("extendsession")
    assert list(extended) == ["sessionName", "userId", "version", "vtigerVersion"]
    assert (extended["sessionName"], extended["userId"]) == (as_alice.session, f"19x{alice.pk}")
    row.refresh_from_db()
    assert row.expires_at is not None
    assert row.expires_at > timezone.now() + timedelta(hours=23)


def test_session_may_be_extended_by_its_cookie(as_alice: Caller) -> None:
    as_alice.client.cookies["PHPSESSID"] = as_alice.session
    answer = as_alice.send("POST", {}, {"operation": "extendsession"})
    assert envelope_of(answer)["result"]["sessionName"] == as_alice.session
    by_cookie_alone = as_alice.send("GET", {"operation": "listtypes"})
    assert error_of(envelope_of(by_cookie_alone)) == REQUIRED


def test_what_cannot_be_extended_is_refused(as_nobody: Caller, as_alice: Caller) -> None:
    failed = ("AUTHENTICATION_FAILURE", "Authencation Failed")
    assert as_nobody.refusal("extendsession", "POST") == failed
    assert as_nobody.refusal("extendsession", "POST", PHPSESSID="nosuch") == failed
    assert as_alice.refusal("extendsession") == REQUIRED


def test_dead_session_name_does_not_keep_anybody_from_signing_in(
    as_nobody: Caller, alice: User
) -> None:
    key = key_of(alice)
    old = Caller("dead", client=as_nobody.client)
    token = old.get("getchallenge", username="alice")["token"]
    opened = old.post("login", username="alice", accessKey=proof(token, key))
    assert Caller(opened["sessionName"], client=as_nobody.client).get("listtypes")


def test_revoked_key_ends_its_sessions(as_alice: Caller, alice: User) -> None:
    key = Credential.objects.get(kind="vtiger_access_key", user=alice)
    revoke_credential(actor_for(alice), key.pk)
    assert as_alice.refusal("listtypes") == INVALID


def test_key_that_may_only_read_writes_nothing(alice: User) -> None:
    reader = caller(alice, scope="read")
    element = {"lastname": "No", "assigned_user_id": reader.user_id}
    refusal = reader.refusal("create", "POST", elementType="Contacts", element=element)
    assert refusal == ("ACCESS_DENIED", "Permission to write is denied")
    assert reader.get("describe", elementType="Contacts")["createable"] is False


def test_session_of_the_site_lets_nobody_in(alice: User) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    assert Caller(client=client).refusal("listtypes") == REQUIRED


def test_neither_keys_nor_tokens_are_stored_readable(alice: User, as_nobody: Caller) -> None:
    key = key_of(alice)
    token = as_nobody.get("getchallenge", username="alice")["token"]
    opened = as_nobody.post("login", username="alice", accessKey=proof(token, key))
    stored = str(list(Credential.objects.values()))
    assert not [secret for secret in (key, token, opened["sessionName"]) if secret in stored]


def test_a_password_gives_the_access_key_to_its_owner(as_nobody: Caller, alice: User) -> None:
    """Some clients ask people for a password instead of the key, and sign in with the key then."""
    key = as_nobody.post("login_pwd", username="alice", password=PASSWORD)["accesskey"]
    assert sign_in(as_nobody.client, "alice", key)["userId"] == f"19x{alice.pk}"
    wrong = ("INVALID_USER_CREDENTIALS", "Invalid username or password")
    assert as_nobody.refusal("login_pwd", "POST", username="alice", password="x") == wrong
    assert as_nobody.refusal("login_pwd", "GET", username="alice", password=PASSWORD) == wrong


def test_a_key_that_may_only_read_shows_itself_and_no_stronger_one(
    alice: User, as_nobody: Caller
) -> None:
    User.objects.filter(pk=alice.pk).update(is_superuser=True)
    narrow = make_key(alice, ACCESS_KEY, scope="read", is_recoverable=True)
    opened = sign_in(as_nobody.client, "alice", narrow)
    caller = Caller(session=str(opened["sessionName"]))

    shown = caller.get("retrieve", id=str(opened["userId"]))

    assert shown["accesskey"] == narrow
    assert Credential.objects.filter(user=alice, kind=ACCESS_KEY, scope="write").count() == 0
