"""Everybody is told how many contacts it sees, exactly, whatever has become of them."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from contacts import index
from contacts.access import system_actor
from contacts.access.visibility import visible_contacts
from contacts.fields import reference
from contacts.models import Contact, Project, User, UserGroup
from contacts.query import Query, count_contacts, search
from contacts.services import contacts as services
from contacts.services.members import create_member, delete_member
from contacts.services.merging import merge_contacts, unmerge_contact
from contacts.services.projects import delete_project
from contacts.services.users import create_user
from tests.builders import actor_for, join, make_contact, make_user
from tests.dialects.calling import content
from tests.dialects.redmineup.calling import Caller, caller

pytestmark = pytest.mark.django_db

FORBIDDEN = 403
SYSTEM = system_actor("test")
Tell = Callable[[], list[int]]


@pytest.fixture
def owner(project: Project) -> User:
    """Be somebody who sees private contacts only as owner, or through a group."""
    user = make_user("owner")
    join(user, project, "Reporter")
    return user


@pytest.fixture
def team(owner: User) -> UserGroup:
    group = UserGroup.objects.create(name="Team")
    group.users.add(owner)
    reference.bump("people")
    return group


@pytest.fixture
def tell(ada: User, alice: User, bob: User, charlie: User, owner: User) -> Tell:
    """Return the totals of an administrator, a manager, a member, one elsewhere and an owner."""
    callers = [(user, caller(user)) for user in (ada, alice, bob, charlie, owner)]

    def told() -> list[int]:
        assert index.differences() == {}
        return [_total(user, call) for user, call in callers]

    return told


def _total(user: User, call: Caller) -> int:
    """Return what somebody is told, which is what it sees one by one."""
    answer = call.get("/contacts.json?limit=1")
    # Who is in no project may ask for no list.
    total: int = 0 if answer.status_code == FORBIDDEN else content(answer, 200)["total_count"]
    seen = visible_contacts(actor_for(user), users=False, stage="contact")
    assert total == seen.count()
    return total


def test_totals_follow_what_is_made_changed_and_deleted(
    tell: Tell, project: Project, elsewhere: Project, bob: User, owner: User, team: UserGroup
) -> None:
    here, there = [project.pk], [elsewhere.pk]
    assert tell() == [0, 0, 0, 0, 0]
    tom = make_contact(projects=here).pk
    assert tell() == [1, 1, 1, 0, 1]
    services.update_contact(SYSTEM, tom, {"projects": here + there})
    assert tell() == [1, 1, 1, 1, 1]
    services.update_contact(SYSTEM, tom, {"projects": there})
    assert tell() == [1, 0, 0, 1, 0]
    services.update_contact(SYSTEM, tom, {"visibility": 1})
    assert tell() == [1, 1, 1, 1, 1]
    services.update_contact(SYSTEM, tom, {"visibility": 2, "projects": here})
    assert tell() == [1, 1, 0, 0, 0]
    services.update_contact(SYSTEM, tom, {"owner": owner.pk})
    assert tell() == [1, 1, 0, 0, 1]
    services.update_contact(SYSTEM, tom, {"owner": None, "owner_group": team.pk})
    assert tell() == [1, 1, 0, 0, 1]
    services.update_contact(SYSTEM, tom, {"stage": "lead"})
    assert tell() == [0, 0, 0, 0, 0]
    services.update_contact(SYSTEM, tom, {"stage": "contact", "first_name": "Zoe"})
    assert tell() == [1, 1, 0, 0, 1]
    services.archive_contact(SYSTEM, tom)
    assert tell() == [0, 0, 0, 0, 0]
    in_trash = Query(limit=1, archived=True)
    assert [search(actor_for(each), in_trash).total for each in (owner, bob)] == [1, 0]
    assert [count_contacts(actor_for(each), in_trash) for each in (owner, bob)] == [1, 0]
    services.restore_contact(SYSTEM, tom)
    assert tell() == [1, 1, 0, 0, 1]
    services.archive_contact(SYSTEM, tom)
    services.delete_contact(SYSTEM, tom)
    assert tell() == [0, 0, 0, 0, 0]


def test_totals_follow_imports_and_merges(tell: Tell, project: Project, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    with file.open("w") as target:
        csv.writer(target).writerows([["first name"], *([f"Tom {n}"] for n in range(45))])
    call_command("import", str(file), "--json", project=project.identifier)
    assert tell() == [45, 45, 45, 0, 45]
    one, other = Contact.objects.order_by("pk").values_list("pk", flat=True)[:2]
    merge_contacts(SYSTEM, one, [other])
    assert tell() == [44, 44, 44, 0, 44]
    unmerge_contact(SYSTEM, other)
    assert tell() == [45, 45, 45, 0, 45]


def test_totals_follow_projects_and_their_members(
    tell: Tell, project: Project, elsewhere: Project, ada: User, charlie: User
) -> None:
    actor = actor_for(ada)
    role = charlie.memberships.get().roles.get().pk
    make_contact(projects=[project.pk, elsewhere.pk], visibility=2)
    make_contact(projects=[project.pk])
    assert tell() == [2, 2, 1, 1, 1]
    values = {"user": charlie.pk, "project": project.pk, "roles": [role]}
    member = create_member(actor, values)
    assert tell() == [2, 2, 1, 2, 1]
    delete_member(actor, int(str(member["id"])))
    assert tell() == [2, 2, 1, 1, 1]
    delete_project(actor, project.pk, with_contents=True)
    assert tell() == [1, 0, 0, 1, 0]


def test_a_user_has_a_contact_that_no_list_counts(tell: Tell, ada: User, project: Project) -> None:
    create_user(actor_for(ada), {"username": "dora"})
    assert tell() == [0, 0, 0, 0, 0]
    assert search(SYSTEM, Query(limit=1, users=True, stage=None)).total == 1


def test_a_total_told_before_a_change_is_not_told_after_it(tell: Tell, alice: User) -> None:
    call = caller(alice)
    for count in range(1, 4):
        call.make("/contacts.json", {"contact": {"first_name": "Tom", "project_id": "demo"}})
        assert call.read("/contacts.json?limit=1")["total_count"] == count
