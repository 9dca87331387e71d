"""Calendar and Events: tasks apart from everything else."""

from datetime import UTC, datetime
from typing import Any

import pytest

from contacts.models import User
from contacts.services.activities import create_activity
from tests.builders import actor_for
from tests.dialects.vtiger.calling import Caller

TASK = {
    "subject": "Call back",
    "date_start": "2031-01-02",
    "time_start": "10:00:00",
    "due_date": "2031-01-03",
    "taskstatus": "In Progress",
    "taskpriority": "High",
}
EVENT = {
    "subject": "Lunch",
    "date_start": "2031-01-02",
    "time_start": "12:00:00",
    "due_date": "2031-01-02",
    "time_end": "13:30:00",
    "eventstatus": "Planned",
    "activitytype": "Call",
}


@pytest.fixture
def task(as_alice: Caller) -> dict[str, Any]:
    """Return a task about a company."""
    company = as_alice.create("Accounts", accountname="Acme")
    made: dict[str, Any] = as_alice.create("Calendar", **TASK, parent_id=company["id"])
    assert made["parent_id"] == company["id"]
    return made


def test_a_task_comes_back_as_it_was_sent(task: dict[str, Any]) -> None:
    assert task["id"].startswith("9x")
    assert {name: task[name] for name in TASK} == TASK
    assert task["activitytype"] == "Task"


def test_an_event_knows_how_long_it_lasts(as_alice: Caller) -> None:
    made = as_alice.create("Events", **EVENT)
    assert made["id"].startswith("18x")
    assert {name: made[name] for name in EVENT} == EVENT
    assert (made["duration_hours"], made["duration_minutes"]) == ("1", "30")


def test_an_event_without_a_type_is_refused(as_alice: Caller) -> None:
    element = {"assigned_user_id": as_alice.user_id, **EVENT, "activitytype": ""}
    assert as_alice.refusal("create", "POST", elementType="Events", element=element) == (
        "MANDATORY_FIELDS_MISSING",
        "activitytype does not have a value",
    )


def test_an_event_is_no_task(as_alice: Caller) -> None:
    """One that was called so could not be retrieved by the id that creating it gave."""
    fields = as_alice.get("describe", elementType="Events")["fields"]
    (kind,) = (each["type"] for each in fields if each["name"] == "activitytype")
    assert "Task" not in [each["value"] for each in kind["picklistValues"]]
    element = {"assigned_user_id": as_alice.user_id, **EVENT, "activitytype": "Task"}
    wrong = ("DATABASE_QUERY_ERROR", "activitytype is not in the list")
    assert as_alice.refusal("create", "POST", elementType="Events", element=element) == wrong
    made = as_alice.create("Events", **EVENT)
    changed = {"id": made["id"], "activitytype": "task"}
    assert as_alice.refusal("revise", "POST", element=changed) == wrong


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("9:30", "09:30:00"),
        ("9:30 AM", "09:30:00"),
        ("12:05 am", "00:05:00"),
        ("12:00PM", "12:00:00"),
        ("1:15:30 pm", "13:15:30"),
    ],
)
def test_times_are_taken_as_people_write_them(written: str, shown: str, as_alice: Caller) -> None:
    made = as_alice.create("Calendar", **{**TASK, "time_start": written})
    assert made["time_start"] == shown
    rows = as_alice.query(f"select id from Calendar where time_start = '{written}';")
    assert rows == [{"id": made["id"]}]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("time_start", "13:00 PM", "is not a time"),
        ("time_start", "0:30 am", "is not a time"),
        ("time_start", "25:00", "is not a time"),
        ("due_date", "soon", "is not a date"),
    ],
)
def test_moments_that_are_none_are_refused_by_the_name_of_their_field(
    name: str, text: str, words: str, as_alice: Caller
) -> None:
    element = {"assigned_user_id": as_alice.user_id, **TASK, name: text}
    refused = as_alice.refusal("create", "POST", elementType="Calendar", element=element)
    assert refused == ("DATABASE_QUERY_ERROR", f"{name} {words}")
    assert as_alice.query("select id from Calendar;") == []


def test_tasks_and_events_stay_apart(as_alice: Caller, task: dict[str, Any]) -> None:
    event = as_alice.create("Events", **EVENT)
    assert as_alice.query("select id from Calendar;") == [{"id": task["id"]}]
    assert as_alice.query("select id from Events;") == [{"id": event["id"]}]
    number = task["id"].partition("x")[2]
    assert as_alice.refusal("retrieve", id=f"18x{number}")[0] == "INVALID_ID_ATTRIBUTE"


@pytest.mark.parametrize(
    ("condition", "matches"),
    [
        ("date_start = '2031-01-02'", True),
        ("date_start > '2031-01-02'", False),
        ("due_date >= '2031-01-03' and taskstatus = 'in progress'", True),
        ("time_start = '10:00:00'", True),
        ("time_start = '10:00'", True),
        ("time_start > '09:59:59' and time_start <= '10:00:00'", True),
        ("time_start > '10:00:00'", False),
        ("time_start != '10:00:00'", False),
        ("time_start like '10:%'", True),
        ("duration_hours = 24 and duration_minutes = 0", True),
        ("duration_hours >= 25", False),
        ("duration_minutes < 1", True),
        ("duration_minutes > '0'", False),
        ("parent_id > '11x0'", True),
        ("parent_id <= '11x0'", False),
        ("taskpriority = 'High'", True),
        ("parent_id = '{parent_id}'", True),
        ("parent_id = '13x1'", False),
        ("subject like '%back'", True),
        ("sendnotification = 0", True),
    ],
)
def test_tasks_are_found_by_their_fields(
    as_alice: Caller, task: dict[str, Any], condition: str, matches: bool
) -> None:
    rows = as_alice.query(f"select id from Calendar where {condition.format(**task)};")
    assert rows == ([{"id": task["id"]}] if matches else [])


def test_tasks_about_nothing_are_found_apart(as_alice: Caller, task: dict[str, Any]) -> None:
    """What is not set matches no comparison but that with nothing."""
    lead = as_alice.create("Leads", lastname="Lee")
    other = as_alice.create("Calendar", **TASK, parent_id=lead["id"])
    person = as_alice.create("Contacts", lastname="Ann")
    alone = as_alice.create("Calendar", **TASK, contact_id=person["id"])
    for condition, found in (
        ("parent_id = ''", [alone]),
        ("parent_id != ''", [task, other]),
        (f"parent_id != '{lead['id']}'", [task]),
    ):
        rows = as_alice.query(f"select id from Calendar where {condition};")
        assert rows == [{"id": each["id"]} for each in found], condition


def test_events_without_an_end_are_found(as_alice: Caller, alice: User) -> None:
    made = as_alice.create("Events", **EVENT)
    values = {"subject": "Open", "starts_at": datetime(2031, 1, 2, tzinfo=UTC)}
    endless = create_activity(actor_for(alice), values)["id"]
    for name in ("due_date", "time_end"):
        rows = as_alice.query(f"select {name} from Events where {name} = '';")
        assert rows == [{name: "", "id": f"18x{endless}"}]
        rows = as_alice.query(f"select id from Events where {name} != '';")
        assert rows == [{"id": made["id"]}]


def test_a_task_moves_to_a_deal(as_alice: Caller, task: dict[str, Any]) -> None:
    deal = as_alice.create(
        "Potentials", potentialname="D", closingdate="2031-01-01", sales_stage="Prospecting"
    )
    moved = as_alice.post("revise", element={"id": task["id"], "parent_id": deal["id"]})
    assert moved["parent_id"] == deal["id"]
    assert as_alice.query(f"select id from Calendar where parent_id = '{deal['id']}';")


def test_only_the_time_of_a_day_changes(as_alice: Caller, task: dict[str, Any]) -> None:
    changed = as_alice.post("revise", element={"id": task["id"], "time_start": "09:15"})
    assert (changed["date_start"], changed["time_start"]) == ("2031-01-02", "09:15:00")
    assert changed["due_date"] == "2031-01-03"
