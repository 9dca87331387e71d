"""Spellings that older clients use, and that the original still takes."""

import pytest

from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db


def test_groups_keep_the_names_that_they_are_given(as_alice: Caller) -> None:
    group = as_alice.make("Group", title="New Test Group", name="Test Group 1")
    found = as_alice.ok("Group", "getsingle", name="Test Group 1")
    assert (found["id"], found["name"]) == (str(group), "Test Group 1")


def test_groups_are_ticked_by_their_ids_or_titles(as_alice: Caller) -> None:
    ann, ben = as_alice.person(), as_alice.person("Ben")
    first, second = (as_alice.make("Group", title=title) for title in ("Donors", "Friends"))
    as_alice.ok("GroupContact", "create", contact_id=ben, group_id=first)
    as_alice.ok("GroupContact", "create", contact_id=ann, group_id=second)
    for ticked in ({str(second): 1}, {str(second): "1"}, {"Friends": 1}, {"0": second}):
        assert as_alice.ok("Contact", "get", group=ticked)["id"] == ann, ticked
    both = as_alice.ok("Contact", "get", group={str(first): 1, str(second): 1})
    assert list(both["values"]) == [str(ann), str(ben)]


def test_options_are_found_by_the_name_of_their_list(as_ada: Caller) -> None:
    asked = {"option_group_name": "gender", "return": "label", "sequential": 1}
    found = as_ada.ok("OptionValue", "get", asked)["values"]
    assert [row["label"] for row in found] == ["Female", "Male", "Other"]
    made = as_ada.ok("OptionValue", "create", option_group_name="gender", label="Agender")
    assert as_ada.ok("OptionValue", "getcount", option_group_name="gender")["result"] == 4
    number = made["values"][str(made["id"])]["option_group_id"]
    assert as_ada.ok("OptionGroup", "getvalue", {"id": number, "return": "name"})["result"] == (
        "gender"
    )


def test_contacts_to_merge_have_older_names_the_wrong_way_round(as_ada: Caller) -> None:
    gone, kept = as_ada.person(), as_ada.person()
    as_ada.ok("Contact", "merge", main_id=gone, other_id=kept)
    assert as_ada.ok("Contact", "get", first_name="Alice")["id"] == kept
    aliases = as_ada.ok("Contact", "getfields", {"action": "merge"})["values"]
    assert aliases["to_remove_id"]["api.aliases"] == ["main_id"]


def test_looking_for_duplicates_says_what_it_lacks_and_shows_what_is_asked_for(
    as_alice: Caller,
) -> None:
    ann = as_alice.person()
    told = as_alice.call("Contact", "duplicatecheck", {})["error_message"]
    assert "must include criteria to check against" in told
    told = as_alice.call("Contact", "duplicatecheck", match={"first_name": "Alice"})
    assert "must include a contact type" in told["error_message"]
    match = {"contact_type": "Individual", "first_name": "Alice", "last_name": "Roberts"}
    found = as_alice.ok("Contact", "duplicatecheck", {"match": match, "return": "display_name"})
    assert found["values"][str(ann)]["display_name"] == "Alice Roberts"


def test_all_tags_of_a_contact_are_taken_off_where_none_is_named(as_alice: Caller) -> None:
    ann, ben = as_alice.person(), as_alice.person("Ben")
    tags = [as_alice.make("Tag", name=name) for name in ("One", "Two")]
    as_alice.ok("EntityTag", "create", contact_id=ann, tag_id=tags)
    as_alice.ok("EntityTag", "create", contact_id=ben, tag_id=tags[0])
    answer = as_alice.ok("EntityTag", "delete", contact_id_i=ann, contact_id_h=ben)
    assert answer == {"is_error": 0, "not_removed": 1, "removed": 3, "total_count": 4}
    assert as_alice.call("EntityTag", "delete", contact_id=ann)["is_error"] == 1


def test_notes_come_along_with_a_contact(as_alice: Caller) -> None:
    ann = as_alice.person(note="Called twice")
    found = as_alice.ok("Note", "getsingle", entity_id=ann)
    assert found["note"] == "Called twice"
    as_alice.ok("Contact", "create", id=ann, note=[{"note": "Wrote", "subject": "Mail"}, "Met"])
    notes = as_alice.ok("Note", "get", entity_id=ann, sequential=1)["values"]
    assert [(row["note"], row.get("subject")) for row in notes[1:]] == [
        ("Wrote", "Mail"),
        ("Met", None),
    ]


def test_a_contact_is_not_made_with_a_note_that_says_nothing(as_alice: Caller) -> None:
    names = {"contact_type": "Individual", "first_name": "Ann"}
    refused = as_alice.call("Contact", "create", {**names, "note": [{"subject": "Mail"}]})
    assert refused["error_message"] == "Mandatory key(s) missing from params array: note"
    assert as_alice.ok("Contact", "getcount", first_name="Ann")["result"] == 0


def test_contacts_are_found_around_a_place(as_alice: Caller) -> None:
    ann, ben = as_alice.person(), as_alice.person("Ben")
    far = {"geo_code_1": "-35.8743325", "geo_code_2": "174.4567136", "city": "Whangarei"}
    as_alice.make("Address", contact_id=ann, **far)
    as_alice.make("Address", contact_id=ben, city="Whangarei")
    place = {"prox_geo_code_1": "-35.72192", "prox_geo_code_2": "174.32034"}
    for distance, unit, number in (
        (100, None, 1),
        (10, None, 0),
        (14, "miles", 1),
        (9, "miles", 0),
    ):
        asked = {**place, "prox_distance": distance, "prox_distance_unit": unit}
        assert as_alice.ok("Contact", "getcount", asked)["result"] == number, (distance, unit)
        assert as_alice.ok("Contact", "get", asked)["count"] == number, (distance, unit)
    asked = {**place, "prox_distance": 100, "city": "Whangarei"}
    assert as_alice.ok("Contact", "get", asked)["id"] == ann
    for nowhere in ({}, {**place, "prox_geo_code_1": 91}, {**place, "prox_geo_code_1": "nan"}):
        refused = as_alice.call("Contact", "get", {**nowhere, "prox_distance": 10})
        assert refused["error_message"] == "prox_geo_code_1 is not a valid number"


def test_lists_to_choose_from_describe_what_has_a_description(as_alice: Caller) -> None:
    as_alice.make("Tag", name="Major Donor", description="Gave more than most")
    (row,) = as_alice.ok("Tag", "getlist", input="Major")["values"]
    assert row["description"] == ["Gave more than most"]
    as_alice.make("Group", title="Major")
    (row,) = as_alice.ok("Group", "getlist", input="Major")["values"]
    assert row["description"] == []


def test_an_activity_that_is_not_there_is_said_to_be_none(as_alice: Caller) -> None:
    refused = as_alice.call("Activity", "create", id=99999, subject="x")
    assert refused["error_message"] == "Invalid Activity Id"


def test_contacts_are_found_by_the_part_of_the_world_they_live_in(as_alice: Caller) -> None:
    ann, ben, _cleo = (as_alice.person(name) for name in ("Ann", "Ben", "Cleo"))
    for contact, country in ((ann, "BE"), (ben, "US")):
        as_alice.make("Address", contact_id=contact, country_id=country)
    europe = "Europe and Central Asia"
    for asked, found in (
        ({"worldregion_id": 1}, [ann]),
        ({"worldregion": europe}, [ann]),
        ({"world_region": {"LIKE": "Europe%"}}, [ann]),
        ({"worldregion_id": {"IN": [1, 2]}}, [ann, ben]),
        ({"worldregion_id": {"!=": 1}}, [ben]),
        ({"worldregion_id": {"IS NOT NULL": 1}}, [ann, ben]),
        ({"worldregion": "Atlantis"}, []),
    ):
        rows = as_alice.ok("Contact", "get", {**asked, "return": "id"})["values"]
        assert [int(pk) for pk in rows] == found, asked
    shown = as_alice.ok("Contact", "getsingle", {"id": ann, "return": "worldregion"})
    assert shown["world_region"] == europe


def test_activities_are_written_and_found_by_longer_names(as_alice: Caller) -> None:
    given = {"activity_subject": "Call back", "activity_medium_id": "phone"}
    where = {"activity_location": "Hall", "activity_duration": 20, "activity_details": "Soon"}
    made = as_alice.make("Activity", activity_type_id="Meeting", **given, **where)
    as_alice.make("Activity", activity_type_id="Meeting", subject="Other")

    found = as_alice.ok("Activity", "getsingle", activity_subject="Call back")
    assert (found["id"], found["medium_id"]) == (str(made), "2")
    assert (found["location"], found["duration"], found["details"]) == ("Hall", "20", "Soon")
    offered = as_alice.ok("Activity", "getoptions", field="activity_medium_id")["values"]
    assert offered["2"] == "Phone"
