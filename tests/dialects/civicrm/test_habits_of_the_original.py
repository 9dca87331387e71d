"""What the original does beside the call: names, ties, shares, the order of small tables."""

import pytest

from tests.dialects.civicrm.calling import Caller


def test_a_call_that_only_asks_for_success_is_told_of_failure(as_alice: Caller) -> None:
    asked = {"id": 500_000, "format.is_success": 1}
    assert as_alice.call("Contact", "create", asked) == {"is_error": 0, "result": 0}
    assert as_alice.ok("Contact", "get", asked) == {"is_error": 0, "result": 1}
    failed = {"first_name": "Kept", "contact_type": "Individual", "api.Email.create": {}}
    as_alice.call("Contact", "create", {**failed, "format.is_success": 1})
    assert as_alice.ok("Contact", "getcount", first_name="Kept")["result"] == 0


def test_one_address_of_a_contact_gets_bulk_mail(as_alice: Caller) -> None:
    person = as_alice.person()
    first, second = (
        as_alice.make("Email", contact_id=person, email=f"{name}@x.org", is_bulkmail=1)
        for name in "ab"
    )
    asked = {"contact_id": person, "is_bulkmail": 1}
    assert as_alice.ok("Email", "get", asked)["id"] == second
    as_alice.ok("Email", "create", id=first, is_bulkmail=1)
    assert as_alice.ok("Email", "get", asked)["id"] == first


def test_people_who_share_an_address_are_tied_to_its_owner(as_ada: Caller) -> None:
    person = as_ada.person()
    for kind, name, tie in (
        ("Household", "household_name", "Household Member of"),
        ("Organization", "organization_name", "Employee of"),
    ):
        owner = as_ada.make("Contact", **{"contact_type": kind, name: "Smiths"})
        master = as_ada.make("Address", contact_id=owner, street_address="1 Main St")
        shared = as_ada.make("Address", contact_id=person, master_id=master)
        as_ada.ok("Address", "create", id=shared, master_id=master)
        asked = {"contact_id_a": person, "contact_id_b": owner}
        found = as_ada.ok("Relationship", "get", asked, **{})["values"]
        assert len(found) == 1
        named = {**asked, "relationship_type_id": tie}
        assert as_ada.ok("Relationship", "getcount", named)["result"] == 1
    shown = as_ada.ok("Contact", "getsingle", {"id": person})
    assert (shown["current_employer"], shown["organization_name"]) == ("Smiths", "Smiths")


def test_organizations_that_share_an_address_are_not_tied(as_ada: Caller) -> None:
    first, second = (
        as_ada.make("Contact", contact_type="Organization", organization_name=name)
        for name in ("A", "B")
    )
    master = as_ada.make("Address", contact_id=first, street_address="1 Main St")
    as_ada.make("Address", contact_id=second, master_id=master)
    assert as_ada.ok("Relationship", "getcount", contact_id=second)["result"] == 0


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("preferred_language", "fr_FR", "fr_FR"),
        ("preferred_language", "French (France)", "fr_FR"),
        ("preferred_language", "xx", "xx"),
        ("communication_style_id", "formal", "1"),
        ("communication_style_id", 2, "2"),
    ],
)
def test_languages_and_styles_go_by_their_names(
    field: str, given: object, kept: str, as_alice: Caller
) -> None:
    person = as_alice.person(**{field: given})
    shown = as_alice.ok("Contact", "getsingle", {"id": person, "return": field})
    assert shown[field] == kept
    failed = as_alice.call("Contact", "create", {"id": person, field: "no such thing"})
    assert failed["error_message"] == f"'no such thing' is not a valid option for field {field}"


def test_small_tables_are_listed_by_id_and_leave_empty_fields_out(as_ada: Caller) -> None:
    asked = {"sequential": 1, "return": "name,description", "options": {"limit": 0}}
    found = as_ada.ok("OptionGroup", "get", asked)["values"]
    ids = [int(row["id"]) for row in found]
    assert ids == sorted(ids)
    assert "" not in [value for row in found for value in row.values()]


def test_ends_of_ranges_are_parameters_of_their_own(as_alice: Caller) -> None:
    as_alice.person()
    for name, limit, count in (
        ("created_date_low", "2020-01-01", 1),
        ("created_date_high", "2020-01-01", 0),
        ("modified_date_low", "+1 day", 0),
        ("modified_date_high", "+1 day", 1),
    ):
        asked = {"first_name": "Alice", name: limit}
        assert as_alice.ok("Contact", "getcount", asked)["result"] == count, name


def test_names_of_custom_fields_keep_their_letters(as_ada: Caller) -> None:
    as_ada.make("CustomGroup", title="Sizes", extends="Individual")
    field = as_ada.make("CustomField", custom_group_id="Sizes", name="ShoeSIZE", label="Shoes")
    as_ada.ok("CustomField", "create", id=field, label="Boots")
    asked = {"custom_group_id": "Sizes", "return": "name"}
    assert as_ada.ok("CustomField", "getsingle", asked)["name"] == "ShoeSIZE"
    taken = {"custom_group_id": "Sizes", "name": "shoesize", "label": "Other"}
    assert as_ada.call("CustomField", "create", taken)["is_error"] == 1
    unknown = as_ada.call("CustomField", "get", custom_group_id="Nope")
    assert unknown["error_message"] == "'Nope' is not a valid option for field custom_group_id"


def test_types_of_ties_go_by_the_labels_that_are_shown(as_alice: Caller) -> None:
    assert as_alice.ok("RelationshipType", "get", label_a_b="Employee of")["id"] == 5
    found = as_alice.ok("RelationshipType", "getlist", input="Employ")["values"]
    assert [row["label"] for row in found] == ["Employee of"]


def test_names_of_results_go_through_four_records_at_most(as_alice: Caller) -> None:
    name = "a.b.c.d.e.f"
    message = f"Maximum number of joins exceeded in parameter {name}"
    for asked in ({name: 1}, {"return": name}, {"options": {"sort": name}}):
        assert as_alice.call("Email", "get", asked)["error_message"] == message


def test_contacts_are_found_by_the_ids_of_their_primary_channels(as_alice: Caller) -> None:
    person, other = as_alice.person(email="a@x.org"), as_alice.person(email="b@x.org")
    for entity, name, values in (
        ("Phone", "phone_id", {"phone": "1"}),
        ("Address", "address_id", {"city": "Ghent", "address_name": "My house"}),
        ("Email", "email_id", {"email": "c@x.org", "is_primary": 1}),
    ):
        channel = as_alice.make(entity, contact_id=person, **values)
        assert as_alice.ok("Contact", "get", {name: channel})["id"] == person, name
        left = as_alice.ok("Contact", "getcount", {name: {"!=": channel}, "id": other})
        assert left["result"] == 1
    asked = {"id": person, "return": "address_name"}
    assert as_alice.ok("Contact", "getsingle", asked)["address_name"] == "My house"


def test_blanks_in_names_stand_for_anything(as_alice: Caller) -> None:
    as_alice.person("Sanford", "Blackwell")
    as_alice.make("Contact", contact_type="Household", household_name="Blackwell family")
    for name, count in (("Blackwell F", 2), ("F Blackwell", 0), ("Black_well F", 0)):
        assert as_alice.ok("Contact", "getcount", sort_name=name)["result"] == count, name


def test_people_without_names_are_called_by_their_primary_address(as_alice: Caller) -> None:
    chained = {"email": "garlic@x.org", "is_primary": 1}
    kind = {"contact_type": "Individual", "email": "onion@x.org"}
    person = as_alice.make("Contact", **{**kind, "api.Email.create": chained})
    shown = as_alice.ok("Contact", "getsingle", {"id": person})
    assert (shown["display_name"], shown["sort_name"]) == ("garlic@x.org", "garlic@x.org")


def test_names_end_where_the_columns_of_the_original_end(as_alice: Caller) -> None:
    person = as_alice.person("a" * 64, "b" * 64)
    shown = as_alice.ok("Contact", "getsingle", {"id": person})
    assert shown["display_name"] == f"{'a' * 64} {'b' * 63}"
    assert shown["sort_name"] == f"{'b' * 64}, {'a' * 62}"


def test_a_former_employer_stays_as_a_tie_that_is_switched_off(as_ada: Caller) -> None:
    first, second = (
        as_ada.make("Contact", contact_type="Organization", organization_name=name)
        for name in ("First", "Second")
    )
    person = as_ada.person(employer_id=first)
    as_ada.ok("Contact", "create", id=person, employer_id=second)
    states = _ties_of(as_ada, person)
    assert states == {first: "0", second: "1"}
    as_ada.ok("Contact", "create", id=person, employer_id=first)
    assert _ties_of(as_ada, person) == {first: "1", second: "0"}


def test_naming_an_employer_again_switches_its_tie_on(as_ada: Caller) -> None:
    person = as_ada.person(current_employer="New Org")
    tie = as_ada.ok("Relationship", "get", contact_id_a=person)["id"]
    as_ada.ok("Relationship", "create", id=tie, is_active=0)
    assert as_ada.ok("Contact", "getvalue", {"id": person, "return": "current_employer"})
    as_ada.ok("Contact", "create", id=person, current_employer="New Org")
    found = as_ada.ok("Relationship", "get", contact_id_a=person)
    assert (found["id"], found["values"][str(tie)]["is_active"]) == (tie, "1")


def _ties_of(caller: Caller, person: int) -> dict[int, str]:
    found = caller.ok("Relationship", "get", contact_id_a=person, sequential=1)["values"]
    return {int(row["contact_id_b"]): row["is_active"] for row in found}


def test_not_null_is_said_in_a_short_way_too(as_alice: Caller) -> None:
    as_alice.person(nick_name="Al")
    as_alice.person()
    for operator in ("NOT NULL", "NULL"):
        asked = {"first_name": "Alice", "nick_name": {operator: 1}}
        assert as_alice.ok("Contact", "getcount", asked)["result"] == 1


def test_names_of_an_activitys_contacts_come_with_their_ids(as_alice: Caller) -> None:
    source, target = as_alice.person("D", "Bug"), as_alice.person("A", "Cat")
    made = {"activity_type_id": 1, "source_contact_id": source, "target_contact_id": target}
    activity = as_alice.make("Activity", **made)
    wanted = ["source_contact_name", "target_contact_name"]
    found = as_alice.ok("Activity", "getsingle", {"id": activity, "return": wanted})
    assert (found["source_contact_id"], found["source_contact_name"]) == (str(source), "D Bug")
    assert found["target_contact_id"] == [str(target)]
    assert found["target_contact_name"] == {str(target): "A Cat"}


def test_names_of_options_keep_their_blanks(as_ada: Caller) -> None:
    name = "Test activity type"
    option = {"option_group_id": "activity_type", "name": name, "label": name, "value": 9999}
    made = as_ada.ok("OptionValue", "create", option)
    assert made["values"][str(made["id"])]["name"] == name
    activity = as_ada.make("Activity", activity_type_id=name, subject="x")
    found = as_ada.ok("Activity", "getsingle", {"id": activity, "return": "activity_type_id"})
    assert found["activity_type_id"] == "9999"
    place = as_ada.ok("LocationType", "create", name="New Location Type 2")
    assert place["values"][str(place["id"])]["name"] == "New Location Type 2"


def test_parts_of_a_street_that_are_too_long_are_named(as_alice: Caller) -> None:
    asked = {"contact_id": as_alice.person(), "street_number_suffix": "really long"}
    failed = as_alice.call("Address", "create", asked)
    assert (failed["error_code"], failed["field"]) == (2100, "street_number_suffix")


def test_contacts_in_custom_fields_are_called_as_lists_order_them(as_ada: Caller) -> None:
    group = as_ada.make("CustomGroup", title="Facts", extends="Individual")
    kind = {"data_type": "ContactReference", "html_type": "Autocomplete-Select"}
    field = as_ada.make("CustomField", custom_group_id=group, label="Friend", **kind)
    friend = as_ada.person("Anthony", "Anderson")
    person = as_ada.person(**{f"custom_{field}": friend})
    shown = as_ada.ok("Contact", "getsingle", {"id": person, "return": f"custom_{field}"})
    assert shown[f"custom_{field}"] == "Anderson, Anthony"
    assert shown[f"custom_{field}_id"] == str(friend)


def test_the_status_of_an_activity_has_a_longer_name_too(as_alice: Caller) -> None:
    made = {"activity_type_id": 1, "activity_status_id": "Completed"}
    activity = as_alice.make("Activity", **made)
    assert as_alice.ok("Activity", "get", activity_status_id=2)["id"] == activity
    failed = as_alice.call("Activity", "create", {**made, "activity_status_id": "Invalid"})
    assert failed["error_message"] == "'Invalid' is not a valid option for field status_id"
