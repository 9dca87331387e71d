"""Leads: people who may become contacts."""

import pytest

from contacts.models import User
from contacts.services.contacts import create_contact
from tests.builders import actor_for
from tests.dialects.vtiger.calling import Caller

LEAD = {
    "firstname": "Ann",
    "lastname": "Lee",
    "company": "Acme",
    "phone": "+1 555 0100",
    "email": "ann@example.org",
    "leadsource": "Web Site",
    "leadstatus": "Hot",
    "annualrevenue": "1000",
    "lane": "1 Main St",
    "city": "Paris",
}


def test_a_lead_comes_back_as_it_was_sent(as_alice: Caller) -> None:
    made = as_alice.create("Leads", **LEAD)
    assert made["id"].startswith("10x")
    assert made["lead_no"].startswith("LEA")
    assert made["annualrevenue"] == "1000.00000000"
    assert {name: made[name] for name in LEAD if name != "annualrevenue"} == {
        name: value for name, value in LEAD.items() if name != "annualrevenue"
    }
    assert made["label"] == "Ann Lee"
    assert made["source"] == "WEBSERVICE"


def test_leads_that_are_no_people_have_their_names(as_alice: Caller, alice: User) -> None:
    actor = actor_for(alice)
    common = {"stage": "lead"}
    company = create_contact(actor, {**common, "kind": "organization", "organization_name": "Acme"})
    house = create_contact(actor, {**common, "kind": "household", "household_name": "Lees"})
    rows = as_alice.query("select lastname, company from Leads;")
    assert rows == [
        {"lastname": "", "company": "Acme", "id": f"10x{company['id']}"},
        {"lastname": "Lees", "company": "", "id": f"10x{house['id']}"},
    ]
    for condition, found in (
        ("company = 'acme'", rows[0]),
        ("company = ''", rows[1]),
        ("lastname != ''", rows[1]),
        ("lastname = ''", rows[0]),
    ):
        asked = f"select lastname, company from Leads where {condition};"
        assert as_alice.query(asked) == [found], condition
    renamed = as_alice.post("revise", element={"id": rows[0]["id"], "company": "Ajax"})
    assert renamed["company"] == "Ajax"
    element = {"leadId": rows[0]["id"], "entities": {"Accounts": {"create": True}}}
    made = as_alice.post("convertlead", element=element)
    assert as_alice.get("retrieve", id=made["Accounts"])["accountname"] == "Ajax"


def test_leads_are_no_contacts(as_alice: Caller) -> None:
    made = as_alice.create("Leads", **LEAD)
    number = made["id"].partition("x")[2]
    assert as_alice.query("select * from Contacts;") == []
    assert as_alice.query("select count(*) from Leads;") == [{"count": "1"}]
    assert as_alice.refusal("retrieve", id=f"12x{number}")[0] == "INVALID_ID_ATTRIBUTE"
    contact = as_alice.create("Contacts", lastname="Smith")
    assert [row["id"] for row in as_alice.query("select id from Leads;")] == [made["id"]]
    assert [row["id"] for row in as_alice.query("select id from Contacts;")] == [contact["id"]]


@pytest.mark.parametrize(
    "condition",
    [
        "leadstatus = 'hot'",
        "leadsource = 'Web Site'",
        "company like 'Ac%'",
        "city = 'paris'",
        "annualrevenue > 999",
        "starred = 0",
    ],
)
def test_leads_are_found_by_their_fields(as_alice: Caller, condition: str) -> None:
    made = as_alice.create("Leads", **LEAD)
    as_alice.create("Leads", lastname="Other", company="Zed", starred="1")
    assert as_alice.query(f"select id from Leads where {condition};") == [{"id": made["id"]}]


def test_a_lead_without_a_last_name_is_refused(as_alice: Caller) -> None:
    element = {"assigned_user_id": as_alice.user_id, "company": "Acme"}
    code, message = as_alice.refusal("create", "POST", elementType="Leads", element=element)
    assert (code, message) == ("MANDATORY_FIELDS_MISSING", "lastname does not have a value")


def test_a_lead_is_changed_and_deleted(as_alice: Caller) -> None:
    made = as_alice.create("Leads", **LEAD)
    changed = as_alice.post("revise", element={"id": made["id"], "leadstatus": "Odd"})
    assert changed["leadstatus"] == "Odd"
    assert as_alice.post("delete", id=made["id"]) == {"status": "successful"}
    assert as_alice.query("select id from Leads;") == []
