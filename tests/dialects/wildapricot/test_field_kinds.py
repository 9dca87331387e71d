"""Fields for members at some levels, terms, charges and files; what contacts wish to show."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from contacts.access import Actor
from contacts.models import User
from contacts.services.membership_levels import create_membership_level
from contacts.services.own_contacts import give_own_contact
from tests.builders import actor_for, make_custom_field
from tests.dialects.wildapricot.calling import ROOT, Caller, caller, value_of
from tests.dialects.wildapricot.test_field_setup import define, described
from tests.dialects.wildapricot.test_memberships import member, names_in
from tests.dialects.wildapricot.test_neighbours import picture, send_parts

pytestmark = pytest.mark.django_db
HOST = f"http://testserver{ROOT}"


@pytest.fixture
def administrator(ada: User) -> Actor:
    return actor_for(ada)


@pytest.fixture
def gold(administrator: Actor) -> int:
    return int(str(create_membership_level(administrator, {"name": "Gold"})["id"]))


@pytest.fixture
def silver(administrator: Actor) -> int:
    return int(str(create_membership_level(administrator, {"name": "Silver"})["id"]))


def entry_of(contact: Any, name: str) -> Any:
    """Return the whole entry of a field of a contact."""
    return next(each for each in contact["FieldValues"] if each["FieldName"] == name)


def test_a_field_exists_for_members_at_some_levels(
    as_ada: Caller, as_alice: Caller, gold: int, silver: int
) -> None:
    levels = [{"Id": gold, "Url": "whatever"}]
    number = define(
        as_ada, FieldName="Locker", FieldType="Text", Access="Public", ExistsInLevels=levels
    )
    url = f"{HOST}/MembershipLevels/{gold}"
    assert described(as_alice, number)["ExistsInLevels"] == [{"Id": gold, "Url": url}]
    assert described(as_alice, number)["MemberOnly"] is True

    golden = member(as_alice, gold, Locker="12")
    other = member(as_alice, silver, Locker="13")
    nobody = as_alice.make(
        {"FirstName": "Rory", "FieldValues": [{"FieldName": "Locker", "Value": "14"}]}
    )
    assert value_of(golden, "Locker") == "12"
    assert "Locker" not in names_in(other)
    assert "Locker" not in names_in(nobody)
    assert as_alice.found("Locker ne NULL") == [golden["Id"]]
    assert as_alice.found("Locker ne '13'") == [golden["Id"], other["Id"], nobody["Id"]]

    moved = as_alice.change(golden["Id"], {"MembershipLevel": {"Id": silver}})
    assert "Locker" not in names_in(moved)
    assert as_alice.found("Locker eq 12") == []
    assert as_alice.found("Locker eq NULL") == [golden["Id"], other["Id"], nobody["Id"]]
    back = as_alice.change(golden["Id"], {"MembershipLevel": {"Id": gold}})
    assert value_of(back, "Locker") == "12"


def test_an_unknown_level_of_a_field_is_refused(as_ada: Caller) -> None:
    body = {"FieldName": "Locker", "FieldType": "Text", "ExistsInLevels": [{"Id": 4711}]}
    answer = as_ada.send("POST", "/contactfields", body)

    assert answer.status_code == 400
    assert answer.json()["details"][0]["key"] == "ExistsInLevels"


def test_levels_tell_to_which_their_members_can_change(
    as_alice: Caller, administrator: Actor, gold: int
) -> None:
    made = create_membership_level(administrator, {"name": "Trial", "changes_to": [gold]})
    level = as_alice.read(f"/membershiplevels/{made['id']}")

    assert level["MemberCanChangeToLevels"] == [
        {"Id": gold, "Url": f"{HOST}/MembershipLevels/{gold}"}
    ]
    xml = as_alice.send("GET", "/membershiplevels", Accept="application/xml").content.decode()
    assert f"<MemberCanChangeToLevels><LinkedResource><Id>{gold}</Id>" in xml


def test_terms_have_a_text_and_an_address(as_ada: Caller) -> None:
    terms = {"Text": "Be kind.", "Link": "https://example.test/terms"}
    number = define(
        as_ada,
        FieldName="House rules",
        FieldType="RulesAndTerms",
        RulesAndTermsInfo=terms,
        FieldInstructions="",
        AllowedValues=[],
    )

    assert described(as_ada, number)["RulesAndTermsInfo"] == terms
    changed = {"RulesAndTermsInfo": {"Link": ""}}
    assert as_ada.send("PUT", f"/contactfields/{number}", changed).json() is True
    assert described(as_ada, number)["RulesAndTermsInfo"] == {"Text": "Be kind.", "Link": ""}


def test_a_charge_is_a_number_of_a_type_of_its_own(as_ada: Caller, as_alice: Caller) -> None:
    number = define(as_ada, FieldName="Extra", FieldType="ExtraChargeCalculation", Access="Public")
    field = described(as_ada, number)
    values = [{"FieldName": "Extra", "Value": 9.5}]
    contact = as_alice.make({"FirstName": "Amy", "FieldValues": values})

    assert field["Type"] == "CalculatedExtraCharge"
    assert "FieldType" not in field
    assert value_of(contact, "Extra") == 9.5
    assert as_alice.found("Extra gt 9") == [contact["Id"]]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("RadioButtonsWithExtraCharge", "RadioButtons"),
        ("MultipleChoiceWithExtraCharge", "MultipleChoice"),
    ],
)
def test_choices_with_charges_are_choices(as_ada: Caller, sent: str, shown: str) -> None:
    number = define(as_ada, FieldName="Lunch", FieldType=sent)

    assert described(as_ada, number)["FieldType"] == shown


def test_a_file_is_staged_and_kept_in_a_field(as_ada: Caller, as_bob: Caller) -> None:
    number = define(as_ada, FieldName="Contract", FieldType="FileAttachment", Access="Public")
    assert described(as_ada, number)["FieldType"] == "FileAttachment"
    staged = send_parts(
        as_ada, ("contract", "application/pdf", b"%PDF-1.4"), path="attachments/upload"
    ).json()
    values = [{"FieldName": "Contract", "Value": {"Id": staged["contract"]}}]
    contact = as_ada.make({"FirstName": "Amy", "FieldValues": values})

    shown = value_of(contact, "Contract")
    assert shown == {"Id": staged["contract"], "Url": f"{HOST}/Attachments/{staged['contract']}"}
    fetched = as_bob.get(f"/attachments/{shown['Id']}")
    content = b"".join(fetched.streaming_content)  # type: ignore[attr-defined]  # an answer that streams
    assert content == b"%PDF-1.4"
    assert fetched["Content-Disposition"].startswith("attachment")
    assert as_bob.get("/attachments/4711").status_code == 404
    again = as_ada.change(contact["Id"], contact)
    assert value_of(again, "Contract") == shown
    refused = as_bob.send(
        "PUT",
        f"/contacts/{contact['Id']}",
        {"FieldValues": [{"FieldName": "Contract", "Value": {"Id": "4711"}}]},
    )
    assert refused.status_code == 400


def test_pictures_of_archived_contacts_are_shown(as_alice: Caller, as_bob: Caller) -> None:
    name = send_parts(as_alice, ("a", "image/png", picture())).json()["a"]
    values = [{"FieldName": "Avatar", "Value": {"Id": name}}]
    contact = as_alice.make({"FirstName": "Amy", "FieldValues": values})
    as_alice.change(contact["Id"], {"FieldValues": [{"FieldName": "Archived", "Value": True}]})

    assert as_alice.get(f"/pictures/{name}").status_code == 200
    assert BytesIO(as_bob.get(f"/pictures/{name}").content).read(4) == b"\x89PNG"


def test_an_option_keeps_a_value_that_equals_its_label(as_ada: Caller) -> None:
    options = [
        {"Label": "Red", "Value": "Red"},
        {"Label": "Blue", "Value": "b"},
        {"Label": "Green"},
    ]
    number = define(as_ada, FieldName="Colour", FieldType="Dropdown", AllowedValues=options)
    found = described(as_ada, number)["AllowedValues"]

    assert [each["Value"] for each in found] == ["Red", "b", str(found[2]["Id"])]


def test_a_contact_says_who_is_shown_a_field(as_alice: Caller, as_ada: Caller) -> None:
    make_custom_field("Badge Number", access="public")
    entry = {"FieldName": "Badge Number", "Value": "123", "CustomAccessLevel": "Members"}
    contact = as_alice.make({"FirstName": "Amy", "FieldValues": [entry]})

    shown = entry_of(contact, "Badge Number")
    assert list(shown) == ["CustomAccessLevel", "FieldName", "Value", "SystemCode"]
    assert (shown["CustomAccessLevel"], shown["Value"]) == ("Members", "123")
    assert "CustomAccessLevel" not in entry_of(contact, "Phone")
    (listed,) = as_alice.list("Id eq " + str(contact["Id"]))
    assert listed["FieldValues"] == contact["FieldValues"]
    again = as_alice.change(contact["Id"], contact)
    assert entry_of(again, "Badge Number") == shown
    hidden = {"FieldName": "Phone", "CustomAccessLevel": "AdminOnly"}
    assert entry_of(as_alice.change(contact["Id"], {"FieldValues": [hidden]}), "Phone") == {
        "CustomAccessLevel": "Nobody",
        "FieldName": "Phone",
        "Value": "",
        "SystemCode": "Phone",
    }
    # What the field says anyway is no wish of its own.
    usual = [{**entry, "CustomAccessLevel": "Public"}, {**hidden, "CustomAccessLevel": None}]
    plain = as_alice.change(contact["Id"], {"FieldValues": usual})
    assert not [each for each in plain["FieldValues"] if "CustomAccessLevel" in each]


def test_an_unknown_access_level_is_refused(as_alice: Caller) -> None:
    entry = {"FieldName": "Phone", "Value": "1", "CustomAccessLevel": "Friends"}
    answer = as_alice.send("POST", "/contacts", {"FirstName": "Amy", "FieldValues": [entry]})

    assert answer.status_code == 400
    assert answer.json()["details"] == [
        {"key": "Phone", "value": "Friends", "restriction": "Unexpected option."}
    ]


def test_the_contact_of_a_user_tells_of_the_user(
    ada: User, alice: User, speak: Callable[[User], Caller], administrator: Actor
) -> None:
    for user in (ada, alice):
        give_own_contact(administrator, user)
        user.refresh_from_db()
    as_ada = speak(ada)
    ada.refresh_from_db()
    own = as_ada.read(f"/contacts/{ada.contact_id}")
    other = as_ada.read(f"/contacts/{alice.contact_id}")

    assert (own["IsAccountAdministrator"], other["IsAccountAdministrator"]) == (True, False)
    assert value_of(own, "AdminRole") == [
        {"Id": 256, "Label": "Account administrator (Full access)"}
    ]
    assert value_of(other, "AdminRole") == [{"Id": 2, "Label": "Membership manager"}]
    assert as_ada.read("/contacts/me")["IsAccountAdministrator"] is True
    assert value_of(as_ada.read("/contacts/me", includeDetails=""), "LastLoginDate") is None
    plain = as_ada.make({"FirstName": "Amy"})
    assert plain["IsAccountAdministrator"] is False
    assert value_of(plain, "AdminRole") == []


def test_a_token_for_oneself_reads_ones_own_contact_alone(
    alice: User, administrator: Actor
) -> None:
    give_own_contact(administrator, alice)
    alice.refresh_from_db()
    whole = caller(alice)
    other = whole.make({"FirstName": "Amy"})
    narrow = Caller(whole.key, whole.ask_token(scope="contacts_me").json()["access_token"])

    assert narrow.read("/contacts/me")["Id"] == alice.contact_id
    assert narrow.read(f"/contacts/{alice.contact_id}")["Id"] == alice.contact_id
    assert narrow.get(f"/contacts/{other['Id']}").status_code == 403
    assert narrow.get("/contacts").status_code == 403
    assert narrow.send("PUT", f"/contacts/{alice.contact_id}", {}).status_code == 403


def test_an_option_that_is_switched_off_is_still_found(as_ada: Caller, as_alice: Caller) -> None:
    labels = [{"Label": "Old"}, {"Label": "New"}]
    number = define(
        as_ada, FieldName="Plan", FieldType="Dropdown", Access="Public", AllowedValues=labels
    )
    values = [{"FieldName": "Plan", "Value": "Old"}]
    contact = as_alice.make({"FirstName": "Amy", "FieldValues": values})
    as_ada.send("PUT", f"/contactfields/{number}", {"AllowedValues": [{"Label": "New"}]})

    assert value_of(as_alice.read(f"/contacts/{contact['Id']}"), "Plan")["Label"] == "Old"
    assert as_alice.found("Plan eq Old") == [contact["Id"]]
    assert as_alice.found("substringof(Plan, 'ol')") == [contact["Id"]]


def test_the_id_of_an_option_is_a_number(as_alice: Caller) -> None:
    for text in ("'Membership status.Id' eq Active", "Tags.Id ne VIP"):
        answer = as_alice.get("/contacts", **{"$filter": text})
        assert answer.status_code == 400, text
        assert answer.json()["code"] == "Search"
