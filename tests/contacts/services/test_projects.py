"""Projects and who is in them: changed by administrators, gone only when nothing is lost."""

import pytest

from contacts import index
from contacts.access import Actor, actor_of
from contacts.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from contacts.fields import reference
from contacts.history import changes_of
from contacts.models import CustomField, Deal, Project, ProjectMember, Role, User
from contacts.query import get_contact
from contacts.services.contacts import archive_contact
from contacts.services.custom_fields import create_custom_field
from contacts.services.deals import create_deal
from contacts.services.members import create_member, delete_member, update_member
from contacts.services.projects import create_project, delete_project, update_project
from contacts.services.roles import create_role, delete_role, update_role
from contacts.services.user_groups import (
    create_user_group,
    delete_user_group,
    update_user_group,
)
from tests.builders import actor_for, make_contact, make_user


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


def test_new_project_has_all_modules_and_is_known_at_once(administrator: Actor) -> None:
    project = create_project(administrator, {"name": "Support", "identifier": "support"})

    assert project["modules"] == ["contacts", "deals", "tickets"]
    assert (project["status"], project["is_public"]) == (1, False)
    assert reference.projects().id_of("support") == project["id"]
    assert changes_of("project", number(project)).get().after["name"] == "Support"


def test_all_faults_of_a_project_are_reported_together(
    administrator: Actor, project: Project
) -> None:
    for identifier, code in (("DEMO", "taken"), ("12", "pattern"), ("a b", "pattern")):
        with pytest.raises(InvalidError) as refused:
            create_project(
                administrator,
                {"name": "", "identifier": identifier, "modules": ["cooking"], "parent": 999},
            )
        assert {(fault.key, fault.code) for fault in refused.value.faults} >= {
            ("name", "blank"),
            ("identifier", code),
            ("modules", "not_in_list"),
            ("parent", "unknown"),
        }
    assert Project.objects.count() == 1


def test_only_administrators_change_projects(
    owner: Actor, outsider: Actor, project: Project
) -> None:
    with pytest.raises(ForbiddenError):
        create_project(owner, {"name": "Mine", "identifier": "mine"})
    for refused in (
        lambda actor: update_project(actor, project.pk, {"name": "Mine"}),
        lambda actor: delete_project(actor, project.pk),
    ):
        with pytest.raises(ForbiddenError):
            refused(owner)
        with pytest.raises(NotFoundError):
            refused(outsider)


def test_identifier_stays_and_no_project_is_below_itself(
    administrator: Actor, project: Project
) -> None:
    child = number(
        create_project(administrator, {"name": "Part", "identifier": "part", "parent": project.pk})
    )

    with pytest.raises(InvalidError) as refused:
        update_project(administrator, project.pk, {"identifier": "other", "parent": child})
    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("identifier", "read_only"),
        ("parent", "invalid"),
    }
    same = update_project(administrator, project.pk, {"identifier": "demo", "status": 5})
    assert same["status"] == Project.Status.CLOSED


def test_closed_project_is_read_only_at_once(
    administrator: Actor, alice: User, project: Project
) -> None:
    assert actor_for(alice).has("edit_contacts", [project.pk])

    update_project(administrator, project.pk, {"status": 5})

    assert not actor_for(alice).has("edit_contacts", [project.pk])
    assert actor_for(alice).has("view_contacts", [project.pk])


def test_project_in_use_goes_only_when_its_contents_are_moved(
    administrator: Actor, owner: Actor, outsider: Actor, project: Project, elsewhere: Project
) -> None:
    contact = make_contact(owner)
    archived = make_contact(owner)
    archive_contact(owner, archived.pk)
    shared = make_contact(administrator, projects=[project.pk, elsewhere.pk])
    deal = number(create_deal(owner, {"project": project.pk, "name": "Roof"}))

    with pytest.raises(ConflictError):
        delete_project(administrator, project.pk)
    with pytest.raises(InvalidError):
        delete_project(administrator, project.pk, move_to=project.pk)
    with pytest.raises(NotFoundError):
        get_contact(outsider, contact.pk)

    delete_project(administrator, project.pk, move_to=elsewhere.pk)

    assert get_contact(outsider, contact.pk)["projects"] == [elsewhere.pk]
    assert get_contact(outsider, shared.pk)["projects"] == [elsewhere.pk]
    assert Deal.objects.get(pk=deal).project_id == elsewhere.pk
    assert changes_of("contact", contact.pk)[0].before == {"projects": [project.pk]}
    assert index.drifts_of([contact.pk, archived.pk, shared.pk]) == []
    assert reference.projects().id_of("demo") is None
    with pytest.raises(ConflictError):
        delete_project(administrator, elsewhere.pk)


def test_field_of_a_deleted_project_is_not_opened_to_everybody(
    administrator: Actor, project: Project, elsewhere: Project
) -> None:
    """A field limited to projects was limited to none, so to everybody, when the last one went."""
    field = create_custom_field(administrator, {"label": "Salary", "projects": [project.pk]})

    delete_project(administrator, project.pk)

    record = CustomField.objects.get(pk=number(field))
    assert record.access == CustomField.Access.ADMINISTRATORS
    assert changes_of("custom_field", record.pk)[0].before == {"access": "members"}


def test_membership_counts_from_the_next_request(
    administrator: Actor, project: Project, charlie: User
) -> None:
    manager, reporter = (Role.objects.get(name=name) for name in ("Manager", "Reporter"))
    values = {"project": project.pk, "user": charlie.pk, "roles": [reporter.pk]}

    member = number(create_member(administrator, values))
    assert actor_of(charlie).has("view_contacts", [project.pk])
    assert not actor_of(charlie).has("edit_contacts", [project.pk])
    changed = update_member(administrator, member, {"roles": [reporter.pk, manager.pk]})
    assert changed["roles"] == [manager.pk, reporter.pk]
    assert actor_of(charlie).has("edit_contacts", [project.pk])
    assert changes_of("member", member)[0].before == {"roles": [reporter.pk]}
    delete_member(administrator, member)
    assert not actor_of(charlie).has("view_contacts", [project.pk])


def test_membership_with_faults_is_refused(
    administrator: Actor, owner: Actor, project: Project, alice: User, charlie: User
) -> None:
    manager = Role.objects.get(name="Manager")
    for values, faults in (
        ({"project": project.pk}, {("user", "blank"), ("roles", "blank")}),
        (
            {"project": 999, "user": alice.pk, "group": 999, "roles": [manager.pk, 99]},
            {
                ("project", "unknown"),
                ("group", "unknown"),
                ("group", "not_several"),
                ("roles", "unknown"),
            },
        ),
        (
            {"project": project.pk, "user": alice.pk, "roles": [manager.pk]},
            {("user", "taken")},
        ),
    ):
        with pytest.raises(InvalidError) as refused:
            create_member(administrator, values)
        assert {(fault.key, fault.code) for fault in refused.value.faults} == faults
    with pytest.raises(ForbiddenError):
        create_member(owner, {"project": project.pk, "user": charlie.pk, "roles": [manager.pk]})
    member = ProjectMember.objects.get(user=alice)
    with pytest.raises(InvalidError):
        update_member(administrator, member.pk, {"user": charlie.pk, "roles": []})
    with pytest.raises(ForbiddenError):
        delete_member(owner, member.pk)


def test_role_that_members_have_is_deleted_only_for_another(
    administrator: Actor, alice: User, project: Project
) -> None:
    guest = number(create_role(administrator, {"name": "Guest", "rights": ["view_contacts"]}))
    manager = Role.objects.get(name="Manager")

    with pytest.raises(ConflictError):
        delete_role(administrator, manager.pk)
    delete_role(administrator, manager.pk, move_to=guest)

    assert actor_of(alice).has("view_contacts", [project.pk])
    assert not actor_of(alice).has("edit_contacts", [project.pk])


def test_role_holds_only_rights_that_exist(administrator: Actor, owner: Actor) -> None:
    with pytest.raises(InvalidError) as refused:
        create_role(administrator, {"name": "manager", "rights": ["view_contacts", "fly"]})
    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("name", "taken"),
        ("rights", "not_in_list"),
    }
    reporter = Role.objects.get(name="Reporter")
    with pytest.raises(ForbiddenError):
        update_role(owner, reporter.pk, {"rights": ["view_contacts"]})
    assert update_role(administrator, reporter.pk, {"rights": []})["rights"] == []


def test_group_of_users_joins_a_project_together(
    administrator: Actor, owner: Actor, project: Project
) -> None:
    dora = make_user("dora")
    group = number(create_user_group(administrator, {"name": "Sales", "users": [dora.pk]}))
    reporter = Role.objects.get(name="Reporter")
    create_member(administrator, {"project": project.pk, "group": group, "roles": [reporter.pk]})
    assert actor_of(dora).has("view_contacts", [project.pk])

    owned = make_contact(administrator, owner_group=group)
    with pytest.raises(ConflictError):
        delete_user_group(administrator, group)
    with pytest.raises(NotFoundError):
        update_user_group(owner, group, {"name": "Ours"})
    update_user_group(administrator, group, {"users": []})
    assert not actor_of(dora).has("view_contacts", [project.pk])
    owned.delete()
    delete_user_group(administrator, group)
    assert reference.user_groups().by_id == {}
