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
