"""Users, the account of who asks, and user groups."""

import json
from base64 import b64encode
from functools import partial

import pytest

from contacts.fields import reference
from contacts.models import Project, User, UserGroup
from tests.builders import PASSWORD, make_user
from tests.costs import statements_of
from tests.dialects.redmineup.calling import Caller, caller, errors_of

PRIVATE = {"login", "admin", "mail", "updated_on", "status", "api_key"}


@pytest.fixture
def adas(ada: User) -> Caller:
    return caller(ada)


@pytest.fixture
def team(bob: User, charlie: User) -> UserGroup:
    group = UserGroup.objects.create(name="Team")
    group.users.add(bob, charlie)
    reference.bump("people")
    return group


def logins(person: Caller, query: str = "") -> list[str]:
    return [each["login"] for each in person.read(f"/users.json?{query}")["users"]]


def test_who_asks_is_shown_to_itself_with_its_key(alice: User) -> None:
    alices = caller(alice)

    shown = alices.read("/users/current.json")["user"]

    assert (shown["id"], shown["login"], shown["firstname"]) == (alice.pk, "alice", "Alice")
    assert (shown["admin"], shown["status"]) == (False, 1)
    assert shown["api_key"] == alices.key
    assert alices.read("/my/account.json")["user"] == shown
    assert alices.read(f"/users/{alice.pk}.json")["user"] == shown


def test_a_password_shows_the_key_that_programs_may_use(alice: User) -> None:
    person = Caller()
    person.client.defaults["HTTP_AUTHORIZATION"] = (
        "Basic " + b64encode(f"alice:{PASSWORD}".encode()).decode()
    )

    key = person.read("/my/account.json")["user"]["api_key"]

    assert person.read("/users/current.json")["user"]["api_key"] == key
    assert Caller(key).read("/users/current.json")["user"]["login"] == "alice"


def test_others_show_little(alice: User, bob: User) -> None:
    shown = caller(alice).read(f"/users/{bob.pk}.json")["user"]

    assert not PRIVATE & shown.keys()
    assert (shown["firstname"], shown["lastname"]) == ("Bob", "Member")


def test_an_administrator_sees_all(adas: Caller, bob: User, alice: User) -> None:
    shown = adas.read(f"/users/{bob.pk}.json")["user"]

    assert (shown["login"], shown["status"]) == ("bob", 1)
    assert shown["created_on"].endswith("Z")


def test_a_stranger_looks_like_nobody(charlie: User, alice: User) -> None:
    for path in (f"/users/{alice.pk}.json", "/users/999999.json", "/users/nobody.json"):
        answer = caller(charlie).get(path)
        assert (answer.status_code, answer.content) == (404, b"")


def test_includes_of_a_user(adas: Caller, bob: User, team: UserGroup, project: Project) -> None:
    shown = adas.read(f"/users/{bob.pk}.json?include=memberships,groups")["user"]

    assert shown["groups"] == [{"id": team.pk, "name": "Team"}]
    (member,) = shown["memberships"]
    assert member["project"] == {"id": project.pk, "name": "Demo project"}
    assert [each["name"] for each in member["roles"]] == ["Developer"]


def test_users_in_xml(adas: Caller, bob: User) -> None:
    text = adas.get("/users.xml?limit=1").content.decode()
    assert '<users type="array" total_count="2" offset="0" limit="1"><user><id>' in text
    assert "<login>ada</login><admin>true</admin>" in text


def test_only_administrators_list_users(alice: User) -> None:
    assert caller(alice).get("/users.json").status_code == 403


def test_the_list_filters(adas: Caller, alice: User, bob: User, team: UserGroup) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)

    assert logins(adas) == ["ada", "bob", "charlie"]
    assert logins(adas, "status=3") == ["alice"]
    assert logins(adas, "status=*") == ["ada", "alice", "bob", "charlie"]
    assert logins(adas, "status=") == ["ada", "alice", "bob", "charlie"]
    assert logins(adas, "status=nonsense") == []
    assert logins(adas, "name=OUTS") == ["charlie"]
    assert logins(adas, "name=%25") == []
    assert logins(adas, f"group_id={team.pk}") == ["bob", "charlie"]
    assert logins(adas, "group_id=x") == []
    assert logins(adas, "limit=1&offset=1") == ["bob"]


def test_the_list_costs_the_same_whatever_its_size(adas: Caller) -> None:
    for number in range(12):
        make_user(f"user{number}")
    costs = [
        len(statements_of(partial(adas.read, f"/users.json?limit={limit}"))) for limit in (2, 12)
    ]

    assert costs[0] == costs[1] <= 4


def test_an_administrator_creates_changes_locks_and_deletes(adas: Caller, project: Project) -> None:
    user = {
        "login": "dora",
        "firstname": "Dora",
        "lastname": "New",
        "mail": "dora@example.com",
        "password": "long enough 8",
    }

    answer = adas.post("/users.json", {"user": user})

    assert answer.status_code == 201, answer.content
    made = json.loads(answer.content)["user"]
    assert answer["Location"] == f"http://testserver/users/{made['id']}"
    assert (made["login"], made["mail"]) == ("dora", "dora@example.com")
    stored = User.objects.get(username="dora")
    assert stored.check_password("long enough 8")
    assert stored.contact is not None
    path = f"/users/{stored.pk}.json"
    assert adas.put(path, {"user": {"lastname": "Newer", "admin": True}}).status_code == 204
    changed = adas.read(path)["user"]
    assert (changed["lastname"], changed["admin"]) == ("Newer", True)
    assert adas.put(path, {"user": {"status": 3}}).status_code == 204
    assert adas.read(path)["user"]["status"] == 3
    assert adas.delete(path).status_code == 204
    assert adas.get(path).status_code == 404


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"login": ""}, "Login cannot be blank"),
        ({"login": "bob"}, "Login has already been taken"),
        ({"login": "no blanks"}, "Login is invalid"),
        ({"mail": "nonsense"}, "Email is invalid"),
        ({"password": "short"}, "Password is too short (minimum is 8 characters)"),
        ({"password": ""}, "Password cannot be blank"),
    ],
)
def test_bad_users_are_refused(adas: Caller, bob: User, change: dict[str, str], error: str) -> None:
    user = {
        "login": "dora",
        "firstname": "Dora",
        "lastname": "New",
        "mail": "dora@example.com",
        "password": "long enough 8",
        **change,
    }
    before = User.objects.count()

    found = errors_of(adas.post("/users.json", {"user": user}))

    assert error in found
    assert User.objects.count() == before


def test_an_administrator_may_give_any_password_that_is_long_enough(
    adas: Caller, ada: User, bob: User
) -> None:
    user = {"login": "dora", "firstname": "Dora", "lastname": "New", "mail": "dora@example.com"}

    made = adas.make("/users.json", {"user": {**user, "password": "password123"}})["user"]

    assert User.objects.get(pk=made["id"]).check_password("password123")
    other = {"user": {"password": "12345678"}}
    assert adas.put(f"/users/{bob.pk}.json", other).status_code == 204
    own = {"user": {"password": "password123", "current_password": PASSWORD}}
    errors = errors_of(adas.put(f"/users/{ada.pk}.json", own))
    assert any(error.startswith("Password ") for error in errors)


def test_the_server_makes_up_a_password_that_nobody_knows(adas: Caller, project: Project) -> None:
    user = {"login": "dora", "firstname": "Dora", "lastname": "New", "mail": "dora@example.com"}

    answer = adas.post("/users.json", {"user": {**user, "generate_password": True}})

    assert answer.status_code == 201, answer.content
    assert not User.objects.get(username="dora").check_password("")


def test_only_administrators_change_users(alice: User, bob: User) -> None:
    manager = caller(alice)
    body = {"user": {"lastname": "x"}}

    assert manager.post("/users.json", body).status_code == 403
    assert manager.put(f"/users/{bob.pk}.json", body).status_code == 403
    assert manager.delete(f"/users/{bob.pk}.json").status_code == 403
    assert manager.put(f"/users/{alice.pk}.json", {"user": {"admin": True}}).status_code == 403
    assert not User.objects.get(pk=alice.pk).is_superuser


def test_groups_are_for_administrators(adas: Caller, bob: User, team: UserGroup) -> None:
    assert adas.read("/groups.json") == {"groups": [{"id": team.pk, "name": "Team"}]}
    shown = adas.read(f"/groups/{team.pk}.json?include=users,memberships")["group"]
    assert [each["name"] for each in shown["users"]] == ["Bob Member", "Charlie Outsider"]
    assert "memberships" not in shown
    assert adas.get("/groups/999999.json").status_code == 404
    assert caller(bob).get("/groups.json").status_code == 403
    assert caller(bob).get(f"/groups/{team.pk}.json").status_code == 403
    text = adas.get("/groups.xml").content.decode()
    assert f'<groups type="array"><group><id>{team.pk}</id><name>Team</name></group>' in text


def test_users_come_into_a_group_and_leave_it(
    adas: Caller, alice: User, bob: User, team: UserGroup
) -> None:
    path = f"/groups/{team.pk}/users"

    def inside() -> list[str]:
        return sorted(team.users.values_list("username", flat=True))

    added = adas.post(f"{path}.json", {"user_id": alice.pk})
    assert (added.status_code, added.content) == (204, b"")
    assert inside() == ["alice", "bob", "charlie"]
    assert errors_of(adas.post(f"{path}.json", {"user_id": alice.pk})) == ["User is invalid"]
    for wrong in ({}, {"user_id": ""}, {"user_id": {}}, {"user_ids": []}, {"user_id": 999_999}):
        assert adas.post(f"{path}.json", wrong).status_code == 422, wrong
    assert inside() == ["alice", "bob", "charlie"]

    assert adas.delete(f"{path}/{bob.pk}.json").status_code == 204
    assert adas.delete(f"{path}/{bob.pk}.json").status_code == 204
    assert inside() == ["alice", "charlie"]
    assert adas.delete(f"{path}/999999.json").status_code == 404
    assert adas.post("/groups/999999/users.json", {"user_id": bob.pk}).status_code == 404
    xml = adas.send("POST", f"{path}.xml", f"<user_id>{bob.pk}</user_id>", "application/xml")
    assert (xml.status_code, inside()) == (204, ["alice", "bob", "charlie"])
    assert caller(bob).post(f"{path}.json", {"user_id": bob.pk}).status_code == 403
    assert caller(bob).delete(f"{path}/{alice.pk}.json").status_code == 403


def test_an_account_is_sent_back_as_it_was_read(bob: User) -> None:
    bobs = caller(bob)
    account = bobs.read("/my/account.json")["user"]

    sent = {**account, "lastname": "Renamed", "admin": True, "login": "ada", "status": 3}
    assert bobs.put("/my/account.json", {"user": sent}).status_code == 204
    wrong = {"login": "bob", "firstname": "F", "mail": "none"}
    assert errors_of(bobs.put("/my/account.json", {"user": wrong})) == ["Email is invalid"]

    bob.refresh_from_db()
    assert (bob.username, bob.last_name, bob.first_name) == ("bob", "Renamed", "Bob")
    assert bob.is_active
    assert not bob.is_superuser
