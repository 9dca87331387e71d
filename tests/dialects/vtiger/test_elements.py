"""Elements are read leniently, and what cannot be stored is refused with its field."""

from datetime import date

import pytest

from contacts.models import Contact, Option, Project, User
from tests.builders import actor_for, make_contact
from tests.dialects.vtiger.calling import Caller

pytestmark = pytest.mark.django_db

DENIED = ("ACCESS_DENIED", "Permission to perform the operation is denied")
NO_ID = ("ACCESS_DENIED", "Permission to perform the operation is denied for id")
WRONG_ID = ("INVALID_ID_ATTRIBUTE", "Id specified is incorrect")


def missing(name: str) -> tuple[str, str]:
    return ("MANDATORY_FIELDS_MISSING", f"{name} does not have a value")


def stored(record: dict[str, str]) -> Contact:
    return Contact.objects.get(pk=int(record["id"].partition("x")[2]))


def test_every_value_is_text(as_alice: Caller) -> None:
    record = as_alice.create("Contacts", lastname="Plain", donotcall=True)
    assert all(isinstance(value, str) for value in record.values())
    assert (record["donotcall"], record["emailoptout"], record["birthday"]) == ("1", "0", "")
    assert record["contact_no"] == f"CON{stored(record).pk}"
    assert record["source"] == "WEBSERVICE"
    assert record["modifiedby"] == as_alice.user_id


def test_display_name_leaves_empty_parts_out(as_alice: Caller) -> None:
    assert as_alice.create("Contacts", lastname="Ivanov")["label"] == "Ivanov"


@pytest.mark.parametrize("module", ["", "NoSuch", "contacts"])
def test_nothing_is_created_in_a_module_that_is_none(module: str, as_alice: Caller) -> None:
    assert as_alice.refusal("create", "POST", elementType=module, element={}) == DENIED


def test_creating_by_get_changes_nothing(as_alice: Caller) -> None:
    element = {"lastname": "Got", "assigned_user_id": as_alice.user_id}
    assert as_alice.refusal("create", elementType="Contacts", element=element) == DENIED
    assert not Contact.objects.filter(last_name="Got").exists()


@pytest.mark.parametrize("element", ["", "null", "[]", "{", "[1]", "nonsense", '"text"'])
def test_element_that_is_no_object_is_an_empty_one(element: str, as_alice: Caller) -> None:
    refusal = as_alice.refusal("create", "POST", elementType="Contacts", element=element)
    assert refusal == missing("lastname")
    assert as_alice.refusal("update", "POST", element=element) == NO_ID


def test_first_mandatory_value_that_is_missing_is_named(as_alice: Caller) -> None:
    element = {"firstname": "No", "lastname": "Owner", "assigned_user_id": ""}
    refusal = as_alice.refusal("create", "POST", elementType="Contacts", element=element)
    assert refusal == missing("assigned_user_id")


def test_unknown_and_read_only_values_are_ignored(as_alice: Caller) -> None:
    record = as_alice.create(
        "Contacts",
        lastname="Quiet",
        id="12x999",
        nosuch="x",
        label="x",
        createdtime="2001-01-01 00:00:00",
        modifiedby="19x999",
        contact_no="CON999",
        source="CRM",
    )
    assert record["contact_no"] != "CON999"
    assert record["createdtime"] > "2020"
    assert "nosuch" not in record


def test_numbers_truths_and_nothing_are_taken(as_alice: Caller) -> None:
    record = as_alice.create("Contacts", lastname=42, donotcall=1, emailoptout=False, phone=None)
    assert (record["lastname"], record["donotcall"], record["emailoptout"]) == ("42", "1", "0")


@pytest.mark.parametrize(
    "written", ["1980-06-08", "08.06.1980", "06/08/1980", "1980/6/8", "1980-6-8"]
)
def test_days_are_taken_in_the_orders_of_people(written: str, as_alice: Caller) -> None:
    record = as_alice.create("Contacts", lastname="Born", birthday=written)
    assert record["birthday"] == "1980-06-08"
    assert stored(record).birthday == date(1980, 6, 8)


def test_day_of_noughts_is_no_day(as_alice: Caller) -> None:
    record = as_alice.create("Contacts", lastname="L", birthday="1980-06-08")
    cleared = as_alice.post("revise", element={"id": record["id"], "birthday": "0000-00-00"})
    assert cleared["birthday"] == ""


def test_day_that_is_none_is_refused_and_nothing_is_stored(as_alice: Caller) -> None:
    element = {"lastname": "Odd", "birthday": "1980-02-31", "assigned_user_id": as_alice.user_id}
    code, message = as_alice.refusal("create", "POST", elementType="Contacts", element=element)
    assert (code, message) == ("DATABASE_QUERY_ERROR", "birthday is not a date")
    assert not Contact.objects.filter(last_name="Odd").exists()


def test_text_that_is_too_long_is_refused_with_its_field(as_alice: Caller) -> None:
    element = {"lastname": "x" * 300, "assigned_user_id": as_alice.user_id}
    code, message = as_alice.refusal("create", "POST", elementType="Contacts", element=element)
    assert (code, message) == ("DATABASE_QUERY_ERROR", "lastname is longer than 255 characters")


def test_emoji_and_markup_come_back_as_sent(as_alice: Caller) -> None:
    text = "<b>Tom</b> & 😀 \"'"
    assert as_alice.create("Contacts", lastname="T", firstname=text)["firstname"] == text


def test_word_that_a_list_does_not_have_is_kept_but_not_offered(as_alice: Caller) -> None:
    record = as_alice.create("Contacts", lastname="S", leadsource="Carrier Pigeon")
    assert record["leadsource"] == "Carrier Pigeon"
    option = Option.objects.get(list_name="lead_source", label="Carrier Pigeon")
    assert not option.is_active
    fields = as_alice.get("describe", elementType="Contacts")["fields"]
    offered = next(each for each in fields if each["name"] == "leadsource")["type"]
    assert "Carrier Pigeon" not in [each["value"] for each in offered["picklistValues"]]
    assert as_alice.query("SELECT id FROM Contacts WHERE leadsource='carrier pigeon';")


def test_word_of_a_refused_record_is_not_kept(as_alice: Caller) -> None:
    element = {"lastname": "x" * 300, "leadsource": "Never", "assigned_user_id": as_alice.user_id}
    as_alice.refusal("create", "POST", elementType="Contacts", element=element)
    assert not Option.objects.filter(label="Never").exists()


def test_owner_may_be_named_by_number_alone(as_alice: Caller, alice: User, bob: User) -> None:
    record = as_alice.create("Contacts", lastname="O", assigned_user_id=str(bob.pk))
    assert record["assigned_user_id"] == f"19x{bob.pk}"


@pytest.mark.parametrize("owner", ["19x99999", "20x99999", "nobody", "19x"])
def test_unknown_owner_is_refused(owner: str, as_alice: Caller) -> None:
    element = {"lastname": "O", "assigned_user_id": owner}
    assert as_alice.refusal("create", "POST", elementType="Contacts", element=element) == (
        "ACCESS_DENIED",
        "Cannot assign record to the given user",
    )


def test_reference_to_another_module_is_refused(as_alice: Caller, tom: Contact) -> None:
    for reference in (f"12x{tom.pk}", "99x1", "Acme", "19x1"):
        element = {
            "lastname": "R",
            "account_id": reference,
            "assigned_user_id": as_alice.user_id,
        }
        assert as_alice.refusal("create", "POST", elementType="Contacts", element=element) == (
            "REFERENCE_INVALID",
            "Invalid reference specified for account_id",
        )


def test_reference_to_a_record_that_is_not_there_is_stored_empty(
    as_alice: Caller, tom: Contact
) -> None:
    assert as_alice.create("Contacts", lastname="R", account_id="11x99999")["account_id"] == ""
    # A person under the prefix of organizations is no organization.
    assert as_alice.create("Contacts", lastname="R", account_id=f"11x{tom.pk}")["account_id"] == ""


def test_employer_and_superior_are_written_and_read(as_alice: Caller) -> None:
    firm = as_alice.create("Accounts", accountname="Acme")
    boss = as_alice.create("Contacts", lastname="Boss")
    record = as_alice.create("Contacts", lastname="R", account_id=firm["id"], contact_id=boss["id"])
    assert (record["account_id"], record["contact_id"]) == (firm["id"], boss["id"])
    assert stored(record).company == "Acme"


def test_hidden_employer_is_not_shown(as_bob: Caller, alice: User, project: Project) -> None:
    firm = make_contact(
        actor_for(alice), kind="organization", organization_name="Secret", visibility=2
    )
    person = make_contact(actor_for(alice), last_name="Known", employer=firm.pk)
    assert as_bob.get("retrieve", id=f"12x{person.pk}")["account_id"] == ""


def test_who_made_a_record_is_always_known(as_alice: Caller) -> None:
    record = as_alice.create("Contacts", lastname="L")
    assert as_alice.query("select id from Contacts where modifiedby = '';") == []
    refused = as_alice.refusal("query", query="select id from Contacts where modifiedby = 'a';")
    assert refused == ("INVALID_ID_ATTRIBUTE", "Id specified is incorrect")
    rows = as_alice.query("select id from Contacts where modifiedby != '';")
    assert rows == [{"id": record["id"]}]
