"""Named groups: set up by members, entered and left by contacts, asked for in lists."""

from collections.abc import Collection

import pytest

from contacts import index
from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError, NotFoundError
from contacts.history import changes_about, changes_of
from contacts.models import Contact, Group, GroupMember
from contacts.query import Query, get_contact, search, sizes_of_groups, where
from contacts.services.contacts import archive_contact, create_contact, update_contact
from contacts.services.group_members import set_members
from contacts.services.groups import create_group, delete_group, update_group
from tests.builders import make_contact


@pytest.fixture
def group(owner: Actor) -> int:
    return make_group(owner, "Volunteers of 2026")


@pytest.fixture
def contact(owner: Actor) -> Contact:
    return make_contact(owner)


def make_group(actor: Actor, title: str, **more: object) -> int:
    return int(str(create_group(actor, {"title": title, **more})["id"]))


def found(actor: Actor, operator: str, groups: Collection[int]) -> list[int]:
    """Return the contacts whose groups fit."""
    return search(actor, Query(condition=where(actor, "groups", operator, list(groups)))).ids


def statuses(contact: Contact) -> list[str]:
    return list(GroupMember.objects.filter(contact=contact).values_list("status", flat=True))


def test_name_of_a_group_follows_from_its_title_and_is_free(owner: Actor, group: int) -> None:
    assert Group.objects.get(pk=group).name == "Volunteers_of_2026"
    other = create_group(owner, {"title": "Volunteers of 2026!"})
    assert other["name"] == "Volunteers_of_2026_2"
    assert create_group(owner, {"title": "Другие"})["name"] == "group"
    with pytest.raises(InvalidError) as refused:
        create_group(owner, {"title": "VOLUNTEERS of 2026", "name": "volunteers_OF_2026"})
    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("title", "taken"),
        ("name", "taken"),
    }


def test_contact_enters_and_leaves_groups_through_its_own_field(
    owner: Actor, group: int, contact: Contact
) -> None:
    other = make_group(owner, "Donors")
    document = update_contact(owner, contact.pk, {"groups": [group, other]})
    assert document["groups"] == [group, other]

    document = update_contact(owner, contact.pk, {"groups": [other]})

    assert document["groups"] == [other]
    left = GroupMember.objects.get(contact=contact, group=group)
    assert (left.status, left.through) == ("removed", owner.dialect)
    assert left.added_at is not None
    assert left.removed_at is not None
    assert changes_of("contact", contact.pk)[0].before["groups"] == [group, other]
    assert index.drifts_of([contact.pk]) == []


def test_new_contact_starts_in_a_group(owner: Actor, group: int) -> None:
    document = create_contact(owner, {"first_name": "Ann", "groups": [group]})
    assert document["groups"] == [group]
    with pytest.raises(InvalidError):
        create_contact(owner, {"first_name": "Ann", "groups": [9999]})


def test_lists_ask_for_any_all_and_none_of_the_groups(owner: Actor, group: int) -> None:
    other = make_group(owner, "Donors")
    one = make_contact(owner, groups=[group])
    both = make_contact(owner, groups=[group, other])
    none = make_contact(owner)
    set_members(owner, [other], [none.pk], "pending")

    assert found(owner, "has_any", [group, other]) == [one.pk, both.pk]
    assert found(owner, "has_all", [group, other]) == [both.pk]
    assert found(owner, "has_none", [group]) == [none.pk]
    assert found(owner, "has_any", [other]) == [both.pk]


def test_many_contacts_get_a_status_at_once_and_the_answer_counts_what_changed(
    owner: Actor, group: int, contact: Contact
) -> None:
    second = make_contact(owner, groups=[group])
    moved = set_members(owner, [group], [contact.pk, second.pk])
    assert (moved.asked, moved.changed) == (2, 1)

    assert set_members(owner, [group], [contact.pk, second.pk], "removed").changed == 2
    assert set_members(owner, [group], [contact.pk], "removed").changed == 0
    assert statuses(contact) == ["removed"]
    assert set_members(owner, [group], [make_contact(owner).pk], "removed").changed == 0
    assert index.drifts_of([contact.pk, second.pk]) == []


def test_membership_moves_the_contacts_time_of_change_only_when_it_changes(
    owner: Actor, group: int, contact: Contact
) -> None:
    set_members(owner, [group], [contact.pk])
    entered = get_contact(owner, contact.pk)["updated_at"]
    set_members(owner, [group], [contact.pk])
    assert get_contact(owner, contact.pk)["updated_at"] == entered
    assert changes_of("contact", contact.pk)[0].after["groups"] == [group]


def test_waiting_for_a_group_is_in_the_timeline_but_not_membership(
    owner: Actor, group: int, contact: Contact
) -> None:
    set_members(owner, [group], [contact.pk], "pending")
    assert "groups" not in get_contact(owner, contact.pk)
    assert changes_about(contact.pk)[0].after == {"group_id": group, "status": "pending"}


def test_counts_tell_only_of_living_contacts_that_one_sees(
    owner: Actor, member: Actor, outsider: Actor, administrator: Actor, group: int
) -> None:
    make_contact(owner, groups=[group], visibility=2)
    make_contact(owner, groups=[group])
    archive_contact(owner, make_contact(owner, groups=[group]).pk)

    assert sizes_of_groups(owner, [group]) == {group: 2}
    assert sizes_of_groups(member, [group]) == {group: 1}
    assert sizes_of_groups(outsider, [group]) == {group: 0}
    assert sizes_of_groups(administrator, [group]) == {group: 2}
    whole = [
        sizes_of_groups(each, [group], with_archived=True)[group]
        for each in (owner, member, outsider, administrator)
    ]
    assert whole == [3, 2, 0, 3]


def test_hidden_contact_and_hidden_membership_look_like_missing_ones(
    owner: Actor, outsider: Actor, group: int, contact: Contact
) -> None:
    set_members(owner, [group], [contact.pk])
    with pytest.raises(NotFoundError):
        set_members(outsider, [group], [contact.pk], "removed")
    with pytest.raises(NotFoundError):
        set_members(owner, [group + 100], [contact.pk])
    assert search(outsider, Query(kind="group_member")).documents == []
    assert search(owner, Query(kind="group_member")).documents[0]["contact"] == {
        "id": contact.pk,
        "name": "Tom Smith",
    }


def test_whoever_may_only_read_changes_neither_groups_nor_members(
    reporter: Actor, owner: Actor, group: int, contact: Contact
) -> None:
    with pytest.raises(ForbiddenError):
        create_group(reporter, {"title": "Mine"})
    with pytest.raises(ForbiddenError):
        update_group(reporter, group, {"title": "Mine"})
    with pytest.raises(ForbiddenError):
        delete_group(reporter, group)
    with pytest.raises(ForbiddenError):
        set_members(reporter, [group], [contact.pk])
    assert statuses(contact) == []


def test_reserved_group_is_for_administrators_to_change(administrator: Actor, owner: Actor) -> None:
    with pytest.raises(InvalidError):
        create_group(owner, {"title": "Mine", "is_reserved": True})
    reserved = make_group(administrator, "Reserved", is_reserved=True)
    with pytest.raises(ForbiddenError):
        delete_group(owner, reserved)


def test_group_is_never_above_itself(owner: Actor, group: int) -> None:
    below = make_group(owner, "Drivers", parents=[group])
    assert search(owner, Query(kind="group")).documents[0]["parents"] == [group]
    with pytest.raises(InvalidError):
        update_group(owner, group, {"parents": [below]})


def test_deleted_group_leaves_its_contacts_and_their_history(
    owner: Actor, group: int, contact: Contact
) -> None:
    set_members(owner, [group], [contact.pk])
    delete_group(owner, group)
    assert "groups" not in get_contact(owner, contact.pk)
    assert changes_of("contact", contact.pk)[0].before["groups"] == [group]
    assert changes_of("group", group)[0].action == "deleted"
    assert index.drifts_of([contact.pk]) == []
