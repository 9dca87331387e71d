"""Relationship and RelationshipType from the wire."""

import pytest

from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db


def tied(caller: Caller, first: int, second: int, kind: object = 2) -> dict[str, object]:
    """Tie two contacts and return the answer."""
    ends = {"contact_id_a": first, "contact_id_b": second, "relationship_type_id": kind}
    answer: dict[str, object] = caller.call("Relationship", "create", ends)
    return answer


def test_tie_is_found_from_both_of_its_ends(as_alice: Caller) -> None:
    first, second = as_alice.person(), as_alice.person("Bob", "Smith")
    made = tied(as_alice, first, second, "Spouse of")
    for contact in (first, second):
        (tie,) = as_alice.ok("Relationship", "get", contact_id=contact, sequential=1)["values"]
        assert tie["id"] == str(made["id"])
        assert (tie["contact_id_a"], tie["contact_id_b"]) == (str(first), str(second))
        assert (tie["relationship_type_id"], tie["is_active"]) == ("2", "1")
    assert as_alice.call("Relationship", "getcount", contact_id_b=first)["result"] == 0
    (chained,) = as_alice.ok(
        "Contact", "get", {"id": first, "sequential": 1, "api.Relationship.get": 1}
    )["values"]
    assert chained["api.Relationship.get"]["count"] == 1


def test_same_tie_again_names_the_first(as_alice: Caller) -> None:
    first, second = as_alice.person(), as_alice.person("Bob", "Smith")
    made = tied(as_alice, first, second)
    again = tied(as_alice, first, second)
    assert again["error_message"] == "Duplicate Relationship"
    assert (again["error_code"], again["duplicate_id"]) == ("duplicate", str(made["id"]))


def test_tie_of_wrong_kinds_is_invalid(as_alice: Caller) -> None:
    first, second = as_alice.person(), as_alice.person("Bob", "Smith")
    assert tied(as_alice, first, second, 5)["error_message"] == "Invalid Relationship"
    assert tied(as_alice, first, first)["error_message"] == "Invalid Relationship"
    lacking = as_alice.call("Relationship", "create", contact_id_a=first)
    assert lacking["fields"] == ["contact_id_b", "relationship_type_id"]


def test_employment_is_a_tie_and_ends_when_it_is_switched_off(as_alice: Caller) -> None:
    person = as_alice.person()
    acme = as_alice.make("Contact", contact_type="Organization", organization_name="Acme")
    tie = tied(as_alice, person, acme, 5)["id"]
    employer = {"id": person, "return": "current_employer"}
    assert as_alice.ok("Contact", "getvalue", employer)["result"] == "Acme"
    as_alice.ok("Relationship", "create", id=tie, is_active=0, end_date="2026-01-31")
    stored = as_alice.ok("Relationship", "getsingle", id=tie)
    assert (stored["is_active"], stored["end_date"]) == ("0", "2026-01-31")
    assert as_alice.ok("Contact", "getsingle", id=person)["current_employer"] == ""
    assert as_alice.ok("Relationship", "delete", id=tie)["values"] == 1


def test_ties_of_hidden_contacts_are_nowhere(as_alice: Caller, as_charlie: Caller) -> None:
    tie = tied(as_alice, as_alice.person(), as_alice.person("Bob", "Smith"))["id"]
    assert as_charlie.ok("Relationship", "get", id=tie)["count"] == 0
    assert as_charlie.call("Relationship", "delete", id=tie)["is_error"] == 1


def test_ten_types_of_tie_are_there(as_bob: Caller) -> None:
    types = as_bob.ok("RelationshipType", "get", sequential=1)["values"]
    assert [kind["id"] for kind in types] == [str(number) for number in range(1, 11)]
    employee = types[4]
    assert (employee["name_a_b"], employee["name_b_a"]) == ("Employee of", "Employer of")
    assert (employee["contact_type_a"], employee["contact_type_b"]) == (
        *("Individual", "Organization"),
    )


def test_types_of_tie_are_set_up_by_administrators(as_bob: Caller, as_ada: Caller) -> None:
    names = {"name_a_b": "Board of", "name_b_a": "Board is", "contact_type_b": "Organization"}
    refused = as_bob.call("RelationshipType", "create", names)
    assert refused["error_code"] == "unauthorized"
    kind = as_ada.make("RelationshipType", **names)
    stored = as_ada.ok("RelationshipType", "getsingle", id=kind)
    assert (stored["label_a_b"], "contact_type_a" in stored) == ("Board of", False)
    assert as_ada.ok("RelationshipType", "delete", id=kind)["values"] == 1
    assert as_ada.call("RelationshipType", "delete", id=5)["is_error"] == 1


def test_same_two_are_tied_again_at_another_time(as_alice: Caller) -> None:
    ends = {
        "contact_id_a": as_alice.person(),
        "contact_id_b": as_alice.person("Bob", "Smith"),
        "relationship_type_id": 4,
    }
    first = as_alice.ok("Relationship", "create", {**ends, "start_date": "2008-12-20"})["id"]
    later = {**ends, "start_date": "2009-01-01", "end_date": "2009-12-31"}
    second = as_alice.ok("Relationship", "create", later)["id"]
    assert second != first
    for again in (ends, later, {**ends, "start_date": "2008-12-20"}):
        refused = as_alice.call("Relationship", "create", again)
        assert refused["error_message"] == "Duplicate Relationship"
    onto = {"id": second, "start_date": "2008-12-20", "end_date": ""}
    assert as_alice.call("Relationship", "create", onto)["duplicate_id"] == str(first)
    as_alice.ok("Relationship", "create", id=second, is_active=0)
    as_alice.ok("Relationship", "create", onto)


def test_who_is_employed_twice_stays_while_one_of_both_ends(as_alice: Caller) -> None:
    person = as_alice.person()
    acme = as_alice.make("Contact", contact_type="Organization", organization_name="Acme")
    ends = {"contact_id_a": person, "contact_id_b": acme, "relationship_type_id": 5}
    ties = [
        as_alice.ok("Relationship", "create", {**ends, "start_date": f"{year}-01-01"})["id"]
        for year in (2020, 2024)
    ]
    employer = {"id": person, "return": "current_employer"}
    as_alice.ok("Relationship", "create", id=ties[0], is_active=0)
    assert as_alice.ok("Contact", "getvalue", employer)["result"] == "Acme"
    assert as_alice.ok("Relationship", "getcount", ends)["result"] == 2
    as_alice.ok("Relationship", "delete", id=ties[1])
    assert as_alice.ok("Contact", "getsingle", id=person)["current_employer"] == ""
