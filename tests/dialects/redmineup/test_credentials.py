"""Who is let in, by which kind of credential, and who is not."""

import base64

import pytest
from django.test import Client
from django.utils import timezone

from contacts.access import make_credential
from contacts.access.credentials import CredentialOptions
from contacts.models import Contact, Credential, Project, User
from tests.builders import PASSWORD, make_key, make_user
from tests.dialects.redmineup.calling import Caller

LIST = "/contacts.json"


def basic(username: str, password: str) -> str:
    pair = base64.b64encode(f"{username}:{password}".encode()).decode()
    return f"Basic {pair}"


@pytest.fixture
def client(db: None) -> Client:
    return Client(raise_request_exception=False)


def test_a_key_is_taken_from_the_header(as_alice: Caller) -> None:
    assert as_alice.get(LIST).status_code == 200


def test_a_key_is_taken_from_the_query_string(client: Client, as_alice: Caller) -> None:
    assert client.get(f"{LIST}?key={as_alice.key}").status_code == 200


def test_a_key_is_taken_from_the_body(client: Client, as_alice: Caller, project: Project) -> None:
    body = {"key": as_alice.key, "contact": {"project_id": "demo", "first_name": "Ann"}}

    answer = client.post(LIST, body, content_type="application/json")

    assert answer.status_code == 201


@pytest.mark.parametrize("scheme", ["Basic", "basic", "BASIC"])
def test_a_user_name_with_its_password_is_taken(client: Client, alice: User, scheme: str) -> None:
    header = basic("alice", PASSWORD).replace("Basic", scheme)

    assert client.get(LIST, headers={"Authorization": header}).status_code == 200


def test_a_key_is_taken_as_user_name_with_any_password(client: Client, as_alice: Caller) -> None:
    header = basic(as_alice.key, "whatever")

    assert client.get(LIST, headers={"Authorization": header}).status_code == 200


def test_a_short_key_is_taken_as_user_name_too(client: Client, alice: User) -> None:
    make_credential("redmineup_key", alice, CredentialOptions(secret="s3cret"))

    assert client.get(LIST, headers={"Authorization": basic("s3cret", "x")}).status_code == 200


def test_nobody_is_refused_with_an_empty_body_and_a_challenge(client: Client) -> None:
    answer = client.get(LIST)

    assert (answer.status_code, answer.content) == (401, b"")
    assert answer["WWW-Authenticate"] == 'Basic realm="Redmine API"'
    assert "Content-Type" not in answer


@pytest.mark.parametrize(
    "header",
    [
        basic("alice", "wrong"),
        basic("nobody", PASSWORD),
        basic("", ""),
        "Basic !!!",
        "Basic",
        "Basic " + base64.b64encode(b"\xff\xfe:x").decode(),
    ],
)
def test_wrong_basic_credentials_are_refused(client: Client, alice: User, header: str) -> None:
    answer = client.get(LIST, headers={"Authorization": header})

    assert (answer.status_code, answer.content) == (401, b"")


def test_a_wrong_key_is_refused_whatever_else_is_there(client: Client, alice: User) -> None:
    """The first kind of credential that is present decides."""
    headers = {"Authorization": basic("alice", PASSWORD)}
    assert client.get(LIST, headers=headers).status_code == 200

    assert client.get(f"{LIST}?key=wrong", headers=headers).status_code == 401
    wrong = {**headers, "X-Redmine-API-Key": "wrong"}
    assert client.get(LIST, headers=wrong).status_code == 401


def test_a_blank_key_is_none(client: Client, alice: User, as_alice: Caller) -> None:
    basically = {"Authorization": basic("alice", PASSWORD), "X-Redmine-API-Key": " "}
    by_header = {"X-Redmine-API-Key": as_alice.key}

    assert client.get(f"{LIST}?key=", headers=by_header).status_code == 200
    assert client.get(LIST, headers=basically).status_code == 200
    assert client.get(f"{LIST}?key=").status_code == 401


def test_the_parameter_counts_more_than_the_header(client: Client, as_alice: Caller) -> None:
    headers = {"X-Redmine-API-Key": "wrong"}

    assert client.get(f"{LIST}?key={as_alice.key}", headers=headers).status_code == 200


def test_a_revoked_key_is_refused(as_alice: Caller) -> None:
    Credential.objects.update(revoked_at=timezone.now())

    assert as_alice.get(LIST).status_code == 401


def test_a_locked_user_is_refused(as_alice: Caller, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)

    assert as_alice.get(LIST).status_code == 401


@pytest.mark.parametrize("flags", [{"must_change_password": True}, {"may_use_api": False}])
def test_who_may_not_use_programs_is_forbidden(
    client: Client, as_alice: Caller, alice: User, flags: dict[str, bool]
) -> None:
    User.objects.filter(pk=alice.pk).update(**flags)

    by_key = as_alice.get(LIST)
    by_password = client.get(LIST, headers={"Authorization": basic("alice", PASSWORD)})

    assert (by_key.status_code, by_key.content) == (403, b"")
    assert (by_password.status_code, by_password.content) == (403, b"")


def test_a_key_for_reading_cannot_write(alice: User, project: Project) -> None:
    reader = Caller(make_key(alice, "redmineup_key", scope="read"))
    body = {"contact": {"project_id": "demo", "first_name": "Ann"}}

    assert reader.get(LIST).status_code == 200
    assert reader.post(LIST, body).status_code == 403
    assert not Contact.objects.filter(first_name="Ann").exists()


def test_a_session_of_the_browser_counts_for_nothing(client: Client, alice: User) -> None:
    client.force_login(alice)

    assert client.get(LIST).status_code == 401


def test_an_administrator_acts_as_somebody_else(
    as_ada: Caller, alice: User, project: Project
) -> None:
    body = {"contact": {"project_id": "demo", "first_name": "Ann"}}

    answer = as_ada.send("POST", LIST, body, X_Redmine_Switch_User="alice")

    assert answer.json()["contact"]["author"]["id"] == alice.pk


@pytest.mark.parametrize("login", ["nobody", "locked"])
def test_acting_as_nobody_fails(as_ada: Caller, login: str) -> None:
    make_user("locked", is_active=False)

    answer = as_ada.send("GET", LIST, X_Redmine_Switch_User=login)

    assert (answer.status_code, answer.content) == (412, b"")


def test_others_cannot_act_as_somebody_else(as_bob: Caller, alice: User) -> None:
    body = {"contact": {"project_id": "demo", "first_name": "Ann"}}

    answer = as_bob.send("POST", LIST, body, X_Redmine_Switch_User="alice")

    assert answer.json()["contact"]["author"]["name"] == "Bob Member"


def test_a_browser_without_credentials_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get("/contacts?page=2", headers={"Accept": "text/html"})

    assert answer.status_code == 302
    assert answer["Location"] == "/admin/login/?next=%2Fcontacts%3Fpage%3D2"


def test_a_browser_with_credentials_is_sent_to_the_screens(as_alice: Caller, tom: Contact) -> None:
    listed = as_alice.send("GET", "/contacts", Accept="text/html")
    shown = as_alice.send("GET", f"/contacts/{tom.pk}", Accept="text/html")

    assert (listed.status_code, listed["Location"]) == (302, "/admin/contacts/contact/")
    assert (shown.status_code, shown["Location"]) == (
        302,
        f"/admin/contacts/contact/{tom.pk}/change/",
    )


def test_a_member_without_the_right_is_forbidden(as_alice: Caller) -> None:
    outsider = make_user("dora")

    answer = Caller(make_key(outsider, "redmineup_key")).get(LIST)

    assert (answer.status_code, answer.content) == (403, b"")


def test_guessing_passwords_is_slowed_down(client: Client, alice: User) -> None:
    headers = {"Authorization": basic("alice", "wrong")}
    for _ in range(10):
        assert client.get(LIST, headers=headers).status_code == 401

    answer = client.get(LIST, headers=headers)

    assert (answer.status_code, answer.content) == (429, b"")
    assert int(answer["Retry-After"]) > 0


def test_acting_as_somebody_else_a_key_that_may_only_read_still_only_reads(
    client: Client, alice: User, project: Project
) -> None:
    chief = make_user("chief", is_superuser=True)
    key = make_key(chief, "redmineup_key", scope=Credential.Scope.READ)
    headers = {"X-Redmine-API-Key": key, "X-Redmine-Switch-User": alice.username}
    body = {"contact": {"first_name": "Ann", "project_id": project.identifier}}

    assert client.get(LIST, headers=headers).status_code == 200
    answer = client.post(LIST, body, content_type="application/json", headers=headers)

    assert answer.status_code == 403
    assert not Contact.objects.exists()
    shown = client.get("/users/current.json", headers=headers).json()["user"]
    assert "api_key" not in shown
