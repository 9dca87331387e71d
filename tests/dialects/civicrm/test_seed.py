"""What the description of this interface promises, taken literally."""

import pytest

from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db


def test_a_successful_call_has_the_keys_of_the_description(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    found = as_alice.call("Contact", "get", first_name="Alice", last_name="Roberts", version=3)
    assert {key: found[key] for key in ("is_error", "version", "count")} == {
        "is_error": 0,
        "version": 3,
        "count": 1,
    }
    assert list(found["values"]) == [str(contact_id)]


def test_a_failed_call_has_the_keys_of_the_description(as_alice: Caller) -> None:
    failed = as_alice.call("Contact", "create")
    assert failed == {
        "fields": ["contact_type"],
        "error_code": "mandatory_missing",
        "entity": "Contact",
        "action": "create",
        "is_error": 1,
        "error_message": "Mandatory key(s) missing from params array: contact_type",
    }
