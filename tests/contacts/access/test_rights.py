"""The table of rights, and what roles, modules and the state of a project leave of it."""

import pytest

from contacts.access import NEEDED, RIGHTS, actor_of
from contacts.access.rights import FIRST_ROLES, MODULE_RIGHTS, READING_RIGHTS
from contacts.fields import reference
from contacts.models import Project, ProjectMember, Role, User, UserGroup
from tests.builders import join, make_user

pytestmark = pytest.mark.django_db


def rights_of(user: User, project: Project) -> frozenset[str]:
    reference.forget()
    return actor_of(User.objects.get(pk=user.pk)).rights.get(project.pk, frozenset())


def test_every_right_belongs_to_one_module_and_every_action_needs_a_right_that_exists() -> None:
    listed = [right for rights in MODULE_RIGHTS.values() for right in rights]
    assert sorted(listed) == sorted(RIGHTS)
    assert len(set(listed)) == len(listed)
    assert set(NEEDED.values()) <= set(RIGHTS)
    assert set(READING_RIGHTS) <= set(RIGHTS)


@pytest.mark.parametrize("name", sorted(FIRST_ROLES))
def test_first_roles_are_seeded_with_rights_that_exist(name: str) -> None:
    assert set(Role.objects.get(name=name).rights) == set(FIRST_ROLES[name]) <= set(RIGHTS)


def test_a_member_holds_the_rights_of_all_its_roles(project: Project) -> None:
    user = make_user("dana")
    member = join(user, project, "Reporter")
    reporter = rights_of(user, project)
    member.roles.add(Role.objects.get(name="Developer"))
    reference.bump("people")
    assert rights_of(user, project) == reporter | set(FIRST_ROLES["Developer"])
    assert "delete_contacts" not in rights_of(user, project)


def test_a_member_of_a_group_holds_the_rights_of_the_group(project: Project) -> None:
    user, group = make_user("dana"), UserGroup.objects.create(name="Sales")
    member = ProjectMember.objects.create(project=project, group=group)
    member.roles.add(Role.objects.get(name="Manager"))
    reference.bump("people")
    assert rights_of(user, project) == frozenset()
    group.users.add(user)
    reference.bump("people")
    assert rights_of(user, project) == set(RIGHTS)
    assert actor_of(user).group_ids == {group.pk}


@pytest.mark.parametrize("module", sorted(MODULE_RIGHTS))
def test_a_module_that_is_off_takes_its_rights_along(
    module: str, project: Project, alice: User
) -> None:
    Project.objects.filter(pk=project.pk).update(
        modules=[name for name in MODULE_RIGHTS if name != module]
    )
    reference.bump("people")
    assert rights_of(alice, project) == set(RIGHTS) - set(MODULE_RIGHTS[module])


@pytest.mark.parametrize(
    ("status", "left"),
    [
        (Project.Status.ACTIVE, frozenset(RIGHTS)),
        (Project.Status.CLOSED, READING_RIGHTS),
        (Project.Status.ARCHIVED, frozenset()),
    ],
)
def test_a_closed_project_is_read_and_an_archived_one_is_not(
    status: int, left: frozenset[str], project: Project, alice: User
) -> None:
    Project.objects.filter(pk=project.pk).update(status=status)
    reference.bump("people")
    assert rights_of(alice, project) == left
