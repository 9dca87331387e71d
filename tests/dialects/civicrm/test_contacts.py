"""Contacts: their names, what lists show of them, how they are made, changed and trashed."""

import pytest

from contacts.models import Contact, User
from tests.builders import make_custom_field
from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db

DEFAULT_KEYS = """
contact_id contact_type contact_sub_type sort_name display_name external_identifier
organization_name first_name middle_name last_name do_not_email do_not_phone do_not_mail
do_not_sms do_not_trade is_opt_out legal_identifier nick_name legal_name image_URL
preferred_communication_method preferred_language contact_source prefix_id suffix_id
formal_title communication_style_id job_title gender_id birth_date is_deceased deceased_date
household_name sic_code contact_is_deleted current_employer address_id street_address
supplemental_address_1 supplemental_address_2 supplemental_address_3 city postal_code_suffix
postal_code geo_code_1 geo_code_2 state_province_id country_id phone_id phone_type_id phone
email_id email on_hold im_id provider_id im worldregion_id world_region languages
individual_prefix individual_suffix communication_style gender state_province_name
state_province country id
"""


def names_of(caller: Caller, contact_id: int) -> tuple[str, str]:
    found = caller.ok("Contact", "getsingle", id=contact_id)
    return found["display_name"], found["sort_name"]


def test_a_list_shows_exactly_the_default_keys_as_text(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    record = as_alice.ok("Contact", "get", id=contact_id)["values"][str(contact_id)]
    assert list(record) == DEFAULT_KEYS.split()
    assert len(record) == 68
    assert {key: value for key, value in record.items() if not isinstance(value, str)} == {}
    assert record["id"] == record["contact_id"] == str(contact_id)
    assert (record["do_not_email"], record["birth_date"]) == ("0", "")


@pytest.mark.parametrize(
    ("params", "shown", "sorted_by"),
    [
        ({"first_name": "Alice", "last_name": "Roberts"}, "Alice Roberts", "Roberts, Alice"),
        (
            {"first_name": "Alice", "middle_name": "M", "last_name": "Roberts"},
            "Alice Roberts",
            "Roberts, Alice",
        ),
        ({"first_name": "Alice"}, "Alice", "Alice"),
        ({"last_name": "Roberts"}, "Roberts", "Roberts"),
        ({"email": "alice@example.org"}, "alice@example.org", "alice@example.org"),
        ({"display_name": "Alice B. Roberts"}, "Alice B. Roberts", "Roberts, Alice B."),
    ],
)
def test_the_names_of_a_person(
    params: dict[str, str], shown: str, sorted_by: str, as_alice: Caller
) -> None:
    contact_id = as_alice.make("Contact", contact_type="Individual", **params)
    assert names_of(as_alice, contact_id) == (shown, sorted_by)


@pytest.mark.parametrize("kind", ["Organization", "Household"])
def test_the_names_of_an_organization_and_a_household(kind: str, as_alice: Caller) -> None:
    name = {f"{kind.lower()}_name": "The Acme"}
    contact_id = as_alice.make("Contact", contact_type=kind, **name)
    assert names_of(as_alice, contact_id) == ("The Acme", "The Acme")


def test_names_follow_their_parts(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    as_alice.ok("Contact", "create", id=contact_id, last_name="Smith")
    assert names_of(as_alice, contact_id) == ("Alice Smith", "Smith, Alice")


@pytest.mark.parametrize(
    ("params", "lacking"),
    [
        ({}, "contact_type"),
        (
            {"contact_type": "Individual"},
            "one of (first_name, last_name, email, display_name)",
        ),
        ({"contact_type": "Organization", "first_name": "A"}, "organization_name"),
        ({"contact_type": "Household"}, "household_name"),
    ],
)
def test_a_new_contact_needs_a_type_and_a_name(
    params: dict[str, str], lacking: str, as_alice: Caller
) -> None:
    failed = as_alice.call("Contact", "create", params)
    assert failed["error_message"] == f"Mandatory key(s) missing from params array: {lacking}"
    assert (failed["fields"], failed["error_code"]) == ([lacking], "mandatory_missing")


def test_create_answers_with_every_column(as_alice: Caller) -> None:
    made = as_alice.ok("Contact", "create", contact_type="Individual", first_name="A", source="x")
    (record,) = made["values"].values()
    assert (record["source"], record["is_deleted"], record["employer_id"]) == ("x", "0", "")
    assert "contact_source" not in record
    assert len(record["created_date"]) == len("2026-01-01 00:00:00")
    assert made["id"] == int(record["id"])


def test_an_update_changes_what_is_named_and_clears_what_is_blank(as_alice: Caller) -> None:
    contact_id = as_alice.person(job_title="Boss", nick_name="Al", source="fair")
    as_alice.ok("Contact", "create", id=contact_id, job_title="", nick_name="null", source=None)
    found = as_alice.ok("Contact", "getsingle", id=contact_id)
    assert (found["job_title"], found["nick_name"], found["contact_source"]) == ("", "", "fair")
    assert found["first_name"] == "Alice"


def test_an_email_makes_the_primary_one_of_a_new_contact(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="Alice@Example.org")
    (email,) = as_alice.ok("Email", "get", contact_id=contact_id, sequential=1)["values"]
    assert (email["email"], email["is_primary"], email["location_type_id"]) == (
        "alice@example.org",
        "1",
        "1",
    )
    as_alice.ok("Contact", "create", id=contact_id, email="other@example.org")
    value = as_alice.ok("Contact", "getvalue", {"id": contact_id, "return": "email"})
    assert value == {"is_error": 0, "result": "other@example.org"}


def test_an_unknown_employer_is_made_and_tied(as_alice: Caller) -> None:
    contact_id = as_alice.person(current_employer="Acme Inc")
    company = as_alice.ok("Contact", "getsingle", contact_type="Organization")
    found = as_alice.ok(
        "Contact", "getsingle", {"id": contact_id, "return": "current_employer,employer_id"}
    )
    assert company["display_name"] == "Acme Inc"
    assert (found["current_employer"], found["current_employer_id"]) == (
        "Acme Inc",
        company["id"],
    )
    second = as_alice.person("Bob", current_employer="acme inc")
    assert as_alice.ok("Contact", "getcount", contact_type="Organization")["result"] == 1
    assert Contact.objects.get(pk=second).employer_id == int(company["id"])


def test_unknown_fields_are_ignored(as_alice: Caller) -> None:
    contact_id = as_alice.person(shoe_size=44, phone="123", city="Gent")
    found = as_alice.ok("Contact", "getsingle", id=contact_id, shoe_size=3)
    assert (found["phone"], found["city"]) == ("", "")


def test_what_is_asked_for_brings_its_companions(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="a@x.org")
    asked = {"id": contact_id, "return": "first_name, email,nonsense"}
    record = as_alice.ok("Contact", "getsingle", asked)
    assert record.keys() == {"contact_id", "first_name", "email_id", "email", "id", "is_error"}
    by_name = as_alice.ok("Contact", "get", {"first_name": "Alice", "return": ["id"]})
    assert by_name["values"][str(contact_id)] == {
        "contact_id": str(contact_id),
        "contact_is_deleted": "0",
        "id": str(contact_id),
    }


def test_custom_fields_are_written_read_and_asked_for(as_alice: Caller) -> None:
    color = f"custom_{make_custom_field('Colour', options=('Red', 'Green')).pk}"
    born = f"custom_{make_custom_field('Joined', type='date').pk}"
    contact_id = as_alice.person(**{color: "red", born: "2020-02-29"})
    as_alice.person("Bob", **{color: "Green"})
    record = as_alice.ok("Contact", "getsingle", {"id": contact_id, "return": [color, born]})
    assert (record[color], record[born]) == ("Red", "2020-02-29 00:00:00")
    found = as_alice.ok("Contact", "get", {color: {"IN": ["Red"]}, "return": "custom"})
    assert list(found["values"]) == [str(contact_id)]
    assert found["values"][str(contact_id)][color] == "Red"
    assert color not in as_alice.ok("Contact", "getsingle", id=contact_id)


def test_the_trash_hides_and_gives_back(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    deleted = as_alice.call("Contact", "delete", id=contact_id)
    assert deleted == {"is_error": 0, "version": 3, "count": 1, "values": 1}
    assert as_alice.ok("Contact", "get", id=contact_id)["count"] == 0
    assert as_alice.ok("Contact", "get", id=contact_id, is_deleted=1)["count"] == 1
    assert as_alice.ok("Contact", "getcount", is_deleted={"IN": [0, 1]})["result"] >= 1
    assert as_alice.ok("Contact", "getcount", showAll="trash")["result"] == 1
    as_alice.ok("Contact", "create", id=contact_id, is_deleted=0)
    assert as_alice.ok("Contact", "get", id=contact_id)["count"] == 1
    as_alice.ok("Contact", "delete", id=contact_id)
    as_alice.ok("Contact", "delete", id=contact_id, restore=1)
    assert as_alice.ok("Contact", "get", id=contact_id)["count"] == 1


def test_deleting_for_good_leaves_nothing(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="a@x.org")
    as_alice.ok("Contact", "delete", id=contact_id, skip_undelete=1)
    assert not Contact.objects.filter(pk=contact_id).exists()
    again = as_alice.call("Contact", "delete", id=contact_id)
    assert (again["error_message"], again["error_code"]) == ("Could not delete contact", 0)


def test_nobody_deletes_the_contact_of_their_own(as_ada: Caller, ada: User) -> None:
    as_ada.ok("Contact", "create", contact_type="Individual", first_name="A")
    ada.contact_id = as_ada.person("Ada")
    ada.save()
    failed = as_ada.call("Contact", "delete", id="user_contact_id")
    assert failed["error_message"] == (
        "This contact record is linked to the currently logged in user account - "
        "and cannot be deleted."
    )


@pytest.mark.parametrize("spelling", ["@user:james", "NUMBER", "user_contact_id"])
def test_a_contact_is_named_by_number_and_by_user_alike(
    spelling: str, as_ada: Caller, ada: User
) -> None:
    contact_id = as_ada.person("James", "Bond", email="007@example.org")
    User.objects.filter(pk=ada.pk).update(username="james", contact_id=contact_id)
    plain = as_ada.call("Contact", "get", id=contact_id)
    asked = contact_id if spelling == "NUMBER" else spelling
    assert as_ada.call("Contact", "get", id=asked) == plain
    emails = as_ada.ok("Email", "get", contact_id=asked)
    assert [each["email"] for each in emails["values"].values()] == ["007@example.org"]


def test_a_user_without_a_contact_is_told_of(as_ada: Caller) -> None:
    failed = as_ada.call("Contact", "get", id="@user:nobody")
    assert failed["error_message"] == '"id" "@user:nobody" cannot be resolved to a contact ID'
    assert (failed["error_code"], failed["error_field"]) == (2002, "id")


@pytest.mark.parametrize(
    ("params", "message", "code"),
    [
        ({"id": "x"}, "id is not a valid integer", 2001),
        ({"id": "3,4"}, "id is not a valid integer", 2001),
        ({"gender_id": "Nope"}, "'Nope' is not a valid option for field gender_id", 2001),
        ({"sort": "nope"}, "Unknown field specified for sort. Cannot order by 'nope'", 0),
        ({"options": {"sort": "id; drop"}}, "Unknown field specified for sort. ", 0),
        ({"birth_date": "notadate"}, "birth_date is not a valid date: notadate", None),
        ({"first_name": {"FOO": 1}}, "Invalid operator for field first_name", "invalid_operator"),
        ({"version": 4}, "Unknown api version", 2000),
    ],
)
def test_a_filter_that_cannot_be_is_told_of(
    params: dict[str, object], message: str, code: object, as_alice: Caller
) -> None:
    failed = as_alice.call("Contact", "get", params)
    assert failed["error_message"].startswith(message)
    assert failed.get("error_code") == code


def test_an_external_identifier_is_nobody_elses(as_alice: Caller) -> None:
    contact_id = as_alice.person(external_identifier="E-1")
    failed = as_alice.call(
        "Contact", "create", contact_type="Individual", first_name="B", external_identifier="E-1"
    )
    assert (failed["error_message"], failed["error_code"]) == ("DB Error: already exists", -5)
    matched = as_alice.ok(
        "Contact",
        "create",
        {
            "contact_type": "Individual",
            "first_name": "Matched",
            "external_identifier": "E-1",
            "options": {"match": "external_identifier"},
        },
    )
    assert matched["id"] == contact_id


def test_a_contact_that_says_the_same_is_found_before_another_is_made(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="same@example.org")
    failed = as_alice.call(
        "Contact",
        "create",
        contact_type="Individual",
        first_name="Alice",
        email="same@example.org",
        dupe_check=1,
    )
    assert failed["error_message"] == f"Found matching contacts: {contact_id}"
    assert failed["error_code"] == "duplicate"
    found = as_alice.ok(
        "Contact",
        "duplicatecheck",
        {"match": {"contact_type": "Individual", "email": "same@example.org"}},
    )
    assert found["values"] == {str(contact_id): {"id": str(contact_id)}}


@pytest.mark.parametrize("offset", [10**6, 10**30, "9" * 18, "9" * 30])
def test_beyond_all_contacts_there_is_none(as_alice: Caller, offset: object) -> None:
    """A number too long for anything was the beginning again."""
    as_alice.person()
    assert as_alice.ok("Contact", "get", options={"offset": offset})["values"] == []
