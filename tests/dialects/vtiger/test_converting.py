"""Converting leads, and changing passwords."""

from typing import Any

import pytest

from contacts.models import User
from tests.builders import PASSWORD
from tests.dialects.vtiger.calling import Caller

WHOLE = {
    "transferRelatedRecordsTo": "Contacts",
    "entities": {
        "Accounts": {"create": True, "name": "Accounts", "accountname": "Co"},
        "Contacts": {"create": True, "name": "Contacts", "lastname": "L"},
        "Potentials": {
            "create": True,
            "name": "Potentials",
            "potentialname": "D",
            "closingdate": "2031-01-01",
            "sales_stage": "Prospecting",
        },
    },
}


@pytest.fixture
def lead(as_alice: Caller) -> dict[str, Any]:
    """Return a lead."""
    made: dict[str, Any] = as_alice.create(
        "Leads", firstname="Ann", lastname="Lee", company="Acme", email="a@example.org", city="Bonn"
    )
    return made


def convert(caller: Caller, lead: dict[str, Any], **element: Any) -> Any:
    """Convert a lead."""
    whole = {"leadId": lead["id"], "assignedTo": caller.user_id, **element}
    return caller.post("convertlead", element=whole)


def test_a_lead_becomes_three_records(as_alice: Caller, lead: dict[str, Any]) -> None:
    note = as_alice.create("ModComments", commentcontent="Hi", related_to=lead["id"])
    made = convert(as_alice, lead, **WHOLE)
    assert list(made) == ["Accounts", "Contacts", "Potentials"]
    contact = as_alice.get("retrieve", id=made["Contacts"])
    assert (contact["firstname"], contact["lastname"]) == ("Ann", "L")
    assert (contact["email"], contact["mailingcity"]) == ("a@example.org", "Bonn")
    assert contact["account_id"] == made["Accounts"]
    assert as_alice.get("retrieve", id=made["Accounts"])["accountname"] == "Co"
    deal = as_alice.get("retrieve", id=made["Potentials"])
    assert (deal["contact_id"], deal["related_to"]) == (made["Contacts"], made["Accounts"])
    assert deal["isconvertedfromlead"] == "1"
    assert as_alice.get("retrieve", id=note["id"])["related_to"] == made["Contacts"]


def test_a_number_that_is_sent_takes_the_place_of_its_sort_alone(as_alice: Caller) -> None:
    """Sending a mobile number with the conversion lost all other numbers of the lead."""
    lead = as_alice.create("Leads", lastname="Lee", phone="1", mobile="2", fax="3", city="Bonn")
    sent = {"create": True, "lastname": "Lee", "mobile": "22", "mailingzip": "53111"}
    made = convert(as_alice, lead, entities={"Contacts": sent})
    contact = as_alice.get("retrieve", id=made["Contacts"])
    assert [contact[name] for name in ("phone", "mobile", "fax")] == ["1", "22", "3"]
    assert (contact["mailingcity"], contact["mailingzip"]) == ("Bonn", "53111")


def test_a_potential_takes_after_its_lead(as_alice: Caller) -> None:
    lead = as_alice.create(
        "Leads", lastname="Lee", company="Acme", leadsource="Web Site", description="Long ago"
    )
    sent = {"create": True, "closingdate": "2031-01-01", "sales_stage": "Prospecting"}
    entities = {"Contacts": {"create": True}, "Potentials": {**sent, "description": ""}}
    made = convert(as_alice, lead, entities=entities)
    deal = as_alice.get("retrieve", id=made["Potentials"])
    assert (deal["potentialname"], deal["leadsource"]) == ("Acme", "Web Site")
    assert deal["description"] == "Long ago"


def test_a_converted_lead_leaves_the_lists(as_alice: Caller, lead: dict[str, Any]) -> None:
    convert(as_alice, lead, **WHOLE)
    assert as_alice.query("select id from Leads;") == []
    assert as_alice.get("retrieve", id=lead["id"])["lastname"] == "Lee"
    element = {"leadId": lead["id"], "assignedTo": as_alice.user_id, **WHOLE}
    refused = as_alice.refusal("convertlead", "POST", element=element)
    assert refused == ("LEAD_ALREADY_CONVERTED", "Lead is already converted")


def test_an_account_of_that_name_is_used(as_alice: Caller, lead: dict[str, Any]) -> None:
    acme = as_alice.create("Accounts", accountname="Acme")
    made = convert(as_alice, lead, entities={"Accounts": {"create": True, "name": "Accounts"}})
    assert made == {"Accounts": acme["id"]}


def test_nothing_wanted_is_nothing_done(as_alice: Caller, lead: dict[str, Any]) -> None:
    only = {"Potentials": WHOLE["entities"]["Potentials"]}  # type: ignore[index]  # a mapping
    assert convert(as_alice, lead, entities=only) is None
    assert as_alice.query("select id from Leads;") == [{"id": lead["id"]}]


def test_a_password_is_changed_by_naming_the_old_one(as_alice: Caller, alice: User) -> None:
    new = {"newPassword": "another long phrase", "confirmPassword": "another long phrase"}
    wrong = {"id": as_alice.user_id, "oldPassword": "no", **new}
    assert as_alice.refusal("changePassword", "POST", **wrong)[0] == "INVALID_OLD_PASSWORD"
    other = {**wrong, "oldPassword": PASSWORD, "confirmPassword": "x"}
    assert as_alice.refusal("changePassword", "POST", **other)[0] == "CHANGE_PASSWORD_FAILURE"
    done = as_alice.post("changePassword", **{**wrong, "oldPassword": PASSWORD})
    assert done == {"message": "Changed password successfully"}
    alice.refresh_from_db()
    assert alice.check_password("another long phrase")


def test_a_password_of_somebody_else_stays(as_alice: Caller, as_bob: Caller) -> None:
    params = {"id": as_bob.user_id, "oldPassword": PASSWORD}
    params |= {"newPassword": "another long phrase", "confirmPassword": "another long phrase"}
    assert as_alice.refusal("changePassword", "POST", **params)[0] == "ACCESS_DENIED"
