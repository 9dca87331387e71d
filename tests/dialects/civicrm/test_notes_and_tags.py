"""Note, Tag and EntityTag from the wire."""

import pytest

from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import values

pytestmark = pytest.mark.django_db


def test_note_is_written_about_a_contact_and_found_by_it(as_alice: Caller) -> None:
    contact = as_alice.person()
    made = as_alice.ok("Note", "create", entity_id=contact, note="Called back", subject="Call")
    (stored,) = made["values"].values()
    assert stored["entity_table"] == "civicrm_contact"
    assert (stored["entity_id"], stored["privacy"]) == (str(contact), "0")

    found = as_alice.ok(
        "Note", "get", entity_table="civicrm_contact", entity_id=contact, sequential=1
    )
    (note,) = found["values"]
    assert (note["id"], note["note"], note["subject"]) == (str(made["id"]), "Called back", "Call")
    assert as_alice.call("Note", "getcount", entity_table="civicrm_relationship")["result"] == 0


def test_note_keeps_the_day_on_which_it_was_written(as_alice: Caller) -> None:
    note = as_alice.make(
        "Note", entity_id=as_alice.person(), note="Old", note_date="2020-02-01 10:00:00"
    )
    stored = as_alice.ok("Note", "getsingle", id=note)
    assert stored["note_date"].startswith("2020-02-01")
    changed = as_alice.ok("Note", "create", id=note, note="New", privacy=1)
    assert changed["values"][str(note)]["note"] == "New"
    assert changed["values"][str(note)]["note_date"].startswith("2020-02-01")


def test_notes_chained_to_a_contact_are_those_about_it(as_alice: Caller) -> None:
    contact = as_alice.person()
    params = {"id": contact, "return": "id", "api.Note.create": {"note": "From the chain"}}
    as_alice.ok("Contact", "get", params)
    params = {"id": contact, "return": "id", "api.Note.get": 1, "sequential": 1}
    (shown,) = as_alice.ok("Contact", "get", params)["values"]
    assert [note["note"] for note in shown["api.Note.get"]["values"]] == ["From the chain"]


def test_note_lacks_what_it_is_about_or_what_it_says(as_alice: Caller) -> None:
    refused = as_alice.call("Note", "create", subject="Nothing")
    assert refused["error_code"] == "mandatory_missing"
    assert set(refused["fields"]) == {"note", "entity_id"}


def test_notes_of_a_hidden_contact_are_nowhere(as_alice: Caller, as_charlie: Caller) -> None:
    note = as_alice.make("Note", entity_id=as_alice.person(), note="Secret")
    assert as_charlie.ok("Note", "get", id=note)["count"] == 0
    assert as_charlie.call("Note", "create", id=note, note="x")["is_error"] == 1
    assert as_charlie.call("Note", "delete", id=note)["is_error"] == 1
    assert as_alice.ok("Note", "delete", id=note)["values"] == 1
    assert as_alice.ok("Note", "get", id=note)["values"] == []


def test_tag_is_made_by_members_and_deleted_by_administrators(
    as_bob: Caller, as_ada: Caller
) -> None:
    made = as_bob.ok("Tag", "create", name="VIP", description="Treat well", used_for="Contacts")
    (tag,) = made["values"].values()
    assert (tag["name"], tag["label"], tag["used_for"]) == ("VIP", "VIP", "civicrm_contact")
    assert (tag["is_selectable"], tag["is_tagset"], tag["is_reserved"]) == ("1", "0", "0")
    below = as_bob.ok("Tag", "create", name="Gold", parent_id=made["id"])
    assert below["values"][str(below["id"])]["parent_id"] == str(made["id"])

    refused = as_bob.call("Tag", "delete", id=made["id"])
    assert refused["error_code"] == "unauthorized"
    assert refused["error_message"].endswith("require administer CiviCRM")
    assert as_ada.ok("Tag", "delete", id=made["id"])["values"] == 1


def test_two_tags_of_one_name_cannot_be(as_bob: Caller) -> None:
    as_bob.make("Tag", name="VIP")
    again = as_bob.call("Tag", "create", name="vip")
    assert (again["error_code"], again["error_message"]) == (-5, "DB Error: already exists")
    assert as_bob.call("Tag", "create", description="No name")["is_error"] == 1


def test_tagging_answers_with_counts_and_no_wrapper(as_alice: Caller) -> None:
    contact, other = as_alice.person(), as_alice.person("Bob", "Smith")
    tag, second = as_alice.make("Tag", name="VIP"), as_alice.make("Tag", name="Donor")
    put = as_alice.call("EntityTag", "create", contact_id=contact, tag_id=tag)
    assert put == {"is_error": 0, "not_added": 0, "added": 1, "total_count": 1}
    many = {"entity_id": [contact, other], "tag_id": [tag, second]}
    assert as_alice.call("EntityTag", "create", many) == {
        **{"is_error": 0, "not_added": 1, "added": 3, "total_count": 4}
    }
    again = as_alice.call("EntityTag", "create", contact_id=contact, tag_id="VIP")
    assert (again["is_error"], again["error_message"]) == (1, "Unable to add tags")
    lacking = as_alice.call("EntityTag", "create", contact_id=contact)
    assert lacking["error_message"] == "tag_id is a required field"

    found = as_alice.ok("EntityTag", "get", contact_id=contact, sequential=1)["values"]
    assert [each["tag_id"] for each in found] == [str(tag), str(second)]
    assert {each["entity_table"] for each in found} == {"civicrm_contact"}
    taken = as_alice.call("EntityTag", "delete", contact_id=contact, tag_id=tag)
    assert taken == {"is_error": 0, "not_removed": 0, "removed": 1, "total_count": 1}
    assert as_alice.call("Contact", "getcount", tag=tag)["result"] == 1


def test_contacts_of_one_call_are_told_apart_by_letters(as_alice: Caller) -> None:
    ann, bert = as_alice.person("Ann"), as_alice.person("Bert")
    tag = as_alice.make("Tag", name="VIP")
    as_alice.ok("EntityTag", "create", contact_id=ann, tag_id=tag)

    both = {"contact_id_i": ann, "contact_id_o": bert, "tag_id": tag}
    added = {"is_error": 0, "not_added": 1, "added": 1, "total_count": 2}
    assert as_alice.ok("EntityTag", "create", both) == added
    removed = {"is_error": 0, "not_removed": 0, "removed": 2, "total_count": 2}
    assert as_alice.ok("EntityTag", "delete", both) == removed


def test_hidden_contact_cannot_be_tagged(as_alice: Caller, as_charlie: Caller) -> None:
    contact, tag = as_alice.person(), as_alice.make("Tag", name="VIP")
    assert as_charlie.call("EntityTag", "create", contact_id=contact, tag_id=tag)["added"] == 0
    assert as_alice.ok("EntityTag", "get", contact_id=contact)["count"] == 0


def test_a_note_names_who_said_it(as_ada: Caller) -> None:
    about, author = as_ada.person(), as_ada.person("Bert")
    note = as_ada.make("Note", entity_id=about, note="Heard", contact_id=author)
    as_ada.make("Note", entity_id=about, note="Mine")

    found = as_ada.ok("Note", "get", contact_id=author)

    assert list(found["values"]) == [str(note)]
    assert found["values"][str(note)]["contact_id"] == str(author)


def test_nothing_hangs_on_tables_of_others(as_ada: Caller) -> None:
    contact_id, tag = as_ada.person(), as_ada.make("Tag", name="VIP")

    refused = as_ada.call(
        "EntityTag", "create", entity_table="civicrm_case", entity_id=contact_id, tag_id=tag
    )

    assert refused["error_message"] == (
        "'civicrm_case' is not a valid option for field entity_table"
    )
    assert as_ada.ok("EntityTag", "getcount", entity_id=contact_id)["result"] == 0


def test_tags_of_a_contact_become_exactly_those_listed(as_bob: Caller) -> None:
    contact = as_bob.person()
    old, kept, new = (as_bob.make("Tag", name=name) for name in ("Old", "Kept", "New"))
    as_bob.ok("EntityTag", "create", contact_id=contact, tag_id=[old, kept])

    answer = as_bob.ok("EntityTag", "replace", entity_id=contact, tag_id=[kept, new])

    assert (answer["added"], answer["not_added"], answer["total_count"]) == (1, 1, 2)
    assert (answer["removed"], answer["not_removed"]) == (1, 0)
    assert tags_of(as_bob, contact) == {str(kept), str(new)}
    as_bob.ok("EntityTag", "replace", contact_id=contact, values=[{"tag_id": old}])
    assert tags_of(as_bob, contact) == {str(old)}
    as_bob.ok("EntityTag", "replace", contact_id=contact, values=[])
    assert tags_of(as_bob, contact) == set()
    assert as_bob.call("EntityTag", "replace", contact_id=contact)["is_error"] == 1


def tags_of(caller: Caller, contact: int) -> set[str]:
    found = caller.ok("EntityTag", "get", entity_id=contact, sequential=1)["values"]
    return {each["tag_id"] for each in found}


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"contact_id": ",", "tag_id": [1]}, "contact_id is a required field"),
        ({"contact_id": {"7": 0}, "tag_id": [1]}, "contact_id is a required field"),
        ({"contact_id": 1, "values": [{}]}, "tag_id is a required field"),
    ],
)
def test_tags_are_replaced_of_contacts_that_are_named(
    as_bob: Caller, params: dict[str, object], message: str
) -> None:
    refused = as_bob.call("EntityTag", "replace", params)
    assert (refused["is_error"], refused["error_message"]) == (1, message)


def test_notes_answer_notes(as_alice: Caller) -> None:
    person = as_alice.person()
    note = as_alice.make("Note", entity_id=person, note="Called", modified_date="2011-01-31")
    answer = {"entity_table": "civicrm_note", "entity_id": note, "note": "And again"}
    made = as_alice.ok("Note", "create", {**answer, "sequential": 1})["values"][0]
    assert (made["entity_table"], made["entity_id"]) == ("civicrm_note", str(note))
    of_note = {"entity_table": "civicrm_note", "entity_id": note, "sequential": 1}
    assert [each["id"] for each in as_alice.ok("Note", "get", of_note)["values"]] == [made["id"]]
    about = as_alice.ok("Note", "get", entity_id=person, sequential=1)["values"]
    assert [(each["id"], each["modified_date"][:10]) for each in about] == [
        (str(note), "2011-01-31")
    ]
    assert as_alice.ok("Note", "getcount", entity_table="civicrm_note")["result"] == 1
    changed = {"id": made["id"], "entity_id": note, "note": "Changed", "sequential": 1}
    assert as_alice.ok("Note", "create", changed)["values"][0]["note"] == "Changed"
    lost = as_alice.call("Note", "create", {**answer, "entity_id": 999999})
    assert lost["error_message"] == "entity_id is not valid : 999999"


def test_activities_carry_tags_of_their_own(as_alice: Caller) -> None:
    activity = as_alice.make("Activity", activity_type_id=1, subject="Lunch")
    tags = [as_alice.make("Tag", name=name) for name in ("Food", "Paid")]
    of_activity = {"entity_table": "civicrm_activity", "entity_id": activity}
    added = as_alice.ok("EntityTag", "create", {**of_activity, "tag_id": tags})
    assert (added["added"], added["not_added"]) == (2, 0)
    found = as_alice.ok("EntityTag", "get", {**of_activity, "sequential": 1})["values"]
    assert [(each["entity_table"], each["tag_id"]) for each in found] == [
        ("civicrm_activity", str(tag)) for tag in tags
    ]
    nobody = as_alice.ok("EntityTag", "get", {"entity_id": activity, "tag_id": tags[0]})
    assert nobody["count"] == 0
    where = [["entity_table", "=", "civicrm_activity"], ["tag_id:name", "=", "Food"]]
    typed = values(as_alice, "EntityTag/get", {"where": where})
    assert [each["entity_id"] for each in typed] == [activity]
    removed = as_alice.ok("EntityTag", "delete", {"id": found[0]["id"]})
    assert removed["removed"] == 1
    again = {**of_activity, "tag_id": tags[0]}
    (made,) = values(as_alice, "EntityTag/create", {"values": again})
    assert {name: made[name] for name in again} == again
    values(as_alice, "EntityTag/delete", {"where": [["id", "=", made["id"]]]})
    kept = {**of_activity, "values": [{"tag_id": tags[0]}]}
    assert as_alice.ok("EntityTag", "replace", kept)["removed"] == 1
    assert as_alice.ok("EntityTag", "getcount", of_activity)["result"] == 1
