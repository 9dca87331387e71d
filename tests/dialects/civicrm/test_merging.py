"""Merging contacts, and what became of them."""

from tests.builders import make_user
from tests.dialects.civicrm.calling import Caller, caller


def test_a_contact_is_merged_into_another(as_ada: Caller) -> None:
    kept, gone = as_ada.person(email="kept@x.org"), as_ada.person(nick_name="Ally")
    as_ada.make("Note", entity_id=gone, note="Moves along")

    merged = as_ada.ok("Contact", "merge", to_keep_id=kept, to_remove_id=gone)

    assert merged["values"]["merged"] == [{"main_id": str(kept), "other_id": str(gone)}]
    assert as_ada.ok("Contact", "getvalue", {"id": kept, "return": "nick_name"})["result"] == "Ally"
    assert as_ada.ok("Note", "getcount", entity_id=kept)["result"] == 1
    assert as_ada.ok("Contact", "getcount", id=gone)["result"] == 0
    assert as_ada.ok("Contact", "getmergedto", contact_id=gone)["id"] == kept
    assert as_ada.ok("Contact", "getmergedfrom", contact_id=kept)["id"] == gone


def test_a_contact_is_not_merged_with_itself_or_with_another_type(as_ada: Caller) -> None:
    person = as_ada.person()
    company = as_ada.make("Contact", contact_type="Organization", organization_name="Works")

    for other in (person, company):
        refused = as_ada.call("Contact", "merge", to_keep_id=person, to_remove_id=other)
        assert refused["is_error"] == 1
    assert as_ada.ok("Contact", "getcount", id={"IN": [person, company]})["result"] == 2


def test_merging_needs_its_permission(as_ada: Caller) -> None:
    as_guest = caller(make_user("guest"))
    kept, gone = as_ada.person(), as_ada.person()

    refused = as_guest.call("Contact", "merge", to_keep_id=kept, to_remove_id=gone)

    assert refused["error_code"] == "unauthorized"
    assert refused["error_message"].endswith("require merge duplicate contacts")


def test_what_hangs_on_a_contact_is_counted(as_ada: Caller) -> None:
    contact_id = as_ada.person(email="a@x.org")
    as_ada.make("Email", contact_id=contact_id, email="b@x.org")
    as_ada.make("Note", entity_id=contact_id, note="n")

    counted = as_ada.ok("Contact", "getrefcount", id=contact_id)["values"]

    assert {(each["table"], each["key"]): each["count"] for each in counted} == {
        ("civicrm_email", "contact_id"): 2,
        ("civicrm_note", "entity_id"): 1,
    }
