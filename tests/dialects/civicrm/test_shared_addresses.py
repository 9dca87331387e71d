"""Addresses that are shared: they are where their master is."""

import pytest

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
