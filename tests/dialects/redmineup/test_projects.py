"""Projects and their members."""

from functools import partial

import pytest

from contacts.fields import reference
from contacts.models import Project, ProjectMember, Role, User
from tests.builders import make_project
from tests.costs import statements_of
from tests.dialects.redmineup.calling import Caller, caller, errors_of


@pytest.fixture
def adas(ada: User) -> Caller:
    return caller(ada)


def role(name: str) -> int:
    return Role.objects.get(name=name).pk


def test_a_project_is_shown_by_id_and_identifier(bob: User, project: Project) -> None:
    bobs = caller(bob)

    shown = bobs.read(f"/projects/{project.pk}.json")["project"]

    assert bobs.read("/projects/demo.json")["project"] == shown
    assert list(shown) == [
        "id",
        "name",
        "identifier",
        "description",
        "homepage",
        "status",
        "is_public",
        "inherit_members",
        "created_on",
        "updated_on",
    ]
    assert (shown["name"], shown["identifier"], shown["status"]) == ("Demo project", "demo", 1)
    assert shown["is_public"] is False


def test_includes_of_a_project(bob: User, project: Project) -> None:
    path = "/projects/demo.json?include=trackers,issue_categories,enabled_modules,nonsense"

    shown = caller(bob).read(path)["project"]

    assert [each["name"] for each in shown["enabled_modules"]] == [
        "contacts",
        "deals",
        "issue_tracking",
    ]
    assert [each["name"] for each in shown["trackers"]] == ["Bug", "Feature", "Support"]
    assert shown["issue_categories"] == []


def test_the_list_has_visible_projects_by_name(
    alice: User, charlie: User, project: Project, elsewhere: Project, adas: Caller
) -> None:
    make_project("Attic", is_public=True)

    found = adas.read("/projects.json")
    assert [each["name"] for each in found["projects"]] == ["Attic", "Demo project", "Elsewhere"]
    assert (found["total_count"], found["offset"], found["limit"]) == (3, 0, 25)
    listed = caller(charlie).read("/projects.json")["projects"]
    assert [each["name"] for each in listed] == ["Attic", "Elsewhere"]
    paged = adas.read("/projects.json?limit=1&offset=1")
    assert [each["name"] for each in paged["projects"]] == ["Demo project"]


def test_a_list_costs_the_same_whatever_its_size(adas: Caller) -> None:
    for number in range(12):
        make_project(f"Project {number}")
    costs = []
    for limit in (2, 12):
        path = f"/projects.json?limit={limit}&include=trackers,enabled_modules"
        costs.append(len(statements_of(partial(adas.read, path))))

    assert costs[0] == costs[1] <= 4


def test_a_hidden_project_looks_like_a_missing_one(charlie: User, project: Project) -> None:
    for path in ("/projects/demo.json", f"/projects/{project.pk}.json", "/projects/nowhere.json"):
        answer = caller(charlie).get(path)
        assert (answer.status_code, answer.content) == (404, b"")


def test_an_administrator_creates_changes_closes_and_deletes(
    adas: Caller, project: Project
) -> None:
    sent = {
        "name": "New",
        "identifier": "new-one",
        "description": "What for",
        "is_public": True,
        "enabled_module_names": ["contacts", "issue_tracking", "wiki"],
    }

    answer = adas.post("/projects.json", {"project": sent})

    assert answer.status_code == 201, answer.content
    made = Project.objects.get(identifier="new-one")
    assert answer["Location"] == f"http://testserver/projects/{made.pk}"
    assert made.modules == ["contacts", "tickets"]
    assert adas.put("/projects/new-one.json", {"project": {"name": "Newer"}}).status_code == 204
    assert adas.read("/projects/new-one.json")["project"]["name"] == "Newer"
    assert adas.read("/projects/new-one.json")["project"]["description"] == "What for"
    for action, status in (("close", 5), ("reopen", 1), ("archive", 9), ("unarchive", 1)):
        assert adas.put(f"/projects/new-one/{action}.json").status_code == 204
        assert adas.read(f"/projects/{made.pk}.json")["project"]["status"] == status
    assert adas.delete("/projects/new-one.json").status_code == 204
    assert adas.get("/projects/new-one.json").status_code == 404


def test_xml_creates_a_project(adas: Caller) -> None:
    body = (
        "<project><name>New</name><identifier>new</identifier>"
        '<enabled_module_names type="array"><m>contacts</m></enabled_module_names></project>'
    )

    answer = adas.post("/projects.xml", body, "application/xml")

    assert answer.status_code == 201, answer.content
    assert b"<identifier>new</identifier>" in answer.content
    assert Project.objects.get(identifier="new").modules == ["contacts"]
    listed = adas.get("/projects.xml?limit=1").content.decode()
    assert '<projects type="array" total_count="' in listed


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"name": "", "identifier": "x"}, ["Name cannot be blank"]),
        ({"name": "x"}, ["Identifier cannot be blank"]),
        ({"name": "x", "identifier": "demo"}, ["Identifier has already been taken"]),
        ({"name": "x", "identifier": "42"}, ["Identifier is invalid"]),
        ({"name": "x", "identifier": "Big Name"}, ["Identifier is invalid"]),
    ],
)
def test_bad_projects_are_refused(
    adas: Caller, project: Project, sent: dict[str, str], errors: list[str]
) -> None:
    assert errors_of(adas.post("/projects.json", {"project": sent})) == errors


def test_only_administrators_change_projects(alice: User, project: Project) -> None:
    manager = caller(alice)
    body = {"project": {"name": "x", "identifier": "x"}}

    assert manager.post("/projects.json", body).status_code == 403
    assert manager.put("/projects/demo.json", body).status_code == 403
    assert manager.delete("/projects/demo.json").status_code == 403
    assert manager.put("/projects/demo/close.json").status_code == 403
    assert Project.objects.get(pk=project.pk).name == "Demo project"


def test_members_are_listed_shown_changed_and_removed(
    adas: Caller, alice: User, charlie: User, project: Project
) -> None:
    body = {"membership": {"user_id": charlie.pk, "role_ids": [role("Reporter")]}}

    made = adas.make("/projects/demo/memberships.json", body)["membership"]

    assert made == {
        "id": made["id"],
        "project": {"id": project.pk, "name": "Demo project"},
        "user": {"id": charlie.pk, "name": "Charlie Outsider"},
        "roles": [{"id": role("Reporter"), "name": "Reporter"}],
    }
    listed = caller(charlie).read("/projects/demo/memberships.json")
    assert made in listed["memberships"]
    assert listed["total_count"] == 2
    path = f"/memberships/{made['id']}.json"
    change = {"membership": {"role_ids": [role("Manager"), role("Developer")]}}
    assert adas.put(path, change).status_code == 204
    roles = adas.read(path)["membership"]["roles"]
    assert [each["name"] for each in roles] == ["Manager", "Developer"]
    assert adas.delete(path).status_code == 204
    assert adas.get(path).status_code == 404


def test_members_in_xml(bob: User) -> None:
    text = caller(bob).get("/projects/demo/memberships.xml").content.decode()

    assert '<memberships type="array" total_count="1" offset="0" limit="25"><membership>' in text
    assert f'<user id="{bob.pk}" name="Bob Member"/><roles type="array"><role id="' in text


@pytest.mark.parametrize(
    "membership",
    [
        {"user_id": 999_999, "role_ids": [1]},
        {"user_id": "x", "role_ids": [1]},
        {"role_ids": [1]},
        {"user_id": "bob", "role_ids": []},
        {"user_id": "bob", "role_ids": [999]},
        {"user_id": "bob", "role_ids": "nonsense"},
        {"user_id": "bob"},
        {"user_id": "alice", "role_ids": [1]},
    ],
)
def test_bad_members_are_refused(
    adas: Caller, alice: User, charlie: User, membership: dict[str, object]
) -> None:
    people = {"bob": charlie.pk, "alice": alice.pk}
    sent = {**membership}
    if sent.get("user_id") in people:
        sent["user_id"] = people[str(sent["user_id"])]
    before = ProjectMember.objects.count()

    assert errors_of(adas.post("/projects/demo/memberships.json", {"membership": sent}))
    assert ProjectMember.objects.count() == before


def test_members_of_a_foreign_project_are_hidden(
    alice: User, charlie: User, project: Project
) -> None:
    member = project.members.get(user=alice)
    outsider = caller(charlie)

    assert outsider.get("/projects/demo/memberships.json").status_code == 404
    assert outsider.get(f"/memberships/{member.pk}.json").status_code == 404
    assert outsider.delete(f"/memberships/{member.pk}.json").status_code == 404


def test_a_member_cannot_change_members(bob: User, project: Project) -> None:
    member = project.members.get(user=bob)

    change = {"membership": {"role_ids": [role("Manager")]}}
    assert caller(bob).put(f"/memberships/{member.pk}.json", change).status_code == 403
    assert caller(bob).delete(f"/memberships/{member.pk}.json").status_code == 403


def test_roles_are_listed_for_everybody(charlie: User) -> None:
    found = caller(charlie).read("/roles.json")

    assert [each["name"] for each in found["roles"]] == ["Manager", "Developer", "Reporter"]
    shown = caller(charlie).read(f"/roles/{role('Reporter')}.json")["role"]
    assert shown["name"] == "Reporter"
    assert "view_contacts" in shown["permissions"]
    assert caller(charlie).get("/roles/999.json").status_code == 404
    text = caller(charlie).get("/roles.xml").content.decode()
    assert (
        f'<roles type="array"><role><id>{role("Manager")}</id><name>Manager</name></role>' in text
    )


def test_an_archived_project_is_missing_for_members(adas: Caller, bob: User) -> None:
    assert caller(bob).get("/projects/demo.json").status_code in (200, 404)
    adas.put("/projects/demo/archive.json")
    reference.forget()

    assert caller(bob).get("/projects/demo.json").status_code == 404
