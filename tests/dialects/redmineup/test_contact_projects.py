"""Contacts are put into projects and taken out of them."""

import pytest

from contacts.models import Contact, Project, User
from tests.builders import join, make_project
from tests.dialects.redmineup.calling import Caller


@pytest.fixture
def second(alice: User) -> Project:
    second = make_project("Second", identifier="second")
    join(alice, second, "Manager")
    return second


def projects_of(contact: Contact) -> set[int]:
    return set(contact.project_links.values_list("project_id", flat=True))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"project":{"id":"second"}}', "application/json"),
        ('{"id":"second"}', "application/json"),
        ("<project><id>second</id></project>", "application/xml"),
        ("project[id]=second", "application/x-www-form-urlencoded"),
    ],
)
def test_a_contact_is_added_by_identifier(
    as_alice: Caller, tom: Contact, project: Project, second: Project, body: str, content_type: str
) -> None:
    answer = as_alice.post(f"/contacts/{tom.pk}/projects.xml", body, content_type)

    assert (answer.status_code, answer.content) == (204, b"")
    assert projects_of(tom) == {project.pk, second.pk}


def test_a_contact_is_added_by_id_and_being_there_is_fine(
    as_alice: Caller, tom: Contact, project: Project, second: Project
) -> None:
    path, body = f"/contacts/{tom.pk}/projects.json", {"project": {"id": second.pk}}

    assert [as_alice.post(path, body).status_code for _ in range(2)] == [204, 204]
    assert projects_of(tom) == {project.pk, second.pk}


@pytest.mark.parametrize("query", ["id=second", "project[id]=second", "project[id]=second&id=no"])
def test_the_project_may_be_named_in_the_query_string(
    as_alice: Caller, tom: Contact, project: Project, second: Project, query: str
) -> None:
    answer = as_alice.send("POST", f"/contacts/{tom.pk}/projects.xml?{query}", None)

    assert (answer.status_code, answer.content) == (204, b"")
    assert projects_of(tom) == {project.pk, second.pk}


@pytest.mark.parametrize("body", [{}, {"project": {}}, {"project": {"id": "no"}}, {"id": 999}])
def test_a_missing_or_unknown_project_is_not_found(
    as_alice: Caller, tom: Contact, body: dict[str, object]
) -> None:
    answer = as_alice.post(f"/contacts/{tom.pk}/projects.json", body)

    assert (answer.status_code, answer.content) == (404, b"")


def test_a_contact_is_removed(
    as_alice: Caller, tom: Contact, project: Project, second: Project
) -> None:
    as_alice.post(f"/contacts/{tom.pk}/projects.json", {"project": {"id": second.pk}})

    answer = as_alice.delete(f"/contacts/{tom.pk}/projects/demo.xml")

    assert (answer.status_code, answer.content) == (204, b"")
    assert projects_of(tom) == {second.pk}


def test_the_last_project_stays(as_alice: Caller, tom: Contact, project: Project) -> None:
    answer = as_alice.delete(f"/contacts/{tom.pk}/projects/{project.pk}.json")

    assert (answer.status_code, answer.content) == (403, b"")
    assert projects_of(tom) == {project.pk}


def test_removing_from_where_it_is_not_is_nothing_to_do(
    as_alice: Caller, tom: Contact, project: Project, second: Project
) -> None:
    answer = as_alice.delete(f"/contacts/{tom.pk}/projects/second.json")

    assert answer.status_code == 204
    assert projects_of(tom) == {project.pk}


def test_an_unknown_contact_is_not_found(as_alice: Caller, second: Project) -> None:
    body = {"project": {"id": second.pk}}

    assert as_alice.post("/contacts/999/projects.json", body).status_code == 404
    assert as_alice.delete("/contacts/999/projects/second.json").status_code == 404


def test_the_right_is_needed_in_both_places(
    as_alice: Caller, as_bob: Caller, tom: Contact, alice: User, bob: User, elsewhere: Project
) -> None:
    path, body = f"/contacts/{tom.pk}/projects.json", {"project": {"id": elsewhere.pk}}
    hidden = as_alice.post(path, body)
    join(alice, elsewhere, "Reporter")
    seen = as_alice.post(path, body)
    join(bob, elsewhere, "Manager")
    allowed = as_bob.post(path, body)

    assert (hidden.status_code, seen.status_code, allowed.status_code) == (404, 403, 204)


def test_a_hidden_contact_is_not_found(as_charlie: Caller, tom: Contact) -> None:
    answer = as_charlie.post(f"/contacts/{tom.pk}/projects.json", {"project": {"id": "elsewhere"}})

    assert (answer.status_code, answer.content) == (404, b"")
