"""Activity from the wire."""

from functools import partial
from typing import Any

import pytest

from tests.costs import statements_of
from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import values

pytestmark = pytest.mark.django_db

NAMES = "target_contact_id,assignee_contact_id"


@pytest.fixture
def people(as_alice: Caller) -> list[int]:
    names = (("Alice", "Roberts"), ("Bob", "Smith"), ("Cleo", "Jones"))
    return [as_alice.person(*each) for each in names]


def meet(caller: Caller, **more: Any) -> int:
    """Make a meeting."""
    return caller.make("Activity", **{"activity_type_id": "Meeting", "subject": "Plan", **more})


def test_activity_is_found_by_everybody_who_takes_part(as_alice: Caller, people: list[int]) -> None:
    writer, target, helper = people
    activity = meet(
        as_alice,
        source_contact_id=writer,
        target_contact_id=[target],
        assignee_contact_id=helper,
    )
    for name, contact in zip(("source", "target", "assignee"), people, strict=True):
        found = as_alice.ok("Activity", "get", {f"{name}_contact_id": contact})
        assert list(found["values"]) == [str(activity)]
        assert as_alice.call("Activity", "getcount", contact_id=contact)["result"] == 1
    assert as_alice.call("Activity", "getcount", target_contact_id=writer)["result"] == 0


def test_contacts_are_named_where_they_are_asked_for(as_alice: Caller, people: list[int]) -> None:
    writer, target, helper = (str(pk) for pk in people)
    activity = meet(
        as_alice,
        source_contact_id=writer,
        target_contact_id=[target, helper],
        assignee_contact_id=[],
    )
    shown = as_alice.ok("Activity", "getsingle", {"id": activity, "return": NAMES})
    assert shown["target_contact_id"] == [target, helper]
    assert shown["target_contact_name"] == {target: "Bob Smith", helper: "Cleo Jones"}
    assert shown["target_contact_sort_name"] == {target: "Smith, Bob", helper: "Jones, Cleo"}
    assert (shown["assignee_contact_id"], shown["assignee_contact_name"]) == ([], [])
    usual = as_alice.ok("Activity", "getsingle", id=activity)
    assert usual["source_contact_id"] == writer
    assert usual["source_contact_name"] == "Alice Roberts"
    assert usual["source_contact_sort_name"] == "Roberts, Alice"
    assert "target_contact_id" not in usual


def test_types_and_states_have_the_numbers_of_the_original(as_alice: Caller) -> None:
    call = meet(as_alice, activity_type_id="Phone Call", status_id="No-show", priority_id="Low")
    stored = as_alice.ok("Activity", "getsingle", id=call)
    assert (stored["activity_type_id"], stored["status_id"], stored["priority_id"]) == (
        *("2", "8", "3"),
    )
    usual = as_alice.ok("Activity", "getsingle", id=meet(as_alice))
    assert (usual["activity_type_id"], usual["status_id"], usual["priority_id"]) == ("1", "1", "2")
    assert as_alice.call("Activity", "getcount", activity_type_id="Phone Call")["result"] == 1
    wrong = as_alice.call("Activity", "create", activity_type_id="Dance")
    assert wrong["error_message"] == "'Dance' is not a valid option for field activity_type_id"


def test_new_activity_needs_a_type_in_any_spelling(as_alice: Caller) -> None:
    lacking = as_alice.call("Activity", "create", subject="What")
    one_of = "one of (activity_name, activity_type_id, activity_label)"
    assert lacking["fields"] == [one_of]
    assert lacking["error_message"].endswith(one_of)
    made = as_alice.make("Activity", activity_name="Email")
    assert as_alice.ok("Activity", "getsingle", id=made)["activity_type_id"] == "3"


def test_activity_happens_now_unless_it_says_when(as_alice: Caller) -> None:
    when = "2026-05-01 10:30:00"
    later = meet(as_alice, activity_date_time="20260501103000", duration=45, location="Room 1")
    stored = as_alice.ok("Activity", "getsingle", id=later)
    assert (stored["activity_date_time"], stored["duration"]) == (when, "45")
    assert stored["location"] == "Room 1"
    assert as_alice.ok("Activity", "getsingle", id=meet(as_alice))["activity_date_time"] != ""
    early = {"activity_date_time": {"<": "2026-06-01"}}
    assert as_alice.call("Activity", "getcount", early)["result"] == 1


def test_update_leaves_what_it_does_not_name(as_alice: Caller, people: list[int]) -> None:
    activity = meet(as_alice, target_contact_id=people[:2], details="<p>Agenda</p>")
    as_alice.ok("Activity", "create", id=activity, status_id="Completed")
    shown = as_alice.ok("Activity", "getsingle", {"id": activity, "return": f"{NAMES},details"})
    assert shown["target_contact_id"] == [str(pk) for pk in people[:2]]
    assert shown["details"] == "<p>Agenda</p>"
    as_alice.ok("Activity", "create", id=activity, target_contact_id=people[2])
    shown = as_alice.ok("Activity", "getsingle", {"id": activity, "return": NAMES})
    assert shown["target_contact_id"] == [str(people[2])]


def test_deleted_activity_is_only_found_in_the_trash(as_alice: Caller) -> None:
    activity = meet(as_alice)
    assert as_alice.ok("Activity", "delete", id=activity)["values"] == 1
    assert as_alice.ok("Activity", "get", id=activity)["count"] == 0
    assert as_alice.ok("Activity", "get", id=activity, is_deleted=1)["count"] == 1


def test_activities_of_hidden_contacts_are_nowhere(
    as_alice: Caller, as_charlie: Caller, people: list[int]
) -> None:
    activity = meet(as_alice, target_contact_id=people)
    assert as_charlie.ok("Activity", "get", id=activity)["count"] == 0
    assert as_charlie.call("Activity", "create", id=activity, subject="x")["is_error"] == 1
    unknown = as_charlie.call("Activity", "create", activity_type_id=1, target_contact_id=people[0])
    assert unknown["is_error"] == 1


def test_page_of_activities_costs_the_same_whatever_its_size(
    as_alice: Caller, people: list[int]
) -> None:
    asked = {"return": f"{NAMES},source_contact_id", "options": {"limit": 0}}
    counts = []
    for _round in range(2):
        for _each in range(3):
            meet(as_alice, source_contact_id=people[0], target_contact_id=people)
        counts.append(len(statements_of(partial(as_alice.ok, "Activity", "get", asked))))
    # The credential, the activities, the contacts' names in the list, and their sort names.
    assert counts[0] == counts[1] <= 6


def test_activities_chained_to_a_contact_are_its_own(as_alice: Caller, people: list[int]) -> None:
    made = {"activity_type_id": "Meeting", "subject": "Plan", "target_contact_id": "$value.id"}
    as_alice.ok("Contact", "get", {"id": people[0], "api.Activity.create": made})
    asked = {"id": {"IN": people}, "return": "id", "api.Activity.get": 1, "sequential": 1}
    shown = as_alice.ok("Contact", "get", asked)["values"]
    assert [each["api.Activity.get"]["count"] for each in shown] == [1, 0, 0]
    listed = as_alice.ok("Activity", "getlist", input="Pla")
    assert [each["label"] for each in listed["values"]] == ["Plan"]


def test_a_deleted_activity_is_restored(as_alice: Caller) -> None:
    activity = as_alice.make("Activity", activity_type_id="Meeting", subject="Back")
    as_alice.ok("Activity", "delete", id=activity)

    as_alice.ok("Activity", "create", id=activity, is_deleted=0)

    assert as_alice.ok("Activity", "getcount", id=activity)["result"] == 1


def test_an_activity_follows_from_another_by_a_medium(as_alice: Caller) -> None:
    first = as_alice.make("Activity", activity_type_id="Meeting")
    then = as_alice.make("Activity", activity_type_id=2, parent_id=first, medium_id="Phone")

    asked = {"parent_id": first, "return": "medium_id,parent_id.activity_type_id"}
    found = as_alice.ok("Activity", "getsingle", asked)

    assert (found["id"], found["medium_id"]) == (str(then), "2")
    assert found["parent_id.activity_type_id"] == "1"
    refused = as_alice.call("Activity", "create", id=first, parent_id=first)
    assert refused["error_message"] == f"parent_id is not valid : {first}"


def test_activities_have_custom_fields(as_ada: Caller) -> None:
    group = as_ada.make("CustomGroup", title="Visit", extends="Activity")
    field = as_ada.make("CustomField", custom_group_id=group, label="Mood", html_type="Text")
    name = f"custom_{field}"
    activity = as_ada.make("Activity", activity_type_id=1, **{name: "Sunny"})
    as_ada.make("Activity", activity_type_id=1, **{name: "Rainy"})

    found = as_ada.ok("Activity", "get", {name: "sunny", "return": f"{name},subject"})

    assert found["values"][str(activity)][name] == "Sunny"
    assert found["count"] == 1
    assert name in as_ada.ok("Activity", "getfields")["values"]
    assert name not in as_ada.ok("Contact", "getfields")["values"]
    as_ada.ok("CustomField", "delete", id=field)
    assert as_ada.ok("Activity", "getcount", {name: "nothing asks for this"})["result"] == 2


def test_parts_of_activities_are_records(as_alice: Caller) -> None:
    person, other = as_alice.person(), as_alice.person("Bob", "Smith")
    activity = as_alice.make("Activity", activity_type_id=1, target_contact_id=person)
    part = {"activity_id": activity, "contact_id": other, "record_type_id": 1}
    made = as_alice.ok("ActivityContact", "create", part)["id"]
    (again,) = as_alice.ok("ActivityContact", "create", {**part, "sequential": 1})["values"]
    assert again == {"id": str(made), **{name: str(value) for name, value in part.items()}}
    of_activity = {"activity_id": activity, "sequential": 1}
    parts = as_alice.ok("ActivityContact", "get", of_activity)["values"]
    assert {(each["contact_id"], each["record_type_id"]) for each in parts} >= {
        (str(person), "3"),
        (str(other), "1"),
    }
    named = {**of_activity, "record_type_id": "Activity Targets"}
    assert as_alice.ok("ActivityContact", "getcount", named)["result"] == 1
    assert as_alice.call("ActivityContact", "get", record_type_id="abc")["is_error"] == 1
    shown = {"id": activity, "return": "assignee_contact_id"}
    assert as_alice.ok("Activity", "getsingle", shown)["assignee_contact_id"] == [str(other)]
    as_alice.ok("ActivityContact", "delete", id=made)
    assert as_alice.ok("Activity", "getsingle", shown)["assignee_contact_id"] == []


def test_parts_are_seen_with_their_activities_only(as_alice: Caller, as_charlie: Caller) -> None:
    person = as_alice.person()
    activity = as_alice.make("Activity", activity_type_id=1, target_contact_id=person)
    part = {"activity_id": activity, "record_type_id": 3}
    made = as_alice.ok("ActivityContact", "getsingle", part)["id"]
    typed = values(as_alice, "ActivityContact/get", {"where": [["contact_id", "=", person]]})
    assert [each["record_type_id"] for each in typed] == [3]
    through = ["id", "=", "c.activity_id"], ["c.record_type_id:name", "=", '"Activity Targets"']
    join = ["Contact AS c", "INNER", "ActivityContact", *through]
    joined = {"select": ["c.id"], "join": [join], "where": [["id", "=", activity]]}
    assert [each["c.id"] for each in values(as_alice, "Activity/get", joined)] == [person]
    assert as_charlie.call("ActivityContact", "get", id=made).get("count", 0) == 0
    assert as_charlie.call("ActivityContact", "delete", id=made)["is_error"] == 1


def test_activities_are_found_by_tag_and_by_being_late(as_alice: Caller) -> None:
    call = {"activity_type_id": 1, "activity_date_time": "2020-01-01 10:00:00"}
    late = as_alice.make("Activity", **call, subject="Late")
    done = as_alice.make("Activity", **call, subject="Done", status_id="Completed")
    coming = as_alice.make("Activity", activity_type_id=1, activity_date_time="+1 week")
    for asked, found in ((1, {late}), (0, {done, coming})):
        answer = as_alice.ok("Activity", "get", is_overdue=asked)["values"]
        assert set(answer) == {str(pk) for pk in found}
    shown = {"id": late, "return": "is_overdue"}
    assert as_alice.ok("Activity", "getvalue", shown)["result"] == "1"
    tag = as_alice.make("Tag", name="Urgent")
    of_done = {"entity_table": "civicrm_activity", "entity_id": done, "tag_id": tag}
    as_alice.ok("EntityTag", "create", of_done)
    for asked_for in (tag, "Urgent", [tag], {"IN": [tag]}):
        assert list(as_alice.ok("Activity", "get", {"tag_id": asked_for})["values"]) == [str(done)]
    others = as_alice.ok("Activity", "get", {"tag_id": {"IS NULL": 1}})["values"]
    assert set(others) == {str(late), str(coming)}
    typed = values(as_alice, "Activity/get", {"where": [["is_overdue", "=", True]]})
    assert [each["id"] for each in typed] == [late]
    assert "is_overdue" not in typed[0]


def test_whoever_wrote_it_down_is_told_of_every_activity(
    as_alice: Caller, people: list[int]
) -> None:
    writer, target, _helper = people
    activity = meet(as_alice, source_contact_id=writer, target_contact_id=target)
    chained = {"api.Contact.getvalue": {"id": "$value.source_contact_id", "return": "first_name"}}
    found = as_alice.ok("Activity", "getsingle", {"id": activity, "return": "subject", **chained})
    assert found["source_contact_id"] == str(writer)
    assert found["source_contact_sort_name"] == "Roberts, Alice"
    assert found["api.Contact.getvalue"] == "Alice"


def test_tags_of_activities_are_shown_by_their_ids(as_alice: Caller) -> None:
    activity, bare = meet(as_alice), meet(as_alice)
    tag = as_alice.make("Tag", name="Urgent", used_for="Activities", color="#aabbcc")
    as_alice.ok(
        "EntityTag", "create", entity_table="civicrm_activity", entity_id=activity, tag_id=tag
    )
    wanted = ["subject", "tag_id.name", "tag_id.color"]
    found = as_alice.ok("Activity", "get", {"return": wanted})["values"]
    facts = {"tag_id": str(tag), "tag_id.name": "Urgent", "tag_id.color": "#aabbcc"}
    assert found[str(activity)]["tag_id"] == {str(tag): facts}
    assert found[str(activity)]["subject"] == "Plan"
    assert "tag_id" not in found[str(bare)]


def test_activities_of_a_contact_say_in_words_what_they_are(
    as_ada: Caller, as_alice: Caller, people: list[int]
) -> None:
    group = as_ada.make("CustomGroup", title="Facts", extends="Activity")
    field = as_ada.make("CustomField", custom_group_id=group, label="Room")
    activity = meet(as_alice, source_contact_id=people[0], **{f"custom_{field}": "Blue"})
    found = as_alice.ok("Activity", "getsingle", contact_id=people[0])
    assert (found["activity_name"], found["status"]) == ("Meeting", "Scheduled")
    assert found[f"custom_{field}"] == "Blue"
    alone = as_alice.ok("Activity", "getsingle", id=activity)
    assert not {"activity_name", "status", f"custom_{field}"} & alone.keys()


def test_contacts_in_custom_fields_of_activities_are_named(
    as_ada: Caller, as_alice: Caller, people: list[int]
) -> None:
    group = as_ada.make("CustomGroup", title="Facts", extends="Activity")
    kind = {"data_type": "ContactReference", "html_type": "Autocomplete-Select"}
    name = f"custom_{as_ada.make('CustomField', custom_group_id=group, label='Host', **kind)}"
    activity = meet(as_alice, **{name: people[1]})
    found = as_alice.ok("Activity", "getsingle", {"id": activity, "return": name})
    assert (found[name], found[f"{name}_id"]) == ("Smith, Bob", str(people[1]))
    other = as_alice.ok("Activity", "getsingle", {"id": meet(as_alice), "return": name})
    assert not {name, f"{name}_id"} & other.keys()
