"""E-mails, phones, addresses, websites and messengers as records of their own."""

from typing import Any

import pytest

from contacts.models import Change
from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db

NEW: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "Email": (
        {"email": "Alice@Example.org", "on_hold": 2, "hold_date": "2026-01-31"},
        {
            "email": "alice@example.org",
            "on_hold": "2",
            "hold_date": "2026-01-31 00:00:00",
            "is_primary": "1",
            "is_bulkmail": "0",
            "location_type_id": "1",
        },
    ),
    "Phone": (
        {"phone": "+32 (2) 123-45", "phone_type_id": "Mobile", "phone_ext": "9", "is_billing": 1},
        {
            "phone": "+32 (2) 123-45",
            "phone_numeric": "32212345",
            "phone_type_id": "2",
            "phone_ext": "9",
            "is_billing": "1",
            "is_primary": "1",
        },
    ),
    "Address": (
        {
            "street_address": "1 Main St",
            "supplemental_address_3": "Back door",
            "city": "Los Angeles",
            "state_province_id": "California",
            "country_id": "US",
            "postal_code": "90001",
            "postal_code_suffix": "1234",
            "geo_code_1": "34.05",
            "location_type_id": "Work",
            "name": "Office",
        },
        {
            "street_address": "1 Main St",
            "supplemental_address_3": "Back door",
            "city": "Los Angeles",
            "state_province_id": "1004",
            "country_id": "1228",
            "postal_code": "90001",
            "postal_code_suffix": "1234",
            "geo_code_1": "34.05",
            "location_type_id": "2",
            "name": "Office",
            "manual_geo_code": "0",
        },
    ),
    "Website": (
        {"url": "https://example.org", "website_type_id": "Social"},
        {"url": "https://example.org", "website_type_id": "3"},
    ),
    "Im": (
        {"name": "alice.s", "provider_id": "Skype"},
        {"name": "alice.s", "is_primary": "1", "location_type_id": "1"},
    ),
}


@pytest.mark.parametrize("entity", NEW)
def test_a_channel_is_made_read_changed_and_deleted(entity: str, as_alice: Caller) -> None:
    params, expected = NEW[entity]
    contact_id = as_alice.person()
    made = as_alice.ok(entity, "create", {"contact_id": contact_id, **params})
    (record,) = made["values"].values()
    assert made["id"] == int(record["id"])
    assert {key: record[key] for key in expected} == expected
    assert all(isinstance(value, str) for value in record.values())

    read = as_alice.ok(entity, "get", {"contact_id": contact_id, "sequential": 1})["values"]
    assert [each["id"] for each in read] == [record["id"]]
    assert "" not in read[0].values()
    assert {key: read[0][key] for key in expected if expected[key]} == expected

    name = next(iter(params))
    changed = {"id": record["id"], name: "changed@example.org"}
    assert as_alice.ok(entity, "create", changed)["is_error"] == 0
    found = as_alice.ok(entity, "getsingle", {"id": record["id"]})
    assert found[name] == "changed@example.org"
    assert found["contact_id"] == str(contact_id)

    assert as_alice.call(entity, "delete", {"id": record["id"]}) == {
        "is_error": 0,
        "version": 3,
        "count": 1,
        "values": 1,
    }
    gone = as_alice.call(entity, "delete", {"id": record["id"]})
    assert gone["error_message"] == f"Could not delete {entity} id {record['id']}"
    assert Change.objects.filter(record_kind="contact", record_id=contact_id).count() == 4


@pytest.mark.parametrize(
    ("entity", "lacking"), [("Email", "email"), ("Phone", "phone"), ("Address", "contact_id")]
)
def test_what_a_channel_must_have(entity: str, lacking: str, as_alice: Caller) -> None:
    params = {} if lacking == "contact_id" else {"contact_id": as_alice.person()}
    failed = as_alice.call(entity, "create", params)
    assert failed["error_message"] == f"Mandatory key(s) missing from params array: {lacking}"


def test_one_of_a_kind_is_primary(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="first@x.org")
    second = as_alice.make("Email", contact_id=contact_id, email="second@x.org", is_primary=1)

    def primary() -> list[str]:
        found = as_alice.ok("Email", "get", contact_id=contact_id, is_primary=1, sequential=1)
        return [each["email"] for each in found["values"]]

    assert primary() == ["second@x.org"]
    shown = as_alice.ok("Contact", "getsingle", {"id": contact_id, "return": "email"})
    assert (shown["email"], shown["email_id"]) == ("second@x.org", str(second))
    as_alice.ok("Email", "delete", id=second)
    assert primary() == ["first@x.org"]


def test_lists_of_contacts_look_at_the_primary_one_only(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="first@x.org")
    as_alice.ok("Email", "create", contact_id=contact_id, email="second@x.org")
    assert as_alice.ok("Contact", "getcount", email="FIRST@x.org")["result"] == 1
    assert as_alice.ok("Contact", "getcount", email="second@x.org")["result"] == 0
    assert as_alice.ok("Email", "getcount", email="second@x.org")["result"] == 1


def test_filters_and_order_reach_into_the_contact(as_alice: Caller) -> None:
    for name in ("Bea", "Alma"):
        as_alice.person(name, "Joined", email=f"{name}@x.org")
    found = as_alice.ok(
        "Email",
        "get",
        {
            "contact_id.last_name": "joined",
            "contact_id.first_name": {"!=": "Carl"},
            "return": ["email", "contact_id.first_name", "contact_id.middle_name"],
            "options": {"sort": "contact_id.first_name DESC"},
            "sequential": 1,
        },
    )
    assert [each["contact_id.first_name"] for each in found["values"]] == ["Bea", "Alma"]
    assert all("contact_id.middle_name" not in each for each in found["values"])
    assert as_alice.ok("Email", "getcount", {"contact_id.last_name": {"LIKE": "x%"}})["result"] == 0


def test_other_entities_take_a_percent_sign_as_it_is(as_alice: Caller) -> None:
    as_alice.person(email="percent@x.org")
    assert as_alice.ok("Email", "getcount", email="percent%")["result"] == 0
    assert as_alice.ok("Email", "getcount", {"email": {"LIKE": "percent%"}})["result"] == 1


def test_the_trash_takes_the_channels_along(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="a@x.org")
    as_alice.ok("Contact", "delete", id=contact_id)
    assert as_alice.ok("Email", "getcount")["result"] == 0
    as_alice.ok("Contact", "delete", id=contact_id, restore=1)
    assert as_alice.ok("Email", "getcount")["result"] == 1


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"on_hold": 0}, 1),
        ({"on_hold": {">": 0}}, 1),
        ({"on_hold": 1}, 0),
        ({"location_type_id": "Work"}, 1),
        ({"location_type_id": {"!=": "Work"}}, 1),
        ({"is_primary": {"IN": [0, 1]}}, 2),
        ({"is_bulkmail": 1}, 0),
        ({"signature_text": {"IS NOT NULL": 1}}, 1),
        ({"signature_text": "regards"}, 1),
        ({"email": {"NOT LIKE": "a%"}}, 1),
        ({"nonsense": 1}, 2),
    ],
)
def test_filters_of_emails(params: dict[str, Any], expected: int, as_alice: Caller) -> None:
    contact_id = as_alice.person()
    as_alice.ok("Email", "create", contact_id=contact_id, email="a@x.org", signature_text="Regards")
    as_alice.ok(
        "Email", "create", contact_id=contact_id, email="b@x.org", on_hold=2, location_type_id=2
    )
    assert as_alice.ok("Email", "getcount", params)["result"] == expected


def test_a_list_costs_the_same_statements_whatever_its_length(
    as_alice: Caller, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        as_alice.person(f"N{number}", email=f"n{number}@x.org")
    params = {"return": "email,contact_id.display_name", "options": {"limit": 0}}
    as_alice.ok("Email", "get", params)
    with django_assert_max_num_queries(4):
        assert as_alice.ok("Email", "get", params)["count"] == 6


def test_an_address_on_hold_tells_since_when_and_until_when(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    made = as_alice.ok("Email", "create", contact_id=contact_id, email="a@x.org", on_hold=2)
    email = made["values"][str(made["id"])]
    assert len(email["hold_date"]) == len("2026-01-01 00:00:00")
    assert email["reset_date"] == ""
    again = as_alice.ok("Email", "create", id=made["id"], on_hold=1, hold_date="2020-01-01")
    assert again["values"][str(made["id"])]["hold_date"] == "2020-01-01 00:00:00"
    freed = as_alice.ok("Email", "create", id=made["id"], on_hold=0)["values"][str(made["id"])]
    assert freed["hold_date"] == ""
    assert len(freed["reset_date"]) == len("2026-01-01 00:00:00")
