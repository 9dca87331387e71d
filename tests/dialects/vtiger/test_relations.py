"""Relations: what belongs to a record, under the labels of the original."""

from typing import Any

import pytest

from tests.dialects.vtiger.calling import Caller

DEAL = {"potentialname": "D", "closingdate": "2031-01-01", "sales_stage": "Prospecting"}
TASK = {
    "subject": "T",
    "date_start": "2031-01-02",
    "time_start": "10:00:00",
    "due_date": "2031-01-03",
    "taskstatus": "Not Started",
}


@pytest.fixture
def acme(as_alice: Caller) -> dict[str, Any]:
    """Return a company."""
    made: dict[str, Any] = as_alice.create("Accounts", accountname="Acme")
    return made


def related(caller: Caller, source: str, module: str, label: str = "") -> list[str]:
    """Return the ids of related records."""
    rows = caller.get(
        "retrieve_related", id=source, relatedType=module, relatedLabel=label or module
    )
    return [row["id"] for row in rows]


def test_relations_are_listed_by_label(as_alice: Caller) -> None:
    listed = as_alice.get("relatedtypes", elementType="Contacts")
    assert listed["information"]["Activities"] == {
        "name": "Calendar",
        "label": "Activities",
        "isEntity": "1",
    }
    assert listed["types"].count("Calendar") == 2


def test_label_of_a_relation_is_what_the_other_operations_take(as_alice: Caller) -> None:
    """The labels were those of the modules, and in the language of the user."""
    information = as_alice.get("relatedtypes", elementType="Contacts")["information"]
    assert {label: each["label"] for label, each in information.items()} == {
        label: label
        for label in (
            "Potentials",
            "Activities",
            "Activity History",
            "HelpDesk",
            "Documents",
            "ModComments",
            "Projects",
        )
    }


def test_people_of_a_company_are_its_contacts(as_alice: Caller, acme: dict[str, Any]) -> None:
    ann = as_alice.create("Contacts", lastname="Ann", account_id=acme["id"], department="D0")
    bob = as_alice.create("Contacts", lastname="Bob")
    assert related(as_alice, acme["id"], "Contacts") == [ann["id"]]
    done = as_alice.post(
        "add_related",
        sourceRecordId=acme["id"],
        relatedRecordId=bob["id"],
        relationIdLabel="Contacts",
    )
    assert done == {"message": "successfull"}
    assert related(as_alice, acme["id"], "Contacts") == [ann["id"], bob["id"]]
    rows = as_alice.get(
        "query_related",
        id=acme["id"],
        relatedLabel="Contacts",
        query="select lastname from Contacts WHERE department='D0'",
    )
    assert rows == [{"lastname": "Ann", "id": ann["id"]}]


def test_related_records_come_in_pages(
    as_alice: Caller, acme: dict[str, Any], settings: Any
) -> None:
    """Clients ask for the next page until one is not full, which none ever was."""
    settings.VTIGER_MAX_ROWS = 2
    ids = [
        as_alice.create("Contacts", lastname=name, account_id=acme["id"])["id"]
        for name in ("Ann", "Bob", "Cid")
    ]
    asked = {"id": acme["id"], "relatedType": "Contacts", "relatedLabel": "Contacts"}
    for page, found in (
        ("", ids[:2]),
        ("0", ids[:2]),
        ("1", ids[:2]),
        ("2", ids[2:]),
        ("3", []),
        ("999999999", []),
        ("x", ids[:2]),
    ):
        rows = as_alice.get("retrieve_related", **asked, page=page)
        assert [row["id"] for row in rows] == found, page


@pytest.mark.parametrize(
    ("module", "label", "element"),
    [
        ("Potentials", "Potentials", DEAL),
        ("Calendar", "Activities", TASK),
        (
            "HelpDesk",
            "HelpDesk",
            {"ticket_title": "T", "ticketstatus": "Open", "ticketpriorities": "Low"},
        ),
        ("Documents", "Documents", {"notes_title": "P"}),
    ],
)
def test_records_are_added_to_a_contact(
    as_alice: Caller, module: str, label: str, element: dict[str, str]
) -> None:
    person = as_alice.create("Contacts", lastname="Lee")
    made = [as_alice.create(module, **element) for _ in range(2)]
    assert related(as_alice, person["id"], module, label) == []
    as_alice.post(
        "add_related",
        **{
            "sourceRecordId": person["id"],
            "relatedRecordId[0]": made[0]["id"],
            "relatedRecordId[1]": made[1]["id"],
            "relationIdLabel": label,
        },
    )
    assert related(as_alice, person["id"], module, label) == [each["id"] for each in made]


def test_records_are_added_without_a_label(as_alice: Caller, acme: dict[str, Any]) -> None:
    person = as_alice.create("Contacts", lastname="Lee")
    ids = {"sourceRecordId": acme["id"], "relatedRecordId": person["id"]}
    for label in ({}, {"relationIdLabel": ""}):
        assert as_alice.post("add_related", **ids, **label) == {"message": "successfull"}
    assert related(as_alice, acme["id"], "Contacts") == [person["id"]]
    wrong = ("UNKOWN_ENTITY", "Relation specified is incorrect")
    ids = {"sourceRecordId": person["id"], "relatedRecordId": acme["id"]}
    assert as_alice.refusal("add_related", "POST", **ids) == wrong


def test_what_is_done_is_history(as_alice: Caller, acme: dict[str, Any]) -> None:
    task = as_alice.create("Calendar", **TASK, parent_id=acme["id"])
    assert related(as_alice, acme["id"], "Calendar", "Activities") == [task["id"]]
    as_alice.post("revise", element={"id": task["id"], "taskstatus": "Completed"})
    assert related(as_alice, acme["id"], "Calendar", "Activities") == []
    assert related(as_alice, acme["id"], "Calendar", "Activity History") == [task["id"]]


def test_comments_belong_to_their_record(as_alice: Caller, acme: dict[str, Any]) -> None:
    comment = as_alice.create("ModComments", commentcontent="Hi", related_to=acme["id"])
    assert related(as_alice, acme["id"], "ModComments") == [comment["id"]]


def test_an_unknown_relation_is_refused(as_alice: Caller, acme: dict[str, Any]) -> None:
    wrong = ("UNKOWN_ENTITY", "Relation specified is incorrect")
    params = {"id": acme["id"], "relatedType": "Contacts", "relatedLabel": "Nosuch"}
    assert as_alice.refusal("retrieve_related", **params) == wrong
    params = {"id": acme["id"], "relatedType": "Leads", "relatedLabel": "Contacts"}
    assert as_alice.refusal("retrieve_related", **params) == wrong
    more = {"relatedRecordId": acme["id"], "relationIdLabel": "Nosuch"}
    assert as_alice.refusal("add_related", "POST", sourceRecordId=acme["id"], **more) == wrong


def test_a_missing_record_is_not_related(as_alice: Caller, acme: dict[str, Any]) -> None:
    more = {"relatedRecordId": "12x999", "relationIdLabel": "Contacts"}
    code, _ = as_alice.refusal("add_related", "POST", sourceRecordId=acme["id"], **more)
    assert code == "ACCESS_DENIED"


def test_contacts_and_tickets_lie_in_projects(as_ada: Caller) -> None:
    plan, other = (
        as_ada.create("Project", projectname=name)["id"] for name in ("Plan B", "Plan B")
    )
    person = as_ada.create("Contacts", lastname="Lee")["id"]
    before = related(as_ada, person, "Project", "Projects")
    tie = {"relationIdLabel": "Projects", "relatedRecordId": plan}
    as_ada.post("add_related", sourceRecordId=person, **tie)
    assert sorted(related(as_ada, person, "Project", "Projects")) == sorted([*before, plan])
    ticket = as_ada.create(
        "HelpDesk", ticket_title="T", ticketstatus="Open", ticketpriorities="Low"
    )["id"]
    as_ada.post("add_related", sourceRecordId=ticket, **tie)
    assert related(as_ada, ticket, "Project", "Projects") == [plan]
    changed = as_ada.post("revise", element={"id": other, "projectstatus": "completed"})
    assert (changed["projectname"], changed["projectstatus"]) == ("Plan B", "completed")
    found = as_ada.query("select id from Project where projectstatus = 'Completed';")
    assert found == [{"id": other}]
    assert as_ada.post("delete", id=other) == {"status": "successful"}
    assert as_ada.refusal("retrieve", id=other)[0] == "ACCESS_DENIED"
