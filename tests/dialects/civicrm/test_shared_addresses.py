"""Addresses that are shared: they are where their master is."""

import pytest

from api.civicrm.contact import circles
from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db


def test_an_address_that_is_shared_follows_its_master(as_alice: Caller) -> None:
    home = as_alice.make("Contact", contact_type="Household", household_name="Smiths")
    place = {"street_address": "1 Main St", "city": "Ghent", "country_id": "BE"}
    master = as_alice.make("Address", contact_id=home, **place)
    shared = as_alice.make("Address", contact_id=as_alice.person(), master_id=master)

    found = as_alice.ok("Address", "getsingle", id=shared)
    assert (found["street_address"], found["city"]) == ("1 Main St", "Ghent")
    assert (found["country_id"], found["master_id"]) == ("1020", str(master))
    as_alice.ok("Address", "create", id=master, street_address="2 Side St", city="")
    found = as_alice.ok("Address", "getsingle", id=shared)
    assert (found["street_address"], "city" in found) == ("2 Side St", False)
    assert as_alice.ok("Address", "getcount", master_id=master)["result"] == 1

    failed = as_alice.call("Address", "create", contact_id=home, master_id=999999)
    assert failed["error_message"] == "master_id is not valid : 999999"


def test_sharing_ties_unless_told_otherwise(as_alice: Caller) -> None:
    home = as_alice.make("Contact", contact_type="Household", household_name="Smiths")
    person = as_alice.person()
    master = as_alice.make("Address", contact_id=home, street_address="1 Main St")
    shared = {"contact_id": person, "master_id": master}
    as_alice.ok("Address", "create", {**shared, "add_relationship": 0})
    ties = {"contact_id_a": person, "contact_id_b": home}
    assert as_alice.ok("Relationship", "getcount", ties)["result"] == 0
    as_alice.ok("Address", "create", shared)
    assert as_alice.ok("Relationship", "getcount", ties)["result"] == 1


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("54A Excelsior Ave. Apt 1C", ("54", "A", "Excelsior Ave.", "Apt 1C")),
        ("123 Main Street", ("123", None, "Main Street", None)),
        ("12-14 A Street #5", ("12", "14", "A Street", "#5")),
        ("7 1/2 Elm Rd, Suite 200", ("7", "1/2", "Elm Rd", "Suite 200")),
        ("Unter den Linden 5", (None, None, "Unter den Linden 5", None)),
        ("", (None, None, None, None)),
    ],
)
def test_street_is_taken_apart_where_asked(
    line: str, parts: tuple[str | None, ...], as_alice: Caller
) -> None:
    whole = {"contact_id": as_alice.person(), "street_address": line, "city": "Ghent"}
    names = ("street_number", "street_number_suffix", "street_name", "street_unit")
    for params, expected in ((whole, (None,) * 4), ({**whole, "street_parsing": 1}, parts)):
        made = as_alice.ok("Address", "create", params)["id"]
        found = as_alice.ok("Address", "getsingle", id=made)
        assert tuple(found.get(name) for name in names) == expected
        assert found.get("street_address", "") == line


def test_contacts_are_found_near_a_place(as_alice: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    people = {}
    for city, latitude, longitude in (("Ghent", 51.05, 3.72), ("Brussels", 50.85, 4.35)):
        people[city] = as_alice.person(city)
        place = {"geo_code_1": latitude, "geo_code_2": longitude, "city": city}
        as_alice.ok("Address", "create", {"contact_id": people[city], **place})
    here = {"latitude": 51.0, "longitude": 3.7, "sequential": 1}
    for distance, found in (
        ({"distance": 10000}, ["Ghent"]),
        ({"distance": 10, "unit": "kilometer"}, ["Ghent"]),
        ({"distance": 60, "unit": "miles"}, ["Ghent", "Brussels"]),
        ({"distance": 1, "unit": "mile"}, []),
    ):
        values = as_alice.ok("Contact", "proximity", {**here, **distance})["values"]
        assert [each["id"] for each in values] == [str(people[city]) for city in found]
    assert as_alice.call("Contact", "proximity", here)["fields"] == ["distance"]
    for wrong in ({"unit": "league"}, {"latitude": "north"}, {"longitude": 999}):
        assert as_alice.call("Contact", "proximity", {**here, "distance": 1, **wrong})["is_error"]
    monkeypatch.setattr(circles, "MOST", 1)
    wide = as_alice.call("Contact", "proximity", {**here, "distance": 60, "unit": "mile"})
    assert (wide["is_error"], wide["error_field"]) == (1, "distance")


def test_contacts_are_found_on_both_sides_of_the_date_line(as_alice: Caller) -> None:
    for name, longitude in (("East", 179.9), ("West", -179.9), ("Far", 178.0)):
        place = {"geo_code_1": -17, "geo_code_2": longitude, "city": name}
        as_alice.ok("Address", "create", {"contact_id": as_alice.person(name), **place})
    for longitude in (180, -180, 179.95):
        here = {"latitude": -17, "longitude": longitude, "distance": 50, "unit": "kilometer"}
        near = as_alice.ok("Contact", "proximity", {**here, "sequential": 1})["values"]
        assert [each["first_name"] for each in near] == ["East", "West"], longitude


def test_nobody_is_employed_by_sharing_an_address_where_that_is_not_wanted(
    as_ada: Caller,
) -> None:
    firm = as_ada.make("Contact", contact_type="Organization", organization_name="Firm")
    home = as_ada.make("Contact", contact_type="Household", household_name="Home")
    for owner, ties in ((firm, 0), (home, 1)):
        master = as_ada.make("Address", contact_id=owner, street_address="1 Long Lane")
        ann = as_ada.person()
        as_ada.make("Address", contact_id=ann, master_id=master, update_current_employer=0)
        assert as_ada.ok("Relationship", "getcount", contact_id_a=ann)["result"] == ties
