"""The choices that getoptions offers for fields that have no list of their own."""

from typing import Any

import pytest

from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import values


@pytest.mark.parametrize(
    ("entity", "field", "some"),
    [
        ("Contact", "contact_type", {"Individual": "Individual", "Household": "Household"}),
        ("Contact", "contact_sub_type", {"Student": "Student"}),
        ("Email", "on_hold", {"0": "No", "1": "On Hold Bounce", "2": "On Hold Opt Out"}),
        ("Group", "visibility", {"Public Pages": "Public Pages"}),
        ("Group", "group_type", {"1": "Access Control", "2": "Mailing List"}),
        ("GroupContact", "status", {"Added": "Added", "Pending": "Pending", "Removed": "Removed"}),
        ("Relationship", "relationship_type_id", {"5": "Employee of"}),
        ("Relationship", "is_permission_a_b", {"0": "None"}),
        ("RelationshipType", "contact_type_a", {"Organization": "Organization"}),
        ("Tag", "used_for", {"civicrm_contact": "Contacts"}),
        ("Note", "privacy", {"0": "None", "1": "Author Only"}),
        ("Address", "state_province_id", {"1004": "California"}),
        ("CustomGroup", "extends", {"Activity": "Activity"}),
        ("CustomField", "data_type", {"Money": "Money"}),
        ("Activity", "medium_id", {"2": "Phone"}),
        ("Contact", "preferred_language", {"en_US": "English (United States)"}),
        ("Contact", "communication_style_id", {"1": "Formal", "2": "Familiar"}),
        ("EntityTag", "entity_table", {"civicrm_contact": "Contacts"}),
        ("Note", "entity_table", {"civicrm_contact": "Contacts"}),
    ],
)
def test_fields_offer_their_choices(
    as_ada: Caller, entity: str, field: str, some: dict[str, str]
) -> None:
    offered: dict[str, Any] = as_ada.ok(entity, "getoptions", field=field)["values"]

    assert some.items() <= offered.items()


def test_groups_and_tags_are_choices(as_ada: Caller) -> None:
    group, tag = as_ada.make("Group", title="Rowers"), as_ada.make("Tag", name="VIP")

    groups = as_ada.ok("GroupContact", "getoptions", field="group_id")["values"]
    tags = as_ada.ok("EntityTag", "getoptions", field="tag_id")["values"]
    assert (groups[str(group)], tags[str(tag)]) == ("Rowers", "VIP")


def test_the_states_are_those_of_the_country(as_ada: Caller) -> None:
    offered = as_ada.ok("Address", "getoptions", field="state_province_id", country_id="CA")

    assert "Ontario" in offered["values"].values()
    assert "California" not in offered["values"].values()


def test_the_states_are_abbreviated_where_that_is_asked_for(as_ada: Caller) -> None:
    asked = {"field": "state_province_id", "country_id": 1228, "context": "abbreviate"}

    assert as_ada.ok("Address", "getoptions", asked)["values"]["1004"] == "CA"


def test_options_are_of_the_lists_that_there_are(as_ada: Caller) -> None:
    offered = as_ada.ok("OptionValue", "getoptions", field="option_group_id")["values"]
    gender = as_ada.ok("OptionGroup", "getvalue", {"name": "gender", "return": "id"})["result"]

    assert offered[gender] == "Gender"


def test_a_field_without_choices_says_so(as_ada: Caller) -> None:
    refused = as_ada.call("Contact", "getoptions", field="first_name")

    assert refused["error_message"] == "The field 'first_name' has no associated option list."


def test_machine_names_are_those_of_the_original(as_ada: Caller) -> None:
    offered = as_ada.ok("Activity", "getoptions", field="status_id", context="validate")["values"]

    assert (offered["2"], offered["8"]) == ("Completed", "No-show")


def test_debug_names_what_means_nothing(as_ada: Caller) -> None:
    answer = as_ada.ok("Contact", "get", {"debug": 1, "foo": 2, "first_name": "x", "return": "id"})

    assert answer["undefined_fields"] == ["foo"]


def test_states_go_by_every_side_in_version_4(as_alice: Caller) -> None:
    person = as_alice.person()
    for state, country, sides in (
        ({"state_province_id:abbr": "CA"}, "US", ("California", "California", "CA")),
        ({"state_province_id:name": "Ontario"}, "CA", ("Ontario", "Ontario", "ON")),
    ):
        place = {"contact_id": person, "city": "There", "country_id:abbr": country, **state}
        made = values(as_alice, "Address/create", {"values": place})[0]["id"]
        names = tuple(f"state_province_id:{side}" for side in ("name", "label", "abbr"))
        asked = {"select": list(names), "where": [["id", "=", made]]}
        (found,) = values(as_alice, "Address/get", asked)
        assert tuple(found[name] for name in names) == sides
        (name, text), *_none = state.items()
        told = {"select": ["id"], "where": [[name, "=", text], ["contact_id", "=", person]]}
        assert [each["id"] for each in values(as_alice, "Address/get", told)] == [made]
