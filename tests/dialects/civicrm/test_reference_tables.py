"""Countries, states, option lists and what else there is to choose from, from the wire."""

import pytest

from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db


def test_countries_have_the_numbers_that_clients_store(as_bob: Caller) -> None:
    (belgium,) = as_bob.ok("Country", "get", iso_code="BE", sequential=1)["values"]
    assert (belgium["id"], belgium["name"]) == ("1020", "Belgium")
    assert as_bob.ok("Country", "getvalue", {"id": 1228, "return": "iso_code"})["result"] == "US"
    assert as_bob.call("Country", "getcount")["result"] == 250
    assert len(as_bob.ok("Country", "get", sequential=1)["values"]) == 25
    found = as_bob.ok("Country", "getlist", input="Bel")["values"]
    assert {"Belgium", "Belarus", "Belize"} <= {each["label"] for each in found}


def test_states_are_found_within_their_country(as_bob: Caller) -> None:
    states = {"country_id": "US", "abbreviation": "CA"}
    (california,) = as_bob.ok("StateProvince", "get", {**states, "sequential": 1})["values"]
    assert (california["id"], california["name"]) == ("1004", "California")
    joined = {"id": 1004, "return": "name,country_id.iso_code"}
    assert as_bob.ok("StateProvince", "getsingle", joined)["country_id.iso_code"] == "US"
    assert as_bob.call("StateProvince", "getcount", {"country_id.iso_code": "US"})["result"] == 60


def test_places_of_addresses_are_five_and_home_is_the_default(as_bob: Caller) -> None:
    places = as_bob.ok("LocationType", "get", sequential=1)["values"]
    assert [(each["id"], each["name"]) for each in places] == [
        *(("1", "Home"), ("2", "Work"), ("3", "Main"), ("4", "Other"), ("5", "Billing")),
    ]
    assert [each["id"] for each in places if each["is_default"] == "1"] == ["1"]


def test_new_place_is_used_by_its_number(as_ada: Caller, as_bob: Caller) -> None:
    assert as_bob.call("LocationType", "create", name="Vacation")["error_code"] == "unauthorized"
    made = as_ada.ok("LocationType", "create", name="Vacation", display_name="On vacation")
    (place,) = made["values"].values()
    assert (place["name"], place["display_name"]) == ("Vacation", "On vacation")
    address = as_ada.make(
        "Address", contact_id=as_ada.person(), location_type_id=made["id"], city="Rome"
    )
    stored = as_ada.ok("Address", "getsingle", id=address)
    assert stored["location_type_id"] == str(made["id"])
    assert as_ada.call("LocationType", "delete", id=made["id"])["is_error"] == 1
    as_ada.ok("Address", "delete", id=address)
    assert as_ada.ok("LocationType", "delete", id=made["id"])["values"] == 1


def test_lists_of_options_go_by_the_names_of_the_original(as_bob: Caller) -> None:
    for name in (
        *("gender", "individual_prefix", "individual_suffix", "phone_type", "website_type"),
        *("activity_type", "activity_status", "priority", "preferred_communication_method"),
        "languages",
    ):
        (group,) = as_bob.ok("OptionGroup", "get", name=name, sequential=1)["values"]
        options = as_bob.ok("OptionValue", "get", option_group_id=name, sequential=1)["values"]
        assert {each["option_group_id"] for each in options} == {group["id"]}
        by_join = {"option_group_id.name": name, "options": {"limit": 0}}
        assert as_bob.ok("OptionValue", "get", by_join)["count"] >= len(options)


def test_option_is_added_to_a_list_and_chosen(as_ada: Caller, as_bob: Caller) -> None:
    made = as_ada.ok("OptionValue", "create", option_group_id="gender", label="Diverse")
    (option,) = made["values"].values()
    assert (option["label"], option["value"], option["is_active"]) == ("Diverse", "4", "1")
    person = as_ada.person(gender_id="Diverse")
    assert as_ada.ok("Contact", "getsingle", id=person)["gender_id"] == "4"
    wrong = as_ada.call("OptionValue", "create", option_group_id="nope", label="x")
    assert wrong["error_message"] == "'nope' is not a valid option for field option_group_id"
    assert as_bob.call("OptionValue", "delete", id=option["id"])["error_code"] == "unauthorized"
    english = {"option_group_id": "languages", "name": "en_US", "return": "label"}
    assert as_ada.ok("OptionValue", "getvalue", english)["result"] == "English (United States)"


def test_new_list_takes_options(as_ada: Caller) -> None:
    group = as_ada.make("OptionGroup", name="colours", title="Colours")
    as_ada.make("OptionValue", option_group_id=group, label="Red", name="red", weight=2)
    (option,) = as_ada.ok("OptionValue", "get", option_group_id="colours", sequential=1)["values"]
    assert (option["label"], option["weight"]) == ("Red", "2")
    seventh = as_ada.make("OptionValue", option_group_id=group, label="Blue", value=7)
    assert as_ada.ok("OptionValue", "getvalue", {"id": seventh, "return": "value"})["result"] == "7"
    taken = as_ada.call("OptionValue", "create", option_group_id=group, label="Sky", value=7)
    assert taken["error_message"] == "DB Error: already exists"
    as_ada.ok("OptionValue", "delete", id=option["id"])
    assert as_ada.ok("OptionGroup", "delete", id=group)["values"] == 1
    assert as_ada.ok("OptionValue", "getcount", id=seventh)["result"] == 0


def test_types_of_contact_have_kinds_within_them(as_bob: Caller) -> None:
    types = as_bob.ok("ContactType", "get", sequential=1)["values"]
    names = [each["name"] for each in types if "parent_id" not in each]
    assert names == ["Individual", "Household", "Organization"]
    assert as_bob.call("ContactType", "getcount", {"parent_id.name": "Individual"})["result"] == 3


def test_entities_and_the_system_describe_themselves(as_ada: Caller, as_bob: Caller) -> None:
    names = as_bob.ok("Entity", "get")["values"]
    assert names == sorted(names)
    assert {"Activity", "EntityTag", "GroupContact", "CustomValue", "UFMatch"} <= set(names)
    # A list, whether it is asked for or not: that of PHP counts from 0.
    (system,) = as_ada.ok("System", "get")["values"]
    assert system["version"] == "6.14.0"
    assert as_ada.ok("System", "flush") == {"is_error": 0, "version": 3, "count": 1, "values": 1}
    assert as_ada.ok("System", "check")["values"] == []
    assert as_bob.call("System", "get")["error_code"] == "unauthorized"
    assert as_ada.ok("Setting", "getvalue", name="lcMessages")["result"] == "en_US"
    (domain,) = as_ada.ok("Domain", "get", sequential=1)["values"]
    assert (domain["id"], domain["from_email"] != "") == ("1", True)


def test_users_are_matched_with_their_contacts(as_ada: Caller) -> None:
    lacking = as_ada.call("User", "get")
    assert lacking["fields"] == ["contact_id"]
    assert as_ada.ok("UFMatch", "get")["is_error"] == 0
