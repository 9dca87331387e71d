"""Synchronising the neighbours of contacts: what changed and what is gone, of every module."""

from typing import Any

import pytest

from contacts.models import Project
from tests.dialects.vtiger.calling import Caller

ELEMENTS: dict[str, dict[str, Any]] = {
    "Leads": {"lastname": "Lee"},
    "Potentials": {
        "potentialname": "D",
        "closingdate": "2031-01-01",
        "sales_stage": "Prospecting",
    },
    "Calendar": {
        "subject": "T",
        "date_start": "2031-01-02",
        "time_start": "10:00:00",
        "due_date": "2031-01-03",
        "taskstatus": "Not Started",
    },
    "Events": {
        "subject": "E",
        "date_start": "2031-01-02",
        "time_start": "10:00:00",
        "due_date": "2031-01-02",
        "time_end": "11:00:00",
        "eventstatus": "Planned",
        "activitytype": "Meeting",
    },
    "HelpDesk": {"ticket_title": "T", "ticketstatus": "Open", "ticketpriorities": "Low"},
    "Documents": {"notes_title": "P"},
}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.vtiger.syncing.time.sleep", lambda seconds: None)


@pytest.mark.parametrize("module", ELEMENTS)
def test_changed_and_deleted_records_are_told(as_alice: Caller, module: str) -> None:
    kept = as_alice.create(module, **ELEMENTS[module])
    gone = as_alice.create(module, **ELEMENTS[module])
    as_alice.post("delete", id=gone["id"])
    told = as_alice.get("sync", modifiedTime="1", elementType=module)
    assert [row["id"] for row in told["updated"]] == [kept["id"]]
    assert told["deleted"] == [gone["id"]]


def test_the_trash_is_told_of_the_right_module(as_alice: Caller) -> None:
    for module, element in (("Contacts", {"lastname": "Lee"}), ("Leads", {"lastname": "Low"})):
        gone = as_alice.create(module, **element)
        as_alice.post("delete", id=gone["id"])
        assert as_alice.get("sync", modifiedTime="1", elementType=module)["deleted"] == [gone["id"]]


def test_all_modules_are_told_at_once(as_alice: Caller, project: Project) -> None:
    made = {as_alice.create(module, **element)["id"] for module, element in ELEMENTS.items()}
    told = as_alice.get("sync", modifiedTime="1")
    assert made | {f"29x{project.pk}"} == {row["id"] for row in told["updated"]}


def test_deleted_comments_are_told(as_alice: Caller) -> None:
    about = as_alice.create("Contacts", lastname="Lee")["id"]
    kept, gone = (
        as_alice.create("ModComments", commentcontent=text, related_to=about)["id"] for text in "ab"
    )
    as_alice.post("delete", id=gone)
    told = as_alice.get("sync", modifiedTime="1", elementType="ModComments")
    assert [row["id"] for row in told["updated"]] == [kept]
    assert told["deleted"] == [gone]
    assert as_alice.refusal("retrieve", id=gone)[0] == "ACCESS_DENIED"
