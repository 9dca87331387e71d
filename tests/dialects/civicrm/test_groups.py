"""Group and GroupContact from the wire."""

import pytest

from contacts.access import system_actor
from contacts.models import User
from contacts.services.own_contacts import give_own_contact
from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import values

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(as_alice: Caller) -> int:
    return as_alice.make("Group", title="News letter", group_type=["2"], visibility="Public Pages")


def test_group_gets_a_name_from_its_title(as_alice: Caller, group: int) -> None:
    (found,) = as_alice.ok("Group", "get", title="news letter", sequential=1)["values"]
    assert (found["id"], found["name"], found["is_active"]) == (str(group), "News_letter", "1")
    assert (found["group_type"], found["visibility"]) == (["2"], "Public Pages")
    assert as_alice.call("Group", "getcount", group_type=1)["result"] == 0
    assert as_alice.call("Group", "getcount", group_type="Mailing List")["result"] == 1
    lacking = as_alice.call("Group", "create", description="No title")
    assert lacking["fields"] == ["title"]
    assert as_alice.ok("Group", "delete", id=group)["values"] is True


def test_groups_are_set_up_by_those_who_may_edit_them(as_nobody: Caller, as_alice: Caller) -> None:
    assert as_nobody.call("Group", "create", title="Mine")["is_error"] == 1
    below = as_alice.make("Group", title="Drivers", parents=[as_alice.make("Group", title="Staff")])
    above = as_alice.ok("Group", "getsingle", id=below)["parents"]
    assert (
        as_alice.ok("Group", "getvalue", {"id": above[0], "return": "title"})["result"] == "Staff"
    )


def test_contacts_enter_and_leave_groups_and_the_answer_counts(
    as_alice: Caller, group: int
) -> None:
    contact, other = as_alice.person(), as_alice.person("Bob", "Smith")
    entered = as_alice.ok("GroupContact", "create", group_id=group, contact_id=[contact, other])
    assert (entered["values"], entered["count"]) == (1, 1)
    assert (entered["total_count"], entered["added"], entered["not_added"]) == (2, 2, 0)
    again = as_alice.ok("GroupContact", "create", group_id="News_letter", contact_id=contact)
    assert (again["added"], again["not_added"]) == (0, 1)

    left = as_alice.ok("GroupContact", "delete", group_id=group, contact_id=contact)
    assert (left["total_count"], left["removed"], left["not_removed"]) == (1, 1, 0)
    assert as_alice.ok("GroupContact", "get", contact_id=contact)["count"] == 0
    removed = as_alice.ok("GroupContact", "get", contact_id=contact, status="Removed")
    assert removed["count"] == 1


def test_memberships_show_the_group_by_contact_and_the_contact_by_group(
    as_alice: Caller, group: int
) -> None:
    contact = as_alice.person()
    as_alice.ok("GroupContact", "create", group_id=group, contact_id=contact)
    (of_contact,) = as_alice.ok("GroupContact", "get", contact_id=contact, sequential=1)["values"]
    assert (of_contact["group_id"], of_contact["title"]) == (str(group), "News letter")
    assert (of_contact["in_method"], "status" in of_contact) == ("API", False)
    (of_group,) = as_alice.ok("GroupContact", "get", group_id=group, sequential=1)["values"]
    assert set(of_group) == {"id", "group_id", "contact_id", "status"}
    assert as_alice.call("Contact", "getcount", group="News letter")["result"] == 1


def test_pending_is_not_added(as_alice: Caller, group: int) -> None:
    contact = as_alice.person()
    as_alice.ok("GroupContact", "create", group_id=group, contact_id=contact, status="Pending")
    assert as_alice.call("Contact", "getcount", group=group)["result"] == 0
    assert as_alice.call("GroupContact", "getcount", group_id=group)["result"] == 0
    assert as_alice.call("GroupContact", "getcount", group_id=group, status="Pending") == {
        **{"is_error": 0, "result": 1}
    }


def test_memberships_say_what_is_missing_and_what_is_not_there(
    as_alice: Caller, group: int
) -> None:
    lacking = as_alice.call("GroupContact", "create", group_id=group)
    assert lacking["fields"] == ["contact_id"]
    unknown = as_alice.call("GroupContact", "create", group_id=group, contact_id=99999)
    assert (unknown["error_code"], unknown["error_message"]) == (
        -3,
        "contact_id is not valid : 99999",
    )
    contact = as_alice.person()
    wrong = as_alice.call("GroupContact", "create", group_id="Nope", contact_id=contact)
    assert wrong["error_message"] == "'Nope' is not a valid option for field group_id"


def test_who_is_in_a_group_below_is_in_those_above(as_ada: Caller) -> None:
    above = as_ada.make("Group", title="Club")
    below = as_ada.make("Group", title="Board", parents=above)
    contact_id = as_ada.person()
    as_ada.ok("GroupContact", "create", contact_id=contact_id, group_id=below)

    assert as_ada.ok("Contact", "getcount", group="Club")["result"] == 1
    assert as_ada.ok("Contact", "getcount", group={"IN": [below]})["result"] == 1


def test_a_membership_is_deleted_without_a_trace(as_ada: Caller) -> None:
    group, contact_id = as_ada.make("Group", title="Club"), as_ada.person()
    as_ada.ok("GroupContact", "create", {"contact_id.1": contact_id, "group_id": group})
    (member,) = as_ada.ok("GroupContact", "get", group_id=group)["values"]

    removed = as_ada.ok("GroupContact", "delete", id=member, skip_undelete=1)

    assert (removed["removed"], removed["not_removed"]) == (1, 0)
    everything = {"group_id": group, "status": {"IN": ["Added", "Pending", "Removed"]}}
    assert as_ada.ok("GroupContact", "getcount", everything)["result"] == 0


def test_groups_of_a_contact_become_exactly_those_listed(as_alice: Caller, group: int) -> None:
    contact = as_alice.person()
    other = as_alice.make("Group", title="Drivers")
    as_alice.ok("GroupContact", "create", group_id=group, contact_id=contact)

    answer = as_alice.ok(
        "GroupContact", "replace", contact_id=contact, values=[{"group_id": "Drivers"}]
    )

    assert (answer["added"], answer["not_added"], answer["total_count"]) == (1, 0, 1)
    assert (answer["removed"], answer["not_removed"]) == (1, 0)
    (left,) = as_alice.ok("GroupContact", "get", contact_id=contact, sequential=1)["values"]
    assert left["group_id"] == str(other)
    removed = as_alice.ok("GroupContact", "get", contact_id=contact, status="Removed")
    assert removed["count"] == 1


def test_members_of_a_group_become_exactly_those_listed(as_alice: Caller, group: int) -> None:
    first, second = as_alice.person(), as_alice.person("Bob", "Smith")
    as_alice.ok("GroupContact", "create", group_id=group, contact_id=first)
    rows = [{"contact_id": second}]

    answer = as_alice.ok("GroupContact", "replace", group_id=group, values=rows)

    assert (answer["added"], answer["removed"]) == (1, 1)
    (member,) = as_alice.ok("GroupContact", "get", group_id=group, sequential=1)["values"]
    assert member["contact_id"] == str(second)
    as_alice.ok("GroupContact", "replace", group_id=group, values=[])
    assert as_alice.ok("GroupContact", "get", group_id=group)["count"] == 0
    assert as_alice.call("GroupContact", "replace", values=rows)["is_error"] == 1


def test_memberships_are_listed_to_choose_from(as_alice: Caller) -> None:
    group = as_alice.make("Group", title="Choir")
    as_alice.ok("GroupContact", "create", group_id=group, contact_id=as_alice.person())
    (found,) = as_alice.ok("GroupContact", "getlist")["values"]
    assert found["label"] == str(group)


def test_groups_say_how_many_are_in_them_where_that_is_asked_for(
    as_alice: Caller, group: int
) -> None:
    empty = as_alice.make("Group", title="Empty")
    people = [as_alice.person(), as_alice.person("Bob", "Smith")]
    as_alice.ok("GroupContact", "create", group_id=group, contact_id=people)
    gone = as_alice.person("Cy", "Gone")
    as_alice.ok("GroupContact", "create", group_id=group, contact_id=gone, status="Removed")

    asked = {"select": ["contact_count"], "orderBy": {"id": "ASC"}}
    assert values(as_alice, "Group/get", asked) == [
        {"id": group, "contact_count": 2},
        {"id": empty, "contact_count": 0},
    ]
    full = {**asked, "where": [["contact_count", ">", 1]]}
    assert [each["id"] for each in values(as_alice, "Group/get", full)] == [group]
    told = as_alice.ok("Group", "getvalue", {"id": group, "return": "contact_count"})
    assert told["result"] == "2"
    assert "contact_count" not in as_alice.ok("Group", "getsingle", id=group)


def test_groups_are_found_by_who_made_them(as_alice: Caller, alice: User, group: int) -> None:
    """The filter was passed over, and so all groups were found."""
    give_own_contact(system_actor(), alice)
    other = as_alice.person("Bob", "Smith")
    mine = as_alice.ok("Group", "get", created_id="user_contact_id")
    assert list(mine["values"]) == [str(group)]
    assert as_alice.ok("Group", "getcount", created_id=other)["result"] == 0
    asked = {"where": [["created_id", "=", other]]}
    assert values(as_alice, "Group/get", asked) == []
