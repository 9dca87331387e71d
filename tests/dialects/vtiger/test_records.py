"""Records are made, read, changed and thrown away as flat text."""

import json
from typing import Any

import pytest

from contacts.models import Contact, CustomFieldOption, User
from contacts.services.contacts import create_contact, update_contact
from tests.builders import actor_for, make_contact, make_custom_field
from tests.dialects.vtiger.calling import Caller

pytestmark = pytest.mark.django_db

DENIED = ("ACCESS_DENIED", "Permission to perform the operation is denied")
NO_ID = ("ACCESS_DENIED", "Permission to perform the operation is denied for id")
WRONG_ID = ("INVALID_ID_ATTRIBUTE", "Id specified is incorrect")


def missing(name: str) -> tuple[str, str]:
    return ("MANDATORY_FIELDS_MISSING", f"{name} does not have a value")


def stored(record: dict[str, str]) -> Contact:
    return Contact.objects.get(pk=int(record["id"].partition("x")[2]))


def test_update_keeps_what_is_not_sent(as_alice: Caller) -> None:
    made = as_alice.create("Contacts", lastname="A", firstname="B", phone="1", mobile="2")
    element = {"id": made["id"], "lastname": "C", "assigned_user_id": made["assigned_user_id"]}
    changed = as_alice.post("update", element=element)
    assert [changed[name] for name in ("lastname", "firstname", "phone", "mobile")] == list("CB12")


def test_update_needs_all_mandatory_values(as_alice: Caller) -> None:
    made = as_alice.create("Contacts", lastname="A")
    refusal = as_alice.refusal("update", "POST", element={"id": made["id"], "firstname": "B"})
    assert refusal == missing("lastname")
    assert as_alice.get("retrieve", id=made["id"])["firstname"] == ""


def test_revise_needs_only_the_id(as_alice: Caller) -> None:
    made = as_alice.create("Contacts", lastname="A")
    assert as_alice.post("revise", element={"id": made["id"], "firstname": "B"})["lastname"] == "A"
    refusal = as_alice.refusal("revise", "POST", element={"id": made["id"], "lastname": ""})
    assert refusal == missing("lastname")


def test_whole_record_may_be_sent_back(as_alice: Caller) -> None:
    made = as_alice.create("Contacts", lastname="A", mailingstreet="1 Road", leadsource="Partner")
    again = as_alice.post("update", element=made)
    assert {**again, "modifiedtime": ""} == {**made, "modifiedtime": ""}


def test_empty_text_clears_and_an_empty_reference_only_in_revise(as_alice: Caller) -> None:
    firm = as_alice.create("Accounts", accountname="Acme")
    made = as_alice.create("Contacts", lastname="A", title="Boss", account_id=firm["id"])
    kept = as_alice.post("update", element={**made, "title": "", "account_id": ""})
    assert (kept["title"], kept["account_id"]) == ("", firm["id"])
    cleared = as_alice.post("revise", element={"id": made["id"], "account_id": ""})
    assert cleared["account_id"] == ""


def test_phones_have_their_places(as_alice: Caller) -> None:
    numbers = {
        "phone": "1",
        "mobile": "2",
        "homephone": "3",
        "otherphone": "4",
        "fax": "5",
        "assistantphone": "6",
    }
    record = as_alice.create("Contacts", lastname="P", **numbers)
    assert {name: record[name] for name in numbers} == numbers
    changed = as_alice.post("revise", element={"id": record["id"], "homephone": "33"})
    assert {name: changed[name] for name in numbers} == {**numbers, "homephone": "33"}


def test_what_a_field_does_not_show_survives(as_alice: Caller, alice: User) -> None:
    phones = [{"number": "1", "location": "work"}, {"number": "2", "location": "work"}]
    emails = [{"address": f"{name}@example.com"} for name in "abc"]
    contact = make_contact(actor_for(alice), last_name="Many", phones=phones, emails=emails)
    shown = as_alice.get("retrieve", id=f"12x{contact.pk}")
    assert (shown["phone"], shown["email"]) == ("1", "a@example.com")
    assert shown["secondaryemail"] == "b@example.com"

    changed = as_alice.post("revise", element={"id": shown["id"], "phone": "", "email": "new@x.y"})
    assert changed["phone"] == "2"
    numbers = contact.phones.values_list("number", flat=True)
    addresses = contact.emails.order_by("position").values_list("address", flat=True)
    assert list(numbers) == ["2"]
    assert list(addresses) == ["new@x.y", "b@example.com", "c@example.com"]


def test_primary_channel_is_shown_before_others(as_alice: Caller, alice: User) -> None:
    emails = [{"address": "a@x.y"}, {"address": "b@x.y", "is_primary": True}]
    contact = make_contact(actor_for(alice), last_name="P", emails=emails)
    shown = as_alice.get("retrieve", id=f"12x{contact.pk}")
    assert (shown["email"], shown["secondaryemail"]) == ("b@x.y", "a@x.y")


def test_two_addresses_are_written_part_by_part(as_alice: Caller) -> None:
    record = as_alice.create(
        "Contacts",
        lastname="A",
        mailingstreet="1 Road\n2nd floor",
        mailingcity="Paris",
        mailingcountry="France",
        mailingpobox="77",
        othercity="Utopolis",
        othercountry="Utopia",
    )
    assert record["mailingstreet"] == "1 Road\n2nd floor"
    assert (record["mailingcity"], record["othercity"]) == ("Paris", "Utopolis")
    assert (record["mailingcountry"], record["othercountry"]) == ("France", "Utopia")
    linked = stored(record).addresses.order_by("position")
    assert [each.country.code if each.country else "" for each in linked] == ["FR", ""]
    cleared = as_alice.post("revise", element={"id": record["id"], "othercity": ""})
    assert (cleared["othercity"], cleared["othercountry"]) == ("", "Utopia")


def test_household_is_a_contact_with_its_name_as_last_name(as_alice: Caller, alice: User) -> None:
    home = make_contact(actor_for(alice), kind="household", household_name="The Smiths")
    assert as_alice.get("retrieve", id=f"12x{home.pk}")["lastname"] == "The Smiths"
    as_alice.post("revise", element={"id": f"12x{home.pk}", "lastname": "The Browns"})
    home.refresh_from_db()
    assert (home.household_name, home.last_name) == ("The Browns", "")


def test_contact_of_another_door_may_lack_its_last_name(as_alice: Caller, alice: User) -> None:
    contact = make_contact(actor_for(alice), first_name="Cher")
    shown = as_alice.get("retrieve", id=f"12x{contact.pk}")
    assert (shown["lastname"], shown["label"], shown["source"]) == ("", "Cher", "CRM")
    assert as_alice.refusal("update", "POST", element=shown) == missing("lastname")
    revised = as_alice.post("revise", element={"id": shown["id"], "title": "Star"})
    assert revised["title"] == "Star"


def test_author_stands_in_for_a_missing_owner_and_does_not_become_one(
    as_alice: Caller, tom: Contact
) -> None:
    shown = as_alice.get("retrieve", id=f"12x{tom.pk}")
    assert shown["assigned_user_id"] == as_alice.user_id
    as_alice.post("update", element={**shown, "title": "x"})
    tom.refresh_from_db()
    assert tom.owner_id is None
    owned = f"SELECT id FROM Contacts WHERE assigned_user_id='{as_alice.user_id}';"
    assert as_alice.query(owned) == [{"id": f"12x{tom.pk}"}]


@pytest.mark.parametrize("text", ["12x99999", "12x", "12", "12x0", "12x99999999999999999999"])
def test_number_that_is_none_is_denied(text: str, as_alice: Caller) -> None:
    assert as_alice.refusal("retrieve", id=text) == DENIED
    assert as_alice.refusal("delete", "POST", id=text) == DENIED
    assert as_alice.refusal("revise", "POST", element={"id": text}) == DENIED


@pytest.mark.parametrize("text", ["", "abc", "99x1", "x1", "12y5", "-1x5", "12x5x6", "12X5"])
def test_what_is_no_id_is_denied_for_id(text: str, as_alice: Caller) -> None:
    assert as_alice.refusal("retrieve", id=text) == NO_ID


def test_number_of_another_module_is_a_wrong_id(as_alice: Caller, tom: Contact) -> None:
    assert as_alice.refusal("retrieve", id=f"11x{tom.pk}") == WRONG_ID
    firm = as_alice.create("Accounts", accountname="Acme")
    assert as_alice.refusal("retrieve", id=firm["id"].replace("11x", "12x")) == WRONG_ID


def test_hidden_record_is_refused_as_a_missing_one(as_charlie: Caller, tom: Contact) -> None:
    for prefix in ("11x", "12x"):
        assert as_charlie.refusal("retrieve", id=f"{prefix}{tom.pk}") == DENIED


def test_blanks_around_an_id_do_not_matter(as_alice: Caller, tom: Contact) -> None:
    assert as_alice.get("retrieve", id=f"12x{tom.pk} ")["id"] == f"12x{tom.pk}"


def test_deleted_record_is_in_the_trash_and_behaves_as_absent(
    as_alice: Caller, tom: Contact
) -> None:
    record_id = f"12x{tom.pk}"
    assert as_alice.post("delete", id=record_id) == {"status": "successful"}
    tom.refresh_from_db()
    assert tom.archived_at is not None
    assert as_alice.refusal("retrieve", id=record_id) == DENIED
    assert as_alice.refusal("delete", "POST", id=record_id) == DENIED
    assert as_alice.query("SELECT * FROM Contacts;") == []


def test_who_may_read_only_changes_nothing(
    as_alice: Caller, reporter: Caller, tom: Contact
) -> None:
    denied = ("ACCESS_DENIED", "Permission to write is denied")
    element = {"id": f"12x{tom.pk}", "title": "x"}
    assert reporter.get("retrieve", id=f"12x{tom.pk}")["lastname"] == "Smith"
    assert reporter.refusal("revise", "POST", element=element) == denied
    assert reporter.refusal("delete", "POST", id=f"12x{tom.pk}") == denied
    described = reporter.get("describe", elementType="Contacts")
    names = ("createable", "updateable", "deleteable", "retrieveable")
    assert [described[name] for name in names] == [False, False, False, True]


def test_json_body_is_taken_too(as_alice: Caller) -> None:
    body = {
        "operation": "create",
        "sessionName": as_alice.session,
        "elementType": "Contacts",
        "element": {"lastname": "Json", "assigned_user_id": as_alice.user_id},
    }
    answer = as_alice.client.post("/webservice.php", json.dumps(body), "application/json")
    assert answer.json()["result"]["lastname"] == "Json"


def test_multipart_body_is_taken_too(as_alice: Caller) -> None:
    body = {
        "operation": "create",
        "sessionName": as_alice.session,
        "elementType": "Contacts",
        "element": f'{{"lastname": "Parts", "assigned_user_id": "{as_alice.user_id}"}}',
    }
    answer = as_alice.client.post("/crm/webservice.php/", body)
    assert answer.json()["result"]["lastname"] == "Parts"


def test_custom_values_are_written_and_read(as_alice: Caller) -> None:
    size = make_custom_field("Size", type="integer")
    colours = make_custom_field("Colours", options=("Red", "Blue"), is_multiple=True)
    rank = make_custom_field("Rank", options=("High", "Low"))
    values = {
        f"cf_{size.pk}": "42",
        f"cf_{colours.pk}": "Red |##| Blue",
        f"cf_{rank.pk}": "Highest",
    }
    record = as_alice.create("Contacts", lastname="C", **values)
    assert {name: record[name] for name in values} == values
    assert not CustomFieldOption.objects.get(label="Highest").is_active
    found = as_alice.query(f"SELECT id FROM Contacts WHERE cf_{size.pk} > 41;")
    assert found == [{"id": record["id"]}]
    cleared = as_alice.post("revise", element={"id": record["id"], f"cf_{size.pk}": ""})
    assert cleared[f"cf_{size.pk}"] == "0"


def test_whole_number_that_is_not_set_stays_so_when_it_is_sent_back(as_alice: Caller) -> None:
    """A record that was read and sent back made 0 of a number that nobody had given."""
    size = make_custom_field("Size", type="integer")
    name = f"cf_{size.pk}"
    person = as_alice.create("Contacts", lastname="C")
    company = as_alice.create("Accounts", accountname="A")
    assert (person[name], company["employees"]) == ("0", "0")
    for record in (person, company):
        as_alice.post("update", element=record)
    unset = f"SELECT id FROM Contacts WHERE {name} = '' AND id = '{person['id']}';"
    assert as_alice.query(unset) == [{"id": person["id"]}]
    unset = f"SELECT id FROM Accounts WHERE employees = '' AND id = '{company['id']}';"
    assert as_alice.query(unset) == [{"id": company["id"]}]
    named = as_alice.post("revise", element={"id": person["id"], name: "7"})
    assert named[name] == "7"
    zero = as_alice.post("revise", element={"id": person["id"], name: "0"})
    assert zero[name] == "0"
    assert as_alice.query(f"SELECT id FROM Contacts WHERE {name} = 0;") == [{"id": person["id"]}]


@pytest.mark.parametrize(
    ("kind", "values", "shown"),
    [
        ("text", ["a", "b"], "a |##| b"),
        ("integer", [5, 0], "5 |##| 0"),
        ("decimal", ["1.5", "2"], "1.5 |##| 2"),
        ("date", ["2020-01-02", "2021-01-02"], "2020-01-02 |##| 2021-01-02"),
    ],
)
def test_several_values_of_one_field_are_joined(
    kind: str, values: list[object], shown: str, as_alice: Caller, alice: User
) -> None:
    """A contact with several numbers kept every list with it from being read at all."""
    field = make_custom_field("Several", type=kind, is_multiple=True)
    name = f"cf_{field.pk}"
    given = {"kind": "person", "last_name": "Lee", f"custom_{field.pk}": values}
    create_contact(actor_for(alice), given)
    (row,) = as_alice.query("SELECT * FROM Contacts;")
    assert row[name] == shown
    back = as_alice.post("update", element=row)
    assert back[name] == shown
    first = shown.partition(" ")[0]
    for condition in (f"{name} = '{shown}'", f"{name} = '{first}'", f"{name} != ''"):
        found = as_alice.query(f"SELECT id FROM Contacts WHERE {condition};")
        assert found == [{"id": row["id"]}], condition
    one = as_alice.post("revise", element={"id": row["id"], name: [first]})
    assert one[name] == first
    assert as_alice.query(f"SELECT id FROM Contacts WHERE {name} = '{shown}';") == []
    none = as_alice.post("revise", element={"id": row["id"], name: ""})
    assert none[name] == ""


def test_values_joined_are_all_that_a_record_has(as_alice: Caller) -> None:
    colours = make_custom_field("Colours", options=("Red", "Blue", "Green"), is_multiple=True)
    name = f"cf_{colours.pk}"
    made = {
        text: as_alice.create("Contacts", lastname="C", **{name: text})["id"]
        for text in ("Red", "Red |##| Blue", "Red |##| Blue |##| Green", "")
    }

    def found(condition: str) -> list[str]:
        rows = as_alice.query(f"SELECT id FROM Contacts WHERE lastname = 'C' AND {condition};")
        return [text for text, pk in made.items() if {"id": pk} in rows]

    assert found(f"{name} = 'blue |##| red'") == ["Red |##| Blue"]
    assert found(f"{name} IN ('Red |##| Blue', 'Green')") == [
        "Red |##| Blue",
        "Red |##| Blue |##| Green",
    ]
    assert found(f"{name} != 'Red |##| Blue'") == ["Red", "Red |##| Blue |##| Green", ""]
    assert found(f"{name} = 'Red |##| Pink'") == []
    assert found(f"{name} = 'Blue'") == ["Red |##| Blue", "Red |##| Blue |##| Green"]


def test_organization_has_its_own_module(as_alice: Caller) -> None:
    mother = as_alice.create("Accounts", accountname="Mother")
    record = as_alice.create(
        "Accounts",
        accountname="Acme",
        website="https://acme.example",
        employees="12",
        annual_revenue="1234.5",
        industry="Banking",
        account_id=mother["id"],
        bill_city="Paris",
        ship_city="Lyon",
        email1="a@acme.example",
        email2="b@acme.example",
    )
    shown = {
        "website": "https://acme.example",
        "employees": "12",
        "annual_revenue": "1234.50000000",
        "industry": "Banking",
        "account_id": mother["id"],
        "bill_city": "Paris",
        "ship_city": "Lyon",
        "email1": "a@acme.example",
        "email2": "b@acme.example",
        "label": "Acme",
    }
    assert {name: record[name] for name in shown} == shown
    assert record["account_no"] == f"ACC{stored(record).pk}"
    assert stored(record).kind == "organization"
    assert as_alice.query("SELECT * FROM Contacts;") == []


def test_change_of_somebody_else_is_signed_by_them(
    as_alice: Caller, bob: User, tom: Contact
) -> None:
    update_contact(actor_for(bob), tom.pk, {"job_title": "Cook"})
    assert as_alice.get("retrieve", id=f"12x{tom.pk}")["modifiedby"] == f"19x{bob.pk}"


def test_a_second_organization_of_a_name_is_refused_if_that_is_wished(
    as_alice: Caller, settings: Any
) -> None:
    acme = as_alice.create("Accounts", accountname="Acme")
    other = as_alice.create("Accounts", accountname="ACME")
    settings.VTIGER_UNIQUE_ACCOUNTS = True
    element = {"accountname": "acme", "assigned_user_id": as_alice.user_id}
    refusal = as_alice.envelope("create", "POST", {"elementType": "Accounts", "element": element})
    assert refusal["error"] == {"message": "Duplicate(s) detected!", "code": 0}
    renamed = {"id": other["id"], "accountname": "Other"}
    assert as_alice.post("revise", element=renamed)["accountname"] == "Other"
    again = {"id": other["id"], "accountname": "Acme"}
    assert as_alice.envelope("revise", "POST", {"element": again})["error"]["code"] == 0
    same = {"id": acme["id"], "accountname": "Acme", "fax": "1"}
    assert as_alice.post("revise", element=same)["fax"] == "1"
