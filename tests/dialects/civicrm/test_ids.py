"""Ids: by their longer names, and what is none of them, the same for every entity."""

import pytest

from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("entity", "alias"),
    [
        ("LocationType", "location_type_id"),
        ("Country", "country_id"),
        ("OptionValue", "option_value_id"),
        ("RelationshipType", "relationship_type_id"),
        ("ContactType", "contact_type_id"),
    ],
)
def test_a_record_is_found_by_the_longer_name_of_its_id(
    entity: str, alias: str, as_ada: Caller
) -> None:
    wanted = list(as_ada.ok(entity, "get", options={"limit": 3})["values"])[-1]
    assert list(as_ada.ok(entity, "get", {alias: wanted})["values"]) == [wanted]
    assert as_ada.ok(entity, "getsingle", {alias: wanted})["id"] == wanted
    assert alias in as_ada.ok(entity, "getfields")["values"]["id"]["api.aliases"]


@pytest.mark.parametrize("entity", ["Email", "Tag", "LocationType", "Country", "OptionGroup"])
def test_what_is_no_number_is_no_id(entity: str, as_ada: Caller) -> None:
    for asked in ("chimichangas", "1,2", {"IN": ["x"]}):
        failed = as_ada.call(entity, "get", {"id": asked})
        assert failed["error_message"] == "id is not a valid integer"
    assert as_ada.ok(entity, "get", {"id": 99999999})["values"] == []


def test_records_are_changed_and_deleted_by_the_longer_name(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="a@x.org")
    (email,) = as_alice.ok("Email", "get", contact_id=contact_id)["values"]
    changed = as_alice.ok("Email", "create", email_id=email, email="b@x.org")
    assert (changed["id"], changed["values"][email]["email"]) == (int(email), "b@x.org")
    assert as_alice.ok("Email", "delete", email_id=email)["values"] == 1
    assert as_alice.ok("Email", "getcount", contact_id=contact_id)["result"] == 0
