"""In which projects a contact is, and who may put it there."""

from dataclasses import replace
from typing import Any

import pytest

from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError
from contacts.fields import reference
from contacts.models import Project, User
from contacts.query import get_contact
from contacts.services.contacts import create_contact, update_contact
from tests.builders import actor_for, join, make_project

pytestmark = pytest.mark.django_db


def new(actor: Actor, **values: Any) -> dict[str, Any]:
    document: dict[str, Any] = create_contact(actor, {"first_name": "Tom", **values})
    return document


def test_a_contact_that_names_no_project_goes_to_the_actors_own(
    owner: Actor, administrator: Actor, project: Project, elsewhere: Project
) -> None:
    assert new(owner)["projects"] == [project.pk]
    assert new(administrator)["projects"] == [project.pk]
    at_home = replace(administrator, default_project_id=elsewhere.pk)
    assert new(at_home)["projects"] == [elsewhere.pk]
    assert new(at_home, projects=[project.pk])["projects"] == [project.pk]


def test_an_instance_without_projects_says_that_one_is_missing(administrator: Actor) -> None:
    with pytest.raises(InvalidError) as refused:
        new(administrator)
    assert [(fault.key, fault.code) for fault in refused.value.faults] == [("projects", "blank")]


def test_a_contact_is_put_only_where_the_actor_may_put_it(
    owner: Actor, project: Project, elsewhere: Project
) -> None:
    open_project = make_project("Open", is_public=True)
    with pytest.raises(ForbiddenError):
        new(owner, projects=[open_project.pk])
    # One that the actor does not see looks like one that is not there.
    for hidden in (elsewhere.pk, 999_999):
        with pytest.raises(InvalidError) as refused:
            new(owner, projects=[project.pk, hidden])
        (fault,) = refused.value.faults
        assert (fault.key, fault.code) == ("projects", "unknown")


@pytest.mark.parametrize(
    "change", [{"status": Project.Status.CLOSED}, {"modules": ["deals"]}], ids=["closed", "off"]
)
def test_nothing_goes_into_a_project_that_takes_no_contacts(
    change: dict[str, Any], administrator: Actor, project: Project
) -> None:
    Project.objects.filter(pk=project.pk).update(**change)
    reference.bump("people")
    with pytest.raises(ForbiddenError):
        new(administrator, projects=[project.pk])


def test_a_contact_moves_between_projects_but_never_out_of_all(
    owner: Actor, alice: User, project: Project
) -> None:
    second = make_project("Second")
    join(alice, second, "Manager")
    actor = actor_for(alice)
    contact = new(actor)
    moved = update_contact(actor, contact["id"], {"projects": [second.pk, project.pk, second.pk]})
    assert sorted(moved["projects"]) == [project.pk, second.pk]  # type: ignore[call-overload]  # ids
    left = update_contact(actor, contact["id"], {"projects": [second.pk]})
    assert left["projects"] == [second.pk]
    with pytest.raises(InvalidError) as refused:
        update_contact(actor, contact["id"], {"projects": []})
    assert [(fault.key, fault.code) for fault in refused.value.faults] == [("projects", "blank")]


def test_a_project_that_is_not_seen_survives_writing_back_those_that_are(
    owner: Actor, administrator: Actor, project: Project, elsewhere: Project
) -> None:
    """Whoever sent back the projects that it saw was once refused, or removed the others."""
    contact = new(administrator, projects=[project.pk, elsewhere.pk])
    update_contact(owner, contact["id"], {"projects": [project.pk], "first_name": "Tim"})
    document = get_contact(administrator, contact["id"])
    assert (document["first_name"], document["projects"]) == ("Tim", [project.pk, elsewhere.pk])
