"""Filters on fields that hold several choices, and what is no choice of theirs."""

import pytest

from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db


def test_contacts_are_found_by_how_they_want_to_be_reached(as_alice: Caller) -> None:
    both = as_alice.person("Both", preferred_communication_method=["1", "2"])
    phone = as_alice.person("Phone", preferred_communication_method="Phone")
    silent = as_alice.person("Silent")

    def found(asked: object) -> set[int]:
        params = {"preferred_communication_method": asked, "last_name": "Roberts"}
        return {int(pk) for pk in as_alice.ok("Contact", "get", params)["values"]}

    assert found("1") == {both, phone}
    assert found("Email") == {both}
    assert found(["2", "3"]) == found({"IN": ["2", "3"]}) == {both}
    assert found({"LIKE": "%mail%"}) == {both}
    assert found({"!=": "2"}) == found({"NOT IN": ["Email"]}) == {phone}
    assert found({"IS NULL": 1}) == {silent}
    assert found({"IS NOT NULL": 1}) == {both, phone}
    failed = as_alice.call("Contact", "get", preferred_communication_method="Pigeon")
    assert failed["error_message"] == (
        "'Pigeon' is not a valid option for field preferred_communication_method"
    )


def test_tags_are_found_by_what_they_are_for(as_ada: Caller) -> None:
    plain = as_ada.make("Tag", name="Plain")
    both = as_ada.make("Tag", name="Both", used_for="civicrm_contact,civicrm_activity")
    work = as_ada.make("Tag", name="Work", used_for=["Activities"])
    mine = {"IN": [plain, both, work]}

    def found(asked: object) -> set[int]:
        answer = as_ada.ok("Tag", "get", {"used_for": asked, "id": mine})
        return {int(pk) for pk in answer["values"]}

    assert found("civicrm_contact") == found("Contacts") == {plain, both}
    assert found({"LIKE": "%civicrm_activity%"}) == {both, work}
    assert found({"IN": ["civicrm_activity", "civicrm_file"]}) == {both, work}
    assert found({"!=": "civicrm_activity"}) == {plain}
    assert found({"IS NULL": 1}) == set()
    assert found({"IS NOT NULL": 1}) == {plain, both, work}


def test_a_kind_within_a_kind_is_one_of_the_list(as_alice: Caller) -> None:
    student = as_alice.person(contact_sub_type="student")
    (found,) = as_alice.ok("Contact", "get", contact_sub_type="Student", sequential=1)["values"]
    assert (found["id"], found["contact_sub_type"]) == (str(student), ["Student"])
    failed = as_alice.call("Contact", "create", id=student, contact_sub_type="Bogus")
    assert (failed["error_message"], failed["error_code"]) == (
        "'Bogus' is not a valid option for field contact_sub_type",
        2001,
    )
    wrong = {"contact_type": "Individual", "first_name": "A", "contact_sub_type": ["Team"]}
    failed = as_alice.call("Contact", "create", wrong)
    assert failed["error_message"] == "Invalid or Mismatched Contact Subtype: Team"
    assert as_alice.ok("Contact", "getcount", contact_sub_type="Team")["result"] == 0


def test_every_contact_has_a_hash_by_which_it_is_found(as_alice: Caller) -> None:
    made = as_alice.ok(
        "Contact", "create", {"contact_type": "Individual", "first_name": "A", "sequential": 1}
    )
    (record,) = made["values"]
    other = as_alice.ok("Contact", "getvalue", {"id": as_alice.person(), "return": "hash"})
    again = as_alice.ok("Contact", "getvalue", {"id": made["id"], "return": "hash"})["result"]
    assert (len(again), record["hash"]) == (32, again)
    assert other["result"] != again
    assert as_alice.ok("Contact", "getsingle", hash=again)["id"] == str(made["id"])
    assert as_alice.ok("Contact", "get", hash="0" * 32)["count"] == 0
    assert "hash" not in as_alice.ok("Contact", "getsingle", id=made["id"])


def test_custom_fields_hold_countries_and_states_by_number(as_ada: Caller) -> None:
    group = as_ada.make("CustomGroup", title="Places", extends="Individual")
    country, state = (
        as_ada.make(
            "CustomField",
            custom_group_id=group,
            label=f"Born in {word}",
            data_type=word,
            html_type=f"Select {word}",
        )
        for word in ("Country", "StateProvince")
    )
    values = {f"custom_{country}": "BE", f"custom_{state}": "1004"}
    contact = as_ada.person(**values)
    asked = {"id": contact, "return": list(values)}
    found = as_ada.ok("Contact", "getsingle", asked)
    assert (found[f"custom_{country}"], found[f"custom_{state}"]) == ("1020", "1004")
    assert as_ada.ok("Contact", "getsingle", {f"custom_{country}": 1020})["id"] == str(contact)
    assert as_ada.ok("Contact", "getcount", {f"custom_{state}": {"IN": [1005]}})["result"] == 0
    failed = as_ada.call("Contact", "create", {"id": contact, f"custom_{country}": "Atlantis"})
    assert failed["error_message"] == (
        f"'Atlantis' is not a valid option for field custom_{country}"
    )
    offered = as_ada.ok("Contact", "getoptions", field=f"custom_{country}")["values"]
    assert offered["1228"] == "United States"
    asked = {"name": f"custom_{state}", "action": "create"}
    described = as_ada.ok("Contact", "getfield", asked)["values"]
    assert (described["data_type"], described["html_type"]) == ("StateProvince", "Select")


def test_lists_answer_to_their_old_names(as_bob: Caller) -> None:
    for name, number, label in (
        ("activityStatus", "2", "Completed"),
        ("activityType", "1", "Meeting"),
        ("phoneType", "2", "Mobile"),
        ("country", "1228", "United States"),
        ("stateProvince", "1004", "California"),
        ("relationshipType", "2", "Spouse of"),
        ("worldRegion", "5", "Africa West, East, Central and Southern"),
    ):
        found = as_bob.ok("Constant", "get", name=name)
        assert found["values"][number] == label
        assert found["count"] == len(found["values"])
    assert as_bob.ok("ActivityType", "get")["values"]["2"] == "Phone Call"
    unknown = as_bob.call("Constant", "get", name="thisTypeDoesNotExist")
    assert unknown["error_message"].startswith("'thisTypeDoesNotExist' is not a valid option")
    regions = as_bob.ok("Contact", "getoptions", field="worldregion_id")
    assert regions["values"]["1"] == "Europe and Central Asia"
