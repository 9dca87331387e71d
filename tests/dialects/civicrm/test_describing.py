"""Descriptions: getfields, getoptions, getactions, getlist, validate, setvalue, update."""

import json
from typing import Any

import pytest
from django.test import Client

from api.civicrm.kernel import civi_api
from api.civicrm.openapi import DESCRIPTION
from contacts.access import system_actor
from tests.builders import make_custom_field
from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db


def test_fields_of_get_and_of_create_have_their_own_names(as_alice: Caller) -> None:
    reading = as_alice.ok("Contact", "getfields")["values"]
    writing = as_alice.ok("Contact", "getfields", api_action="create")["values"]
    assert {"contact_source", "contact_is_deleted", "current_employer_id"} <= reading.keys()
    assert {"source", "is_deleted", "employer_id"} <= writing.keys()
    assert not {"source", "is_deleted"} & reading.keys()
    first_name = writing["first_name"]
    assert first_name["name"] == "first_name"
    assert (first_name["type"], first_name["maxlength"]) == (2, 64)
    assert first_name["html"]["type"] == "Text"
    assert writing["contact_type"]["api.required"] == 1
    assert writing["gender_id"]["pseudoconstant"]["optionGroupName"] == "gender"
    assert writing["employer_id"]["FKApiName"] == "Contact"
    types = {name: writing[name]["type"] for name in ("birth_date", "is_deceased", "employer_id")}
    assert types == {"birth_date": 4, "is_deceased": 16, "employer_id": 1}


def test_custom_fields_are_described(as_alice: Caller) -> None:
    record = make_custom_field("Colour", options=("Red",))
    name = f"custom_{record.pk}"
    found = as_alice.ok("Contact", "getfield", {"name": name, "action": "create"})["values"]
    assert (found["label"], found["data_type"], found["html_type"]) == (
        "Colour",
        "String",
        "Select",
    )
    assert found["custom_field_id"] == str(record.pk)


def test_options_come_with_the_fields_that_ask_for_them(as_alice: Caller) -> None:
    asked = {"options": {"get_options": "gender_id"}}
    fields = as_alice.ok("Contact", "getfields", asked)["values"]
    assert fields["gender_id"]["options"] == {"1": "Female", "2": "Male", "3": "Other"}
    assert "options" not in fields["prefix_id"]


@pytest.mark.parametrize(
    ("params", "first"),
    [
        ({"field": "prefix_id"}, ["1", "Mrs."]),
        ({"field": "prefix_id", "sequential": 1}, {"key": 1, "value": "Mrs."}),
        ({"field": "country_id", "context": "validate"}, ["1001", "AF"]),
        ({"field": "is_deceased"}, ["1", "Yes"]),
    ],
)
def test_options_of_a_field(params: dict[str, Any], first: Any, as_alice: Caller) -> None:
    values = as_alice.ok("Contact", "getoptions", params)["values"]
    found = values[0] if isinstance(values, list) else list(next(iter(values.items())))
    assert found == first


def test_a_field_that_is_not_there_has_no_options(as_alice: Caller) -> None:
    failed = as_alice.call("Contact", "getoptions", field="bogus")
    assert failed == {"is_error": 1, "error_message": "The field 'bogus' doesn't exist."}


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("getoptions", ["field", "context"]),
        ("getactions", []),
        ("getunique", []),
        ("getfield", ["name", "action"]),
        ("setvalue", ["field", "id", "value"]),
        ("delete", ["id"]),
        ("getrefcount", ["id"]),
        ("merge", ["to_remove_id", "to_keep_id"]),
    ],
)
def test_actions_that_are_not_about_fields_tell_their_own_parameters(
    action: str, names: list[str], as_alice: Caller
) -> None:
    found = as_alice.ok("Contact", "getfields", {"action": action})["values"]
    assert list(found) == names


def test_actions_about_fields_tell_those_of_reading_or_of_writing(as_alice: Caller) -> None:
    def told(action: str) -> Any:
        return as_alice.ok("Contact", "getfields", {"action": action})["values"]

    assert told("getcount") == told("getsingle") == told("getvalue") == told("get")
    assert told("replace").keys() == told("update").keys() == told("create").keys()
    assert "api.required" not in told("replace")["contact_type"]
    assert told("update")["id"]["api.required"] == 1
    assert {"page_num", "input", "params", "extra"} <= told("getlist").keys()
    asked = {"action": "getoptions", "options": {"get_options": "all"}}
    choices = as_alice.ok("Contact", "getfields", asked)["values"]
    assert choices["field"]["options"]["gender_id"] == "Gender"
    assert "match" in choices["context"]["options"]


def test_options_are_told_for_a_purpose(as_alice: Caller) -> None:
    def told(context: str) -> Any:
        asked = {"field": "prefix_id", "context": context}
        return as_alice.ok("Contact", "getoptions", asked)["values"]

    labels = told("get")
    assert told("create") == told("search") == told("abbreviate") == labels
    assert list(told("match").values()) == list(labels.values())
    assert list(told("match")) == list(told("validate").values())
    failed = as_alice.call("Contact", "getoptions", field="prefix_id", context="bogus")
    assert failed["error_message"] == "'bogus' is not a valid context for buildOptions."


def test_what_points_to_a_record_is_counted(as_ada: Caller) -> None:
    contact = as_ada.person(email="a@x.org", gender_id="Female")
    tag = as_ada.make("Tag", name="Counted")
    as_ada.ok("EntityTag", "create", contact_id=contact, tag_id=tag)
    assert as_ada.ok("Tag", "getrefcount", id=tag)["values"] == [
        {
            "name": "sql:civicrm_entity_tag:tag_id",
            "type": "sql",
            "table": "civicrm_entity_tag",
            "key": "tag_id",
            "count": 1,
        }
    ]
    place = as_ada.ok("LocationType", "getrefcount", id=1)["values"]
    assert [each["table"] for each in place] == ["civicrm_email"]
    asked = {"option_group_id": "gender", "label": "Female"}
    female = as_ada.ok("OptionValue", "getsingle", asked)["id"]
    (of_female,) = as_ada.ok("OptionValue", "getrefcount", id=female)["values"]
    assert (of_female["name"], of_female["count"]) == ("sql:civicrm_contact:gender_id", 1)
    assert as_ada.ok("Tag", "getrefcount", id=999999)["values"] == []
    assert as_ada.call("Tag", "getrefcount")["fields"] == ["id"]


def test_actions_are_listed_in_order(as_alice: Caller) -> None:
    actions = as_alice.ok("Contact", "getactions")["values"]
    assert actions == sorted(actions)
    assert {"get", "create", "delete", "getlist", "replace", "duplicatecheck"} <= set(actions)


def test_a_list_for_choosing_has_labels_and_pages(as_alice: Caller) -> None:
    for number in range(17):
        as_alice.person(f"N{number:02}", "Listed", email=f"n{number}@listed.org")
    first = as_alice.ok("Contact", "getlist", input="listed")
    assert (first["count"], first["page_num"], first["more_results"]) == (15, 1, True)
    assert first["values"][0] == {
        "id": first["values"][0]["id"],
        "label": "Listed, N00",
        "description": ["n0@listed.org"],
        "icon_class": "Individual",
    }
    second = as_alice.ok("Contact", "getlist", input="listed", page_num=2)
    assert (second["count"], second["more_results"]) == (2, False)
    by_email = as_alice.ok("Contact", "getlist", input="n16@")
    assert [each["label"] for each in by_email["values"]] == ["Listed, N16"]
    contact_id = first["values"][3]["id"]
    by_id = as_alice.ok("Contact", "getlist", input=contact_id)["values"][0]
    assert (by_id["id"], by_id["description"][0]) == (contact_id, f"ID: {contact_id}")
    looked_up = as_alice.ok("Contact", "getlist", id=f"{contact_id},{first['values'][0]['id']}")
    assert [each["id"] for each in looked_up["values"]] == [contact_id, first["values"][0]["id"]]
    assert "more_results" not in looked_up


def test_validate_says_what_create_would(as_alice: Caller) -> None:
    wrong = as_alice.ok("Contact", "validate", {"action": "create"})["values"]
    message = "Mandatory key(s) missing from params array: contact_type"
    assert wrong == [{"contact_type": {"message": message, "code": "mandatory_missing"}}]
    right = {"action": "create", "contact_type": "Individual", "first_name": "A"}
    assert as_alice.ok("Contact", "validate", right)["values"] == [[]]


def test_validate_tells_of_each_field_what_is_wrong_with_it(as_alice: Caller) -> None:
    wrong = {"action": "create", "contact_type": "Nope", "birth_date": "notadate"}
    (faults,) = as_alice.ok("Contact", "validate", wrong)["values"]
    assert faults == {
        "contact_type": {
            "message": "'Nope' is not a valid option for field contact_type",
            "code": "incorrect_value",
        },
        "birth_date": {
            "message": "birth_date is not a valid date: notadate",
            "code": "incorrect_value",
        },
    }
    (faults,) = as_alice.ok("Email", "validate", {"action": "create"})["values"]
    assert {name: fault["message"] for name, fault in faults.items()} == {
        name: f"Mandatory key(s) missing from params array: {name}"
        for name in ("contact_id", "email")
    }


def test_a_single_value_tells_its_key_as_id(as_alice: Caller) -> None:
    assert as_alice.ok("Email", "getfields", {"action": "delete"})["id"] == "id"
    assert as_alice.ok("Contact", "validate", {"action": "create"})["id"] == 0
    assert "id" not in as_alice.ok("Contact", "getactions")


def test_one_value_is_set(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    assert as_alice.call("Contact", "setvalue", id=contact_id, field="first_name", value="Al") == {
        "is_error": 0,
        "version": 3,
        "count": 2,
        "id": contact_id,
        "values": {"id": str(contact_id), "first_name": "Al"},
    }
    failed = as_alice.call("Contact", "setvalue", id=contact_id, field="bogus", value="x")
    assert failed["error_message"] == (
        "Param 'field' (bogus) is invalid. must be an existing field"
    )
    assert failed["error_code"] == "invalid_field"
    assert "first_name" in failed["fields"]
    failed = as_alice.call("Contact", "setvalue", id="x", field="first_name", value="x")
    assert (failed["error_message"], failed["error_code"]) == ("Please enter a number", "NaN")


def test_an_update_needs_a_record(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    as_alice.ok("Contact", "update", id=contact_id, first_name="Al")
    assert as_alice.call("Contact", "update", first_name="x") == {
        "is_error": 1,
        "error_message": "Mandatory parameter missing id",
    }
    failed = as_alice.call("Contact", "update", id=999_999, first_name="x")
    assert failed["error_message"] == "No Contact with id 999999"


def test_a_value_is_read_alone(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    read = {"id": contact_id, "return": "first_name"}
    assert as_alice.call("Contact", "getvalue", read) == {"is_error": 0, "result": "Alice"}
    failed = as_alice.call("Contact", "getvalue", {"id": contact_id, "return": "nope"})
    assert failed == {
        "invalid_field": "nope",
        "is_error": 1,
        "error_message": "field nope unset or not existing",
    }
    failed = as_alice.call("Contact", "getvalue", {"id": contact_id})
    assert failed["missing_param"] == "return"
    failed = as_alice.call("Contact", "getvalue", {"id": 0, "return": "id"})
    assert failed["error_message"] == "Expected one Contact but found 0"


def test_a_single_of_many_tells_how_many_of_the_page(as_alice: Caller) -> None:
    for number in range(27):
        as_alice.person(f"N{number}", "Many")
    failed = as_alice.call("Contact", "getsingle", last_name="Many")
    assert failed["error_message"] == "Expected one Contact but found 25"
    failed = as_alice.call("Contact", "getsingle", last_name="Many", options={"limit": 2})
    assert (failed["error_message"], failed["count"]) == ("Expected one Contact but found 2", 2)
    counted = {"last_name": "Many", "options": {"limit": 2, "offset": 20}}
    assert as_alice.ok("Contact", "getcount", counted)["result"] == 27
    assert as_alice.ok("Contact", "get", last_name="Many")["count"] == 25
    for params in (
        {"options": {"limit": 0}},
        {"option.limit": 0},
        {"option_limit": "0"},
        {"rowCount": 0},
        {"options": {"limit": -1}},
        {"options": '{"limit":0}'},
    ):
        assert as_alice.ok("Contact", "get", {"last_name": "Many", **params})["count"] == 27


def test_shapes_of_old_versions_that_still_count(as_alice: Caller) -> None:
    new = {"contact_type": "Individual", "first_name": "A"}
    only = as_alice.call("Contact", "create", {**new, "format.only_id": 1})
    assert only.keys() == {"is_error", "result"}
    assert as_alice.call("Contact", "create", {**new, "format.is_success": 1})["result"] == 1


def test_programs_read_the_entities_in_the_documentation(client: Client, db: None) -> None:
    document = json.loads(client.get("/docs/civicrm/openapi.json").content)
    contact = document["components"]["schemas"]["Contact"]
    assert "duplicatecheck" in contact["x-actions"]
    assert contact["properties"]["first_name"]["maxLength"] == 64
    assert contact["properties"]["contact_source"]["x-written-as"] == "source"
    assert document["components"]["schemas"]["Email"]["required"] == ["contact_id", "email"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({*DESCRIPTION.schemas} - {"Result"}))
def test_the_documentation_says_of_an_entity_what_the_kernel_says(name: str) -> None:
    actor, schema = system_actor("civicrm"), DESCRIPTION.schemas[name]
    created = civi_api(name, "getfields", {"api_action": "create"}, actor)["values"]

    assert sorted(schema["x-actions"]) == civi_api(name, "getactions", {}, actor)["values"]
    required = {key for key, field in created.items() if field.get("api.required")}
    assert required == {*schema.get("required", ())}
    read = civi_api(name, "getfields", {"api_action": "get"}, actor)["values"]
    assert {*read} == {*schema["properties"]}
    told = {key: _told(field) for key, field in read.items()}
    assert told == {key: _listed(field) for key, field in schema["properties"].items()}


def _told(field: dict[str, Any]) -> tuple[Any, ...]:
    """Return what `getfields` says of the values of a field."""
    return field["type"], field["title"], field.get("maxlength"), field.get("FKApiName")


def _listed(field: dict[str, Any]) -> tuple[Any, ...]:
    """Return the same as the documentation says it."""
    said = (field["x-type"], field["description"])
    return (*said, field.get("maxLength"), field.get("x-entity"))


def test_the_documentation_has_the_entities_that_there_are(as_alice: Caller) -> None:
    listed = as_alice.ok("Entity", "get")["values"]
    assert listed == sorted({*DESCRIPTION.schemas} - {"Result"})


def test_the_options_of_documented_lists_can_be_asked_for(as_alice: Caller) -> None:
    for name in ("Contact", "Email", "Phone", "Activity", "Relationship", "Website"):
        for field, said in DESCRIPTION.schemas[name]["properties"].items():
            if "x-options" in said:
                asked = {"field": said.get("x-written-as", field)}
                assert as_alice.ok(name, "getoptions", asked)["count"], (name, field)
