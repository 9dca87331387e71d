"""Membership and groups of contacts: read, written and asked for."""

from typing import Any

import pytest

from contacts.access import Actor
from contacts.models import Bundle, Group, Membership, MembershipLevel
from contacts.services.groups import create_group
from contacts.services.membership_levels import create_membership_level
from tests.builders import actor_for, make_custom_field
from tests.dialects.wildapricot.calling import ROOT, Caller, value_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(ada: Any) -> Actor:
    return actor_for(ada)


@pytest.fixture
def key(administrator: Actor) -> int:
    return int(str(create_membership_level(administrator, {"name": "Key"})["id"]))


def member(caller: Caller, level: int, **fields: Any) -> Any:
    """Make a member with some field values."""
    values = [{"FieldName": name, "Value": value} for name, value in fields.items()]
    body = {"FirstName": "Amy", "MembershipLevel": {"Id": level}, "FieldValues": values}
    return caller.make(body)


def names_in(contact: Any) -> list[str]:
    """Return the names of the fields that a contact shows."""
    return [entry["FieldName"] for entry in contact["FieldValues"]]


def test_whoever_is_no_member_has_no_word_of_it(as_alice: Caller) -> None:
    contact = as_alice.make({"FirstName": "Amy"})

    assert not {"MembershipLevel", "MembershipEnabled", "Status"} & contact.keys()
    assert value_of(contact, "IsMember") is False
    assert value_of(contact, "IsSuspendedMember") is False
    assert "Member since" not in names_in(contact)
    assert "Membership status" not in names_in(contact)
    assert value_of(contact, "Groups") == []


def test_a_level_makes_a_member(as_alice: Caller, key: int) -> None:
    contact = member(as_alice, key)

    assert contact["MembershipLevel"] == {
        "Id": key,
        "Url": f"http://testserver{ROOT}/MembershipLevels/{key}",
        "Name": "Key",
    }
    assert (contact["MembershipEnabled"], contact["Status"]) == (True, "Active")
    assert list(contact)[5:9] == [
        "ProfileLastUpdated",
        "MembershipLevel",
        "MembershipEnabled",
        "Status",
    ]
    assert value_of(contact, "Status") == {
        "Id": 1,
        "Label": "Active",
        "Value": "Active",
        "SelectedByDefault": False,
        "Position": 0,
    }
    assert value_of(contact, "MembershipLevelId") == key
    assert value_of(contact, "MemberSince")[-6:] == "+00:00"
    assert value_of(contact, "RenewalDue") is None
    assert value_of(contact, "MemberRole") is None
    assert value_of(contact, "AccessToProfileByOthers") is True
    assert value_of(contact, "IsMember") is True


def test_one_request_makes_a_member_with_all_dates(as_alice: Caller, key: int) -> None:
    contact = member(
        as_alice,
        key,
        **{
            "Member since": "2010-01-01",
            "RenewalDue": "2030-01-01T00:00:00",
            "Membership status": {"Label": "Pending - New"},
            "Access to profile by others": False,
        },
    )

    assert value_of(contact, "Member since") == "2010-01-01T00:00:00+00:00"
    assert value_of(contact, "Renewal due") == "2030-01-01T00:00:00"
    assert value_of(contact, "Status")["Label"] == contact["Status"] == "PendingNew"
    assert value_of(contact, "AccessToProfileByOthers") is False


def test_fields_of_members_are_ignored_of_others(as_alice: Caller) -> None:
    contact = as_alice.make(
        {
            "FirstName": "Amy",
            "Status": "Active",
            "MembershipEnabled": True,
            "FieldValues": [
                {"SystemCode": "MemberSince", "Value": "2010-01-01"},
                {"SystemCode": "Status", "Value": {"Id": 1}},
            ],
        }
    )

    assert "Status" not in contact
    assert not Membership.objects.exists()


def test_membership_is_suspended_changed_and_ended(as_alice: Caller, key: int) -> None:
    pk = member(as_alice, key)["Id"]
    suspended = as_alice.change(pk, {"MembershipEnabled": False})
    assert (suspended["MembershipEnabled"], value_of(suspended, "IsSuspendedMember")) == (
        False,
        True,
    )
    lapsed = as_alice.change(pk, {"Status": "Lapsed", "MembershipEnabled": True})
    assert (lapsed["Status"], lapsed["MembershipEnabled"]) == ("Lapsed", True)
    ended = as_alice.change(
        pk, {"FieldValues": [{"SystemCode": "MembershipLevelId", "Value": None}]}
    )
    assert "Status" not in ended


def test_nothing_said_of_the_membership_leaves_it(as_alice: Caller, key: int) -> None:
    pk = member(as_alice, key)["Id"]
    contact = as_alice.change(pk, {"LastName": "Pond", "MembershipLevel": None, "Status": None})

    assert contact["MembershipLevel"]["Id"] == key


def test_a_whole_contact_may_be_sent_back(as_alice: Caller, key: int) -> None:
    contact = member(as_alice, key, **{"Renewal due": "2030-01-01"})
    again = as_alice.change(contact["Id"], contact)

    differing = {"ProfileLastUpdated", "FieldValues"}
    assert {k: v for k, v in again.items() if k not in differing} == {
        k: v for k, v in contact.items() if k not in differing
    }
    assert value_of(again, "Renewal due") == "2030-01-01T00:00:00"
    assert value_of(again, "LevelLastChanged") == value_of(contact, "LevelLastChanged")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"MembershipLevel": {"Id": 999}}, ("MembershipLevel", 999)),
        ({"Status": "Asleep"}, ("Status", "Asleep")),
        (
            {"FieldValues": [{"SystemCode": "Status", "Value": {"Label": "Asleep"}}]},
            ("Membership status", "Asleep"),
        ),
    ],
)
def test_unknown_levels_and_statuses_change_nothing(
    as_alice: Caller, key: int, body: Any, fault: Any
) -> None:
    before = member(as_alice, key)
    answer = as_alice.send("PUT", f"/contacts/{before['Id']}", {**body, "LastName": "Pond"})
    detail = answer.json()["details"][0]

    assert answer.status_code == 400
    assert (detail["key"], detail["value"]) == fault
    assert detail["restriction"] == "Unexpected option."
    assert as_alice.read(f"/contacts/{before['Id']}") == before


def test_members_are_found_by_everything_that_is_kept_of_them(as_alice: Caller, key: int) -> None:
    gold = member(as_alice, key, **{"Member since": "2010-01-01", "Renewal due": "2030-01-01"})[
        "Id"
    ]
    other = MembershipLevel.objects.get(is_default=True).pk
    lapsed = member(as_alice, other, **{"Status": "Lapsed", "Member since": "2024-05-01"})["Id"]
    as_alice.change(lapsed, {"MembershipEnabled": False})
    nobody = as_alice.make({"FirstName": "Rory", "Email": "rory@gmail.com"})["Id"]
    everybody = {gold, lapsed, nobody}

    def found(text: str) -> set[int]:
        return set(as_alice.found(text)) & everybody

    assert found("member eq true") == {gold, lapsed}
    assert found("'Member' eq 'False'") == {nobody}
    assert found("IsMember eq true and 'Archived' eq false") == {gold, lapsed}
    assert found("'Membership status.Id' eq 2") == {lapsed}
    assert found("'Membership status' eq Active") == {gold}
    assert found("Status eq Active OR Status eq PendingRenewal") == {gold}
    assert found("Status eq NULL") == {nobody}
    assert found("Status ne Active") == {lapsed, nobody}
    assert found(f"'Membership level ID' eq '{key}'") == {gold}
    assert found(f"'Membership level ID' ne {key}") == {lapsed, nobody}
    assert found(f"'Membership level ID' gt {other}") == {gold}
    assert found("'Membership level' eq Key") == {gold}
    assert found("'Member since' ge 2010-01-01 AND 'Renewal due' le 2030-01-01") == {gold}
    assert found("Total donated'gt 500 OR 'Member since' ge 2010-01-01") == {gold, lapsed}
    assert found("'Renewal due' le 2030-01-01") == {gold}
    assert found("'Member since' lt 2011-01-01") == {gold}
    assert found("'Member since' eq 2024-05-01") == {lapsed}
    assert found("'Renewal due' eq NULL") == {lapsed, nobody}
    assert found("'Suspended member' eq true") == {lapsed}
    assert found("'Membership enabled' eq false") == {lapsed}
    assert found("substringof(Status,'aps')") == {lapsed}
    assert found("AccessToProfileByOthers eq true") == {gold, lapsed}


def test_a_level_that_is_no_number_or_name_is_found_nowhere(as_alice: Caller, key: int) -> None:
    member(as_alice, key)

    assert as_alice.found("'Membership level ID' eq 424242") == []
    assert as_alice.found("'Membership level' eq 'No such level'") == []
    number = {"$async": "false", "$filter": "'Membership level ID' eq 'Gold'"}
    assert as_alice.get("/contacts", **number).status_code == 400


def test_lists_are_ordered_by_when_members_joined(as_alice: Caller, key: int) -> None:
    late = member(as_alice, key, **{"Member since": "2020-01-01"})["Id"]
    early = member(as_alice, key, **{"Member since": "2010-01-01"})["Id"]
    rows = as_alice.list("member eq true", **{"$sort": "MemberSince desc"})

    assert [row["Id"] for row in rows] == [late, early]


def test_groups_are_shown_written_and_asked_for(as_alice: Caller, administrator: Actor) -> None:
    board = create_group(administrator, {"title": "Board Members"})["id"]
    choir = create_group(administrator, {"title": "Choir"})["id"]
    contact = as_alice.make(
        {
            "FirstName": "Amy",
            "FieldValues": [{"FieldName": "Group participation", "Value": [{"Id": board}]}],
        }
    )
    pk = contact["Id"]
    assert value_of(contact, "Groups") == [{"Id": board, "Label": "Board Members"}]
    assert pk in as_alice.found(f"'Group participation.Id' eq {board}")
    assert pk in as_alice.found("'Group participation' eq 'Board Members'")
    assert pk not in as_alice.found("'Group participation' ne 'Board Members'")
    both = [{"FieldName": "Group participation", "Value": [{"Id": board}, "Choir"]}]
    grown = as_alice.change(pk, {"FieldValues": both})
    assert [each["Id"] for each in value_of(grown, "Groups")] == [board, choir]
    cleared = as_alice.change(pk, {"FieldValues": [{"SystemCode": "Groups", "Value": []}]})
    assert value_of(cleared, "Groups") == []
    assert pk in as_alice.found("'Group participation' eq NULL")


def test_bundles_have_an_administrator_and_members(
    as_alice: Caller, administrator: Actor, key: int
) -> None:
    values = {"name": "Family", "type": "bundle", "bundle_limit": 3}
    level = int(str(create_membership_level(administrator, values)["id"]))
    head = as_alice.make(
        {"FirstName": "Amy", "Email": "amy@example.com", "MembershipLevel": {"Id": level}}
    )
    bundle = Bundle.objects.get().pk
    child = as_alice.make(
        {"FirstName": "Rory", "FieldValues": [{"SystemCode": "BundleId", "Value": bundle}]}
    )

    assert value_of(head, "MemberRole") == {"Id": 1, "Label": "Bundle administrator"}
    assert value_of(child, "MemberRole") == {"Id": 2, "Label": "Bundle member"}
    assert value_of(child, "BundleId") == bundle
    assert as_alice.found("'Member role.Id' eq 1") == [head["Id"]]
    # Individuals have no role of their own in the domain; together with others they were refused.
    alone = member(as_alice, key)["Id"]
    everybody = sorted([head["Id"], child["Id"], alone])
    assert as_alice.found("substringof('Member role', 'd')") == everybody
    assert as_alice.found("substringof('Member role', 'Bundle')") == everybody[:2]
    assert as_alice.found("substringof('Member role', 'Indiv')") == [alone]
    assert as_alice.read(f"/bundles/{bundle}") == as_alice.read("/bundles")[0]
    shown = as_alice.read("/bundles")[0]
    assert shown["Email"] == "amy@example.com"
    assert (shown["ParticipantsCount"], shown["SpacesLeft"]) == (2, 1)
    assert shown["Administrator"]["Id"] == head["Id"]
    assert [each["Id"] for each in shown["Members"]] == [head["Id"], child["Id"]]
    assert as_alice.read("/bundles", levelId=str(level)) == [shown]
    assert as_alice.read("/bundles", levelId="12345") == []
    alone = as_alice.change(
        child["Id"], {"FieldValues": [{"SystemCode": "MemberRole", "Value": {"Id": 0}}]}
    )
    # At a level for bundles whoever leaves one opens another.
    assert value_of(alone, "BundleId") not in (bundle, None)


def test_custom_fields_of_members_are_theirs_alone(as_alice: Caller, key: int) -> None:
    field = make_custom_field("Badge Number", is_for_members=True)
    code = f"custom-{10_000 + field.pk}"
    values = [{"SystemCode": code, "Value": "123"}]
    outside = as_alice.make({"FirstName": "Rory", "FieldValues": values})
    inside = as_alice.make(
        {"FirstName": "Amy", "MembershipLevel": {"Id": key}, "FieldValues": values}
    )

    assert "Badge Number" not in names_in(outside)
    assert value_of(inside, "Badge Number") == "123"
    described = [each for each in as_alice.read("/contactfields") if each["SystemCode"] == code]
    assert described[0]["MemberOnly"] is True


def test_more_is_said_of_a_membership_when_asked(as_alice: Caller, key: int) -> None:
    """Actions are links, whose addresses clients post to: names alone broke the Java wrapper."""
    pk = member(as_alice, key, Status="PendingNew")["Id"]
    call = f"http://testserver/v2.2/rpc/1/{{}}PendingMembership?contactId={pk}"
    shown = as_alice.read(f"/contacts/{pk}", getExtendedMembershipInfo="true")

    assert shown["ExtendedMembershipInfo"] == {
        "PendingMembershipOrderStatusType": "Invisible",
        "AllowedActions": [
            {"Url": call.format("Approve"), "Name": "ApprovePendingMembership"},
            {"Url": call.format("Reject"), "Name": "RejectPendingMembership"},
        ],
    }
    assert "ExtendedMembershipInfo" not in as_alice.read(f"/contacts/{pk}")
    approve = str(shown["ExtendedMembershipInfo"]["AllowedActions"][0]["Url"])
    assert as_alice.send("POST", approve.removeprefix("http://testserver")).json() is True
    decided = as_alice.read(f"/contacts/{pk}", getExtendedMembershipInfo="true")
    assert decided["Status"] == "Active"
    assert decided["ExtendedMembershipInfo"]["AllowedActions"] == []


def test_a_waiting_membership_is_decided_on(as_alice: Caller, key: int) -> None:
    new = member(as_alice, key, Status="PendingNew")["Id"]
    other = member(as_alice, key, Status="PendingRenewal")["Id"]
    call = "/v2.2/rpc/1/{}PendingMembership?contactId={}"

    approved = as_alice.send("POST", call.format("Approve", new))
    rejected = as_alice.send("POST", call.format("Reject", other))
    assert (approved.status_code, approved.json(), rejected.json()) == (200, True, True)
    assert as_alice.read(f"/contacts/{new}")["Status"] == "Active"
    assert as_alice.read(f"/contacts/{other}")["Status"] == "Lapsed"
    again = as_alice.send("POST", call.format("Approve", new))
    assert (again.status_code, again.json()["code"]) == (400, "Validation")
    assert as_alice.send("POST", call.format("Approve", "x")).status_code == 400
    assert as_alice.send("POST", call.format("Approve", 999_999)).status_code == 404
    assert as_alice.send("POST", "/v2.2/rpc/2/AcceptTermsOfUse").status_code == 403
    assert as_alice.send("POST", "/v2.2/rpc/1/AcceptTermsOfUse").json() is True


def test_the_description_of_fields_tells_of_members(as_alice: Caller) -> None:
    fields = {each["SystemCode"]: each for each in as_alice.read("/contactfields")}
    status = fields["Status"]

    assert [each["Label"] for each in status["AllowedValues"]] == [
        "Active",
        "Lapsed",
        "PendingNew",
        "PendingRenewal",
        "PendingUpgrade",
    ]
    assert [each["Id"] for each in status["AllowedValues"]] == [1, 2, 20, 3, 30]
    assert status["AllowedValues"][2]["Value"] == "PendingNew"
    assert (status["Type"], status["MemberOnly"], status["IsSystem"]) == ("Choice", True, True)
    codes = list(fields)
    assert codes[:6] == [
        "IsArchived",
        "IsDonor",
        "IsEventAttendee",
        "IsMember",
        "IsSuspendedMember",
        "ReceiveEventReminders",
    ]
    assert codes[-11:] == [
        "MemberRole",
        "MemberSince",
        "RenewalDue",
        "MembershipLevelId",
        "AccessToProfileByOthers",
        "RenewalDateLastChanged",
        "LevelLastChanged",
        "BundleId",
        "Status",
        "MembershipEnabled",
        "Groups",
    ]
    assert Group.objects.count() == len(fields["Groups"]["AllowedValues"])


def test_hundreds_of_values_of_a_field_of_members_are_one_question(
    as_alice: Caller, key: int
) -> None:
    """Each value asked for the membership again, until the filter was too complex."""
    make_custom_field("Locker", is_for_members=True)
    amy = member(as_alice, key, Locker="7")["Id"]
    stranger = as_alice.make({"FirstName": "Bob"})["Id"]
    numbers = range(300)
    assert as_alice.found(" OR ".join(f"Locker eq '{number}'" for number in numbers)) == [amy]
    without = " AND ".join(f"Locker ne '{number}'" for number in numbers)
    assert as_alice.found(without) == [stranger]
    assert as_alice.found("Locker eq NULL") == [stranger]
    assert as_alice.found("Locker ne NULL") == [amy]
