"""Records named by calls: joins over places, unknown tags and tables, lists by their names."""

from tests.dialects.civicrm.calling import Caller


def test_fields_of_the_state_and_country_are_joined(as_ada: Caller) -> None:
    ann = as_ada.person()
    place = {"contact_id": ann, "country_id": "US", "state_province_id": "CA"}
    as_ada.make("Address", **place)
    wanted = "state_province_id.name,country_id.iso_code"

    for entity, params in (("Address", {"contact_id": ann}), ("Contact", {"id": ann})):
        found = as_ada.ok(entity, "getsingle", {**params, "return": wanted})
        assert found["state_province_id.name"] == "California"
        assert found["country_id.iso_code"] == "US"


def test_unknown_tags_and_tables_are_refused(as_ada: Caller) -> None:
    ann = as_ada.person()
    failed = as_ada.call("EntityTag", "create", contact_id=ann, tag_id=99999)
    assert failed["error_message"] == "tag_id is not valid : 99999"

    note = {"entity_table": "civicrm_foo", "entity_id": ann, "note": "x"}
    failed = as_ada.call("Note", "create", note)
    assert failed["error_message"] == ("'civicrm_foo' is not a valid option for field entity_table")


def test_missing_ends_of_a_membership_are_named_in_order(as_ada: Caller) -> None:
    assert as_ada.call("GroupContact", "create", {})["error_message"] == (
        "Mandatory key(s) missing from params array: group_id, contact_id"
    )


def test_lists_of_options_are_known_by_the_name_they_were_given(as_ada: Caller) -> None:
    made = as_ada.make("OptionGroup", name="our Option Group")
    assert as_ada.ok("OptionGroup", "get", name="our Option Group")["id"] == made
    as_ada.make("OptionValue", option_group_id="our Option Group", label="One")
    found = as_ada.ok("OptionValue", "getcount", option_group_id="our Option Group")
    assert found["result"] == 1


def test_defaults_are_described(as_ada: Caller) -> None:
    for entity, field in (("Group", "is_active"), ("Email", "location_type_id")):
        found = as_ada.ok(entity, "getfields", {"action": "create"})["values"]
        assert found[field]["api.default"] == 1


def test_a_join_leads_to_what_a_choice_says_of_itself(as_ada: Caller) -> None:
    ann = as_ada.person("Ann", gender_id="Female", prefix_id="Mrs.")
    as_ada.person("Bob", gender_id="Male")
    as_ada.make("Email", contact_id=ann, email="ann@x.org")

    asked = {"contact_id.gender_id.label": "Female", "return": "contact_id.gender_id.label"}
    assert as_ada.ok("Email", "getsingle", asked)["contact_id.gender_id.label"] == "Female"
    assert as_ada.ok("Contact", "getvalue", {"gender_id.name": "Female", "return": "id"}) == {
        "is_error": 0,
        "result": str(ann),
    }
    told = as_ada.ok("Contact", "getsingle", {"id": ann, "return": "prefix_id.label"})
    assert told["prefix_id.label"] == "Mrs."
    assert as_ada.ok("Contact", "getcount", {"gender_id.label": "Nothing"})["result"] == 0
