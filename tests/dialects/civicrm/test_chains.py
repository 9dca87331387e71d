"""Calls chained to the records of another: what they get, what they answer, how they fail."""

import json

import pytest

from api.civicrm import chaining
from contacts.models import Contact, EmailAddress
from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db

NEW = {"contact_type": "Individual", "first_name": "Ch", "last_name": "Ain"}


def test_chained_creates_belong_to_the_new_contact(as_alice: Caller) -> None:
    made = as_alice.ok(
        "Contact",
        "create",
        {
            **NEW,
            "api.Email.create": {"email": "c@x.org"},
            "api.Phone.create": [{"phone": "1"}, {"phone": "2", "phone_type_id": "Mobile"}],
            "api_Website_create": {"url": "https://x.org"},
        },
    )
    (record,) = made["values"].values()
    email = record["api.Email.create"]
    assert (email["is_error"], email["version"], email["count"]) == (0, 3, 1)
    assert email["values"][0]["contact_id"] == record["id"]
    assert [each["values"][0]["phone"] for each in record["api.Phone.create"]] == ["1", "2"]
    assert record["api_Website_create"]["count"] == 1


def test_a_failing_chained_call_leaves_nothing_behind(as_alice: Caller) -> None:
    failed = as_alice.call(
        "Contact",
        "create",
        {**NEW, "api.Phone.create": {"phone": "1"}, "api.Email.create": {"location_type_id": 1}},
    )
    assert failed == {
        "fields": ["email"],
        "error_code": "mandatory_missing",
        "entity": "Contact",
        "action": "create",
        "is_error": 1,
        "error_message": (
            "Error in call to Email_create : Mandatory key(s) missing from params array: email"
        ),
    }
    assert not Contact.objects.filter(first_name="Ch").exists()


def test_a_chain_on_a_list_is_made_for_every_record(as_alice: Caller) -> None:
    ids = [as_alice.person(name, "Many", email=f"{name}@x.org") for name in ("a", "b")]
    found = as_alice.ok(
        "Contact",
        "get",
        {
            "last_name": "Many",
            "return": "id",
            "api.Email.get": {"return": "email"},
            "api.Email.get.2": {"email": "$value.email"},
            "api.Email.getcount": 1,
            "api.email.getvalue": {"return": "email"},
        },
    )
    for contact_id, name in zip(ids, ("a", "b"), strict=True):
        record = found["values"][str(contact_id)]
        assert [each["email"] for each in record["api.Email.get"]["values"]] == [f"{name}@x.org"]
        assert record["api.Email.getcount"] == 1
        assert record["api.email.getvalue"] == f"{name}@x.org"
        assert record["api.Email.get.2"]["count"] == 1


def test_a_record_can_be_reached_from_what_belongs_to_it(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="a@x.org")
    found = as_alice.ok(
        "Email", "getsingle", {"email": "a@x.org", "api.Contact.get": {"return": "first_name"}}
    )
    (contact,) = found["api.Contact.get"]["values"]
    assert (contact["id"], contact["first_name"]) == (str(contact_id), "Alice")
    assert "is_error" not in found


def test_values_of_sibling_calls_can_be_used(as_alice: Caller) -> None:
    made = as_alice.ok(
        "Contact",
        "create",
        {
            **NEW,
            "api.Email.create": {"email": "c@x.org"},
            "api.Email.get": {"id": "$value.api.Email.create.id", "email": {"=": "c@x.org"}},
        },
    )
    (record,) = made["values"].values()
    assert record["api.Email.get"]["count"] == 1


def test_text_around_a_reference_is_just_text(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    found = as_alice.ok(
        "Contact",
        "getsingle",
        {"id": contact_id, "api.Contact.getcount": {"first_name": "x $value.first_name"}},
    )
    assert found["api.Contact.getcount"] == 0


def test_a_single_that_is_not_one_is_told_in_the_record(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    found = as_alice.ok("Contact", "getsingle", {"id": contact_id, "api.Email.getsingle": {}})
    assert found["api.Email.getsingle"] == {
        "count": 0,
        "is_error": 1,
        "error_message": "Expected one Email but found 0",
    }


def test_chains_have_an_end(as_alice: Caller) -> None:
    as_alice.person()
    params: dict[str, object] = {}
    for _ in range(12):
        params = {"api.Contact.get": params}
    failed = as_alice.call("Contact", "get", params)
    assert failed["error_message"].endswith("Too many calls are chained to each other")


def test_a_chain_of_nothing_is_one_of_everything(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="a@x.org")
    for value in (1, "1", True, {}, []):
        found = as_alice.ok("Contact", "getsingle", {"id": contact_id, "api.email.get": value})
        assert found["api.email.get"]["count"] == 1, value
    found = as_alice.ok("Contact", "getsingle", {"id": contact_id, "api.email.get": 0})
    assert "api.email.get" not in found


def test_replace_makes_the_records_exactly_those_listed(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="old@x.org")
    (kept,) = as_alice.ok("Email", "get", contact_id=contact_id)["values"]
    as_alice.ok("Email", "create", contact_id=contact_id, email="gone@x.org")
    replaced = as_alice.ok(
        "Email",
        "replace",
        {
            "contact_id": contact_id,
            "values": [{"id": kept, "email": "kept@x.org"}, {"email": "new@x.org"}],
        },
    )
    assert replaced["count"] == 2
    assert [each["is_primary"] for each in replaced["values"].values()] == ["1", "0"]
    stored = EmailAddress.objects.filter(contact_id=contact_id)
    assert {row.address for row in stored} == {"kept@x.org", "new@x.org"}
    failed = as_alice.call(
        "Email", "replace", {"contact_id": contact_id, "values": [{"email": "z@x.org"}, {}]}
    )
    assert failed["is_error"] == 1
    assert stored.count() == 2


def test_replace_puts_contacts_that_are_not_listed_into_the_trash(as_alice: Caller) -> None:
    kept, gone = as_alice.person("Kept", "Bulk"), as_alice.person("Gone", "Bulk")
    replaced = as_alice.ok(
        "Contact", "replace", {"last_name": "Bulk", "values": [{"id": kept, "job_title": "Boss"}]}
    )
    assert list(replaced["values"]) == [str(kept)]
    assert replaced["values"][str(kept)]["job_title"] == "Boss"
    assert as_alice.ok("Contact", "getcount", last_name="Bulk")["result"] == 1
    assert as_alice.ok("Contact", "getcount", id=gone, is_deleted=1)["result"] == 1


@pytest.mark.parametrize("most", [5, 6])
def test_all_that_a_request_chains_is_bounded_together(
    most: int, as_alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each level multiplied the calls of the one above, for hours of work."""
    for name in ("a", "b"):
        as_alice.person(name, "Many", email=f"{name}@x.org")
    monkeypatch.setattr(chaining, "MOST", most)
    # Two calls with a record each, and for each of these a call with none.
    chain = {"last_name": "Many", "api.Email.get": {"api.Website.get": {}}}
    answer = as_alice.call("Contact", "get", chain)
    where = [["last_name", "=", "Many"]]
    inner = {"where": [["contact_id", "=", "$id"]], "chain": {"w": ["Website", "get", {}]}}
    params = {"where": where, "chain": {"e": ["Email", "get", inner]}}
    path = "/civicrm/ajax/api4/Contact/get"
    key = {"X-Civi-Auth": f"Bearer {as_alice.api_key}"}
    other = as_alice.client.post(path, {"params": json.dumps(params)}, headers=key)
    if most == 6:
        assert answer["is_error"] == 0
        assert other.json()["count"] == 2
    else:
        assert "calls and records are chained" in answer["error_message"]
        assert "calls and records are chained" in other.json()["error_message"]


def test_a_call_has_no_more_parameters_than_there_could_be_fields(as_alice: Caller) -> None:
    answer = as_alice.call("Contact", "get", {f"custom_{each}": "x" for each in range(2_001)})
    assert "more filters than are allowed" in answer["error_message"]
