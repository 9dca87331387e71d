"""Issues: the tickets of projects."""

import json
from functools import partial

import pytest

from contacts.models import Contact, Project, Ticket, User
from tests.builders import actor_for, join, make_contact
from tests.costs import statements_of
from tests.dialects.redmineup.calling import Caller, caller, errors_of


@pytest.fixture
def alices(alice: User) -> Caller:
    return caller(alice)


@pytest.fixture
def john(alice: User) -> Contact:
    return make_contact(actor_for(alice), first_name="John", last_name="Smith")


def make(person: Caller, subject: str = "Help", **more: object) -> int:
    issue = {"project_id": "demo", "subject": subject, **more}
    return int(person.make("/issues.json", {"issue": issue})["issue"]["id"])


def subjects(person: Caller, query: str = "") -> list[str]:
    return [issue["subject"] for issue in person.read(f"/issues.json?{query}")["issues"]]


def test_an_issue_is_created_with_all_it_can_hold(
    alices: Caller, alice: User, bob: User, john: Contact, project: Project
) -> None:
    issue = {
        "project_id": project.pk,
        "subject": "Help",
        "description": "Please\nhelp",
        "tracker_id": 1,
        "status_id": 2,
        "priority_id": 4,
        "assigned_to_id": bob.pk,
        "contact_id": john.pk,
        "start_date": "2024-05-05",
        "due_date": "2024-06-05",
        "done_ratio": 20,
    }

    answer = alices.post("/issues.json", {"issue": issue})

    assert answer.status_code == 201, answer.content
    shown = json.loads(answer.content)["issue"]
    assert answer["Location"] == f"http://testserver/issues/{shown['id']}"
    assert shown.pop("created_on") == shown.pop("updated_on")
    assert shown == {
        "id": Ticket.objects.get().pk,
        "project": {"id": project.pk, "name": "Demo project"},
        "tracker": {"id": 1, "name": "Bug"},
        "status": {"id": 2, "name": "In Progress", "is_closed": False},
        "priority": {"id": 4, "name": "Urgent"},
        "author": {"id": alice.pk, "name": "Alice Owner"},
        "assigned_to": {"id": bob.pk, "name": "Bob Member"},
        "contact": {"id": john.pk, "name": "John Smith"},
        "subject": "Help",
        "description": "Please\nhelp",
        "start_date": "2024-05-05",
        "due_date": "2024-06-05",
        "done_ratio": 20,
        "is_private": False,
        "closed_on": None,
    }


def test_an_issue_of_the_least_has_the_usual_values(alices: Caller) -> None:
    shown = alices.read(f"/issues/{make(alices)}.json")["issue"]

    assert shown["tracker"]["name"] == "Support"
    assert shown["status"]["name"] == "New"
    assert shown["priority"]["name"] == "Normal"
    assert "assigned_to" not in shown


def test_issues_in_xml(alices: Caller) -> None:
    body = "<issue><project_id>demo</project_id><subject>A &amp; B</subject></issue>"

    answer = alices.post("/issues.xml", body, "application/xml")

    assert answer.status_code == 201, answer.content
    text = alices.get("/issues.xml").content.decode()
    assert '<issues type="array" total_count="1" offset="0" limit="25"><issue><id>' in text
    assert '<status id="1" name="New" is_closed="false"/>' in text
    assert "<subject>A &amp; B</subject><description/>" in text


def test_the_list_has_open_issues_unless_a_status_is_asked_for(alices: Caller) -> None:
    make(alices, "New")
    make(alices, "Closed", status_id=5)
    make(alices, "Rejected", status_id=6)

    assert subjects(alices) == ["New"]
    assert subjects(alices, "status_id=open") == ["New"]
    assert subjects(alices, "status_id=o") == ["New"]
    assert sorted(subjects(alices, "status_id=closed")) == ["Closed", "Rejected"]
    assert len(subjects(alices, "status_id=*")) == 3
    assert subjects(alices, "status_id=5") == ["Closed"]
    assert sorted(subjects(alices, "status_id=!5")) == ["New", "Rejected"]
    assert subjects(alices, "status_id=999") == []


def test_the_list_filters(alices: Caller, alice: User, john: Contact, elsewhere: Project) -> None:
    join(alice, elsewhere)
    make(alices, "Apple", assigned_to_id=alice.pk, tracker_id=1, due_date="2024-01-31")
    pear = make(alices, "Pear", contact_id=john.pk, priority_id=5)
    make(alices, "Plum", project_id="elsewhere")

    assert subjects(alices, "assigned_to_id=me") == ["Apple"]
    assert subjects(alices, "tracker_id=1") == ["Apple"]
    assert subjects(alices, "priority_id=5") == ["Pear"]
    assert subjects(alices, f"contact_id={john.pk}") == ["Pear"]
    assert subjects(alices, f"issue_id={pear}") == ["Pear"]
    assert subjects(alices, "subject=~LU") == ["Plum"]
    assert subjects(alices, "due_date=<=2024-01-31") == ["Apple"]
    assert subjects(alices, "project_id=elsewhere") == ["Plum"]
    assert subjects(alices, "sort=subject:desc") == ["Plum", "Pear", "Apple"]
    assert alices.read("/projects/demo/issues.json")["total_count"] == 2
    assert alices.get("/issues.json?project_id=nowhere").status_code == 404


def test_pages_neither_overlap_nor_skip(alices: Caller) -> None:
    made = {make(alices, f"Issue {number % 2}") for number in range(7)}

    seen = []
    for offset in range(0, 9, 3):
        seen += alices.read(f"/issues.json?limit=3&offset={offset}&sort=subject")["issues"]

    assert len(seen) == 7
    assert {issue["id"] for issue in seen} == made


def test_a_page_costs_the_same_whatever_its_size(alices: Caller, john: Contact) -> None:
    for number in range(12):
        make(alices, f"Issue {number}", contact_id=john.pk)
    costs = [
        len(statements_of(partial(alices.read, f"/issues.json?limit={limit}"))) for limit in (2, 12)
    ]

    assert costs[0] == costs[1] <= 4


def test_an_issue_changes_closes_and_goes(alices: Caller) -> None:
    issue = make(alices, description="Kept")
    path = f"/issues/{issue}.json"

    assert alices.put(path, {"issue": {"status_id": 5, "done_ratio": 100}}).status_code == 204

    shown = alices.read(path)["issue"]
    assert (shown["status"]["is_closed"], shown["done_ratio"]) == (True, 100)
    assert shown["description"] == "Kept"
    assert shown["closed_on"].endswith("Z")
    assert alices.delete(path).status_code == 204
    assert alices.get(path).status_code == 404


@pytest.mark.parametrize(
    ("issue", "error"),
    [
        ({"subject": " "}, "Subject cannot be blank"),
        ({}, "Subject cannot be blank"),
        ({"subject": "x", "status_id": 99}, "Status is not included in the list"),
        ({"subject": "x", "tracker_id": [1]}, "Tracker is not included in the list"),
        ({"subject": "x", "done_ratio": 101}, "must be less than or equal to 100"),
        ({"subject": "x", "due_date": "soon"}, "Due date is not a valid date"),
        ({"subject": "x", "assigned_to_id": 999_999}, "Assigned to is invalid"),
    ],
)
def test_bad_values_are_refused(alices: Caller, issue: dict[str, object], error: str) -> None:
    found = errors_of(alices.post("/issues.json", {"issue": {"project_id": "demo", **issue}}))

    assert any(error in each for each in found), found
    assert Ticket.objects.count() == 0


def test_hidden_issues_look_like_missing_ones(alices: Caller, charlie: User) -> None:
    issue, outsider = make(alices), caller(charlie)

    for path in (f"/issues/{issue}.json", "/issues/999999.json"):
        assert outsider.get(path).status_code == 404
        assert outsider.put(path, {"issue": {"subject": "x"}}).status_code == 404
        assert outsider.delete(path).status_code == 404
    assert outsider.read("/issues.json")["issues"] == []
    body = {"issue": {"project_id": "demo", "subject": "x"}}
    assert outsider.post("/issues.json", body).status_code == 404


def test_a_reader_adds_but_does_not_change(alices: Caller, charlie: User, project: Project) -> None:
    join(charlie, project, "Reporter")
    issue, reader = make(alices), caller(charlie)

    assert reader.put(f"/issues/{issue}.json", {"issue": {"subject": "x"}}).status_code == 403
    assert reader.delete(f"/issues/{issue}.json").status_code == 403
    assert make(reader, "Mine")


def test_tickets_and_notes_of_nobody_hide_no_contact(
    alices: Caller, alice: User, john: Contact
) -> None:
    make(alices, assigned_to_id=alice.pk)
    deal = alices.make("/deals.json", {"deal": {"project_id": "demo", "name": "Large"}})["deal"]
    note = {"source_type": "Deal", "source_id": deal["id"], "content": "Called"}
    alices.make("/notes.json", {"note": note})

    for query in ("has_open_issues=!*", "has_open_issues=!me", "has_deals=0", "last_note=!*"):
        found = alices.read(f"/contacts.json?{query}")["contacts"]
        assert [each["id"] for each in found] == [john.pk], query


def test_notes_that_come_with_a_change_are_the_journal(
    alices: Caller, alice: User, bob: User, project: Project
) -> None:
    issue = make(alices)
    path = f"/issues/{issue}.json"

    for sent in ({"subject": "x", "notes": "First"}, {"notes": "Mine", "private_notes": True}):
        assert alices.put(path, {"issue": sent}).status_code == 204
    assert alices.put(path, {"issue": {"subject": "", "notes": "Lost"}}).status_code == 422
    assert alices.put(path, {"issue": {"subject": "x", "notes": " "}}).status_code == 204

    assert "journals" not in alices.read(path)["issue"]
    journals = alices.read(f"{path}?include=journals")["issue"]["journals"]
    assert [(each["notes"], each["private_notes"]) for each in journals] == [
        ("First", False),
        ("Mine", True),
    ]
    assert (journals[0]["user"]["id"], journals[0]["details"]) == (alice.pk, [])
    of_bob = caller(bob).read(f"{path}?include=journals")["issue"]["journals"]
    assert [each["notes"] for each in of_bob] == ["First"]
    xml = alices.get(f"/issues/{issue}.xml?include=journals").content.decode()
    assert f'<journals type="array"><journal id="{journals[0]["id"]}"><user id=' in xml
    assert "<notes>First</notes>" in xml
