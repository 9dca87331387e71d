"""Users, roles, members and what orders deals: who sees which, and what of them."""

from contacts.fields import reference
from contacts.models import DealCategory, Project, User, UserGroup
from contacts.query import Query, get_record, search, where
from tests.builders import actor_for, join


def names(user: User, kind: str, key: str = "name") -> list[object]:
    return [found[key] for found in search(actor_for(user), Query(kind)).documents]


def test_people_see_those_with_whom_they_share_a_project(
    alice: User, bob: User, charlie: User
) -> None:
    assert names(alice, "user") == ["Alice Owner", "Bob Member"]
    assert names(charlie, "user") == ["Charlie Outsider"]


def test_administrators_see_everybody(ada: User, alice: User, charlie: User) -> None:
    assert names(ada, "user", "username") == ["ada", "alice", "charlie"]


def test_a_locked_user_is_seen_by_administrators_alone(ada: User, alice: User, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)

    assert names(alice, "user") == ["Alice Owner"]
    assert "Bob Member" in names(ada, "user")


def test_people_in_a_project_through_a_group_are_seen_too(
    alice: User, charlie: User, project: Project
) -> None:
    group = UserGroup.objects.create(name="Helpers")
    group.users.add(charlie)
    project.members.create(group=group)
    reference.bump("people")

    assert "Charlie Outsider" in names(alice, "user")


def test_addresses_of_others_stay_private(alice: User, bob: User) -> None:
    assert "email" not in get_record(actor_for(alice), "user", bob.pk)
    assert get_record(actor_for(alice), "user", alice.pk)["email"] == alice.email


def test_members_of_foreign_projects_are_hidden(
    alice: User, bob: User, charlie: User, elsewhere: Project
) -> None:
    assert sorted(names(alice, "member", "user_id")) == [alice.pk, bob.pk]
    assert names(charlie, "member", "user_id") == [charlie.pk]


def test_a_member_shows_its_roles_in_their_order(bob: User, project: Project) -> None:
    member = project.members.get(user=bob)
    roles = reference.roles()
    member.roles.add(roles.id_of("Manager"))

    found = get_record(actor_for(bob), "member", member.pk)

    assert found["roles"] == [roles.id_of("Manager"), roles.id_of("Developer")]


def test_statuses_of_deals_are_for_those_who_see_deals(alice: User, charlie: User) -> None:
    assert names(alice, "deal_status") == ["Pending", "Won", "Lost"]

    Project.objects.filter(name="Elsewhere").update(modules=["contacts"])
    reference.bump("people")
    assert names(charlie, "deal_status") == []


def test_categories_of_deals_belong_to_their_project(
    alice: User, charlie: User, project: Project, elsewhere: Project
) -> None:
    DealCategory.objects.create(project=project, name="Ours")
    DealCategory.objects.create(project=elsewhere, name="Theirs")
    join(alice, elsewhere)
    actor = actor_for(alice)
    condition = where(actor, "project", "eq", project.pk, kind="deal_category")

    assert [
        each["name"] for each in search(actor, Query("deal_category", condition)).documents
    ] == ["Ours"]
    assert names(charlie, "deal_category") == ["Theirs"]
