"""Numbers and dates around records: in lists as in single records, in few statements."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from contacts.models import Project, User
from tests.costs import statements_of
from tests.dialects.concord.calling import Caller, errors_of

pytestmark = pytest.mark.django_db

COUNTS = (
    *("notes_count", "calls_count", "incomplete_activities_for_user_count"),
    *("next_activity_date", "last_contacted_at"),
)


def stages(caller: Caller) -> list[int]:
    """Return the ids of the stages."""
    return [stage["id"] for stage in caller.read("/api/pipeline-stages")["data"]]


def surround(caller: Caller, user: User, **tied: Any) -> None:
    """Give records two notes, a call, and two activities of which one is done."""
    (name, ids), *_others = tied.items()
    via = {"via_resource": name, "via_resource_id": ids[0]}
    for text in ("One", "Two"):
        caller.make("/api/notes", {"body": text, **via, **tied})
    outcome = caller.read("/api/call-outcomes")["data"][0]["id"]
    call = {"call_outcome_id": outcome, "date": "2026-01-05T10:00:00Z", "body": "x"}
    caller.make("/api/calls", {**call, **tied})
    plan = {"title": "Meet", "user_id": user.pk, **tied}
    caller.make("/api/activities", {**plan, "due_date": "2130-02-03T10:00:00Z"})
    caller.make("/api/activities", {**plan, "due_date": "2129-01-01", "is_completed": True})


def figures(record: dict[str, Any]) -> tuple[Any, ...]:
    """Return what a record says of its surroundings."""
    return tuple(record[name] for name in COUNTS)


SEEN = (2, 1, 1, "2130-02-03T10:00:00.000000Z", "2026-01-05T10:00:00.000000Z")
NOTHING = (0, 0, 0, None, None)


@pytest.mark.parametrize("name", ["contacts", "companies", "deals"])
def test_lists_and_records_tell_the_same_numbers(
    name: str, as_alice: Caller, alice: User, project: Project
) -> None:
    body = {"first_name": "Ann", "name": "Acme", "stage_id": stages(as_alice)[0]}
    one = as_alice.make(f"/api/{name}", body)["id"]
    other = as_alice.make(f"/api/{name}", body)["id"]
    surround(as_alice, alice, **{name: [one]})
    listed = {record["id"]: record for record in as_alice.read(f"/api/{name}")["data"]}
    assert figures(listed[one]) == SEEN
    assert figures(listed[other]) == NOTHING
    assert figures(as_alice.read(f"/api/{name}/{one}")) == SEEN


def test_a_list_that_was_written_before_tells_what_has_come_since(
    as_alice: Caller, alice: User, project: Project
) -> None:
    one, other = (as_alice.make("/api/contacts", {"first_name": name})["id"] for name in "AB")
    firm = as_alice.make("/api/companies", {"name": "Acme"})["id"]
    before = as_alice.read("/api/contacts")["data"]
    surround(as_alice, alice, contacts=[one])
    stage = stages(as_alice)[0]
    as_alice.make("/api/deals", {"name": "D", "stage_id": stage, "contacts": [other]})
    as_alice.change(f"/api/contacts/{other}", {"companies": [firm]})
    first, second = as_alice.read("/api/contacts")["data"]

    assert [figures(record) for record in before] == [NOTHING, NOTHING]
    assert [figures(record) for record in (first, second)] == [SEEN, NOTHING]
    beside = ("deals_count", "open_deals_count", "companies_count", "associations_count")
    assert [second[name] for name in beside] == [1, 1, 1, 2]
    assert [as_alice.read(f"/api/contacts/{pk}")[beside[0]] for pk in (one, other)] == [0, 1]


def test_what_is_hidden_is_not_counted(
    as_alice: Caller, alice: User, as_reader: Caller, project: Project
) -> None:
    one = as_alice.make("/api/contacts", {"first_name": "Ann"})["id"]
    surround(as_alice, alice, contacts=[one])
    assert figures(as_reader.read(f"/api/contacts/{one}"))[2] == 0


ORDERS = (
    *COUNTS,
    *("associations_count", "activities_count", "notes_count", "calls_count"),
)


@pytest.mark.parametrize("name", ["contacts", "companies", "deals"])
@pytest.mark.parametrize("by", ["alice", "rita"])
def test_lists_are_ordered_by_what_they_tell(
    name: str, by: str, as_alice: Caller, as_reader: Caller, alice: User, project: Project
) -> None:
    """Next activities and numbers of the caller's own ones ordered nothing."""
    stage = stages(as_alice)[0]
    made = [
        as_alice.make(f"/api/{name}", {"first_name": "A", "name": f"A{n}", "stage_id": stage})["id"]
        for n in range(4)
    ]
    outcome = as_alice.read("/api/call-outcomes")["data"][0]["id"]
    other = "deals" if name != "deals" else "contacts"
    for number, pk in ((3, made[0]), (1, made[2]), (2, made[3])):
        tied = {name: [pk]}
        for _ in range(number):
            surround(as_alice, alice, **tied)
            further = {"first_name": "B", "name": f"B{number}", "stage_id": stage}
            as_alice.make(f"/api/{other}", {**further, **tied})
        plan = {"title": "Meet", "user_id": alice.pk, "due_date": f"212{number}-01-01 10:00"}
        as_alice.make("/api/activities", {**plan, **tied})
        call = {"call_outcome_id": outcome, "date": f"2026-02-0{number} 10:00", "body": "x"}
        as_alice.make("/api/calls", {**call, **tied})
    caller = as_alice if by == "alice" else as_reader
    for key in ORDERS:
        for way in ("asc", "desc"):
            rows = caller.read(f"/api/{name}?order={key}|{way}")["data"]
            told = [(str(row[key] or ""), row["id"]) for row in rows if row["id"] in made]
            assert told == sorted(told, reverse=way == "desc"), key
    assert by == "rita" or len({row[0] for row in told}) > 1


def statements(caller: Caller, path: str) -> int:
    """Return how many statements a request costs once everything is warm."""
    return len(statements_of(lambda: caller.read(path)))


@pytest.mark.parametrize(
    ("path", "most"),
    [
        # The token, the rows, who takes part with the numbers.
        ("/api/deals?with=contacts;companies", 4),
        # The token, the rows, the guests, the ties.
        ("/api/activities?with=contacts;companies;deals", 4),
    ],
)
def test_statements_do_not_grow_with_the_page(
    path: str, most: int, as_alice: Caller, alice: User, project: Project
) -> None:
    stage = stages(as_alice)[0]
    people = [as_alice.make("/api/contacts", {"first_name": f"P{n}"})["id"] for n in range(6)]
    firm = as_alice.make("/api/companies", {"name": "Acme"})["id"]
    for number, person in enumerate(people):
        tied = {"contacts": [person], "companies": [firm]}
        deal = {"name": f"D{number}", "stage_id": stage, **tied}
        made = as_alice.make("/api/deals", deal)
        plan = {"title": "Meet", "user_id": alice.pk, "due_date": "2130-01-01"}
        guests = {"users": [alice.pk], "contacts": people[: number + 1]}
        as_alice.make("/api/activities", {**plan, **tied, "deals": [made["id"]], "guests": guests})
    few = statements(as_alice, f"{path}&per_page=1")
    many = statements(as_alice, f"{path}&per_page=100")
    assert few == many <= most


def test_time_in_stages_is_kept_for_stages_that_were_left(
    as_alice: Caller, project: Project
) -> None:
    first, second, *_others = stages(as_alice)
    begin = timezone.now().replace(microsecond=0)
    with time_machine.travel(begin, tick=False):
        path = f"/api/deals/{as_alice.make('/api/deals', {'name': 'D', 'stage_id': first})['id']}"
    with time_machine.travel(begin + timedelta(seconds=60), tick=False):
        as_alice.change(path, {"stage_id": second})
    with time_machine.travel(begin + timedelta(seconds=90), tick=False):
        as_alice.change(path, {"status": "won"})
    with time_machine.travel(begin + timedelta(seconds=500), tick=False):
        assert as_alice.read(path)["time_in_stages"] == {str(first): 60, str(second): 30}
        as_alice.change(path, {"status": "open"})
    with time_machine.travel(begin + timedelta(seconds=505), tick=False):
        as_alice.change(path, {"stage_id": first})
    with time_machine.travel(begin + timedelta(seconds=507), tick=False):
        assert as_alice.read(path)["time_in_stages"] == {str(first): 62, str(second): 35}


def test_pinned_entries_come_first_in_a_timeline(as_alice: Caller, project: Project) -> None:
    person = as_alice.make("/api/contacts", {"first_name": "Ann"})["id"]
    via = {"via_resource": "contacts", "via_resource_id": person}
    old = as_alice.make("/api/notes", {"body": "Old", **via})["id"]
    as_alice.make("/api/notes", {"body": "New", **via})
    said = {
        "subject_type": "contacts",
        "subject_id": person,
        "timelineable_type": "notes",
        "timelineable_id": old,
    }
    path = f"/api/contacts/{person}/timeline"
    assert as_alice.post("/api/timeline/pin", said).status_code == 204
    assert as_alice.post("/api/timeline/pin", said).status_code == 204
    first = as_alice.read(path)["data"][0]
    assert (first["id"], first["is_pinned"], first["body"]) == (old, True, "Old")
    assert as_alice.post("/api/timeline/unpin", said).status_code == 204
    assert not any(event["is_pinned"] for event in as_alice.read(path)["data"])
    missing = {**said, "timelineable_id": 10**6}
    assert as_alice.post("/api/timeline/pin", missing).status_code == 404
    assert list(errors_of(as_alice.post("/api/timeline/pin", {}))) == list(said)


def test_a_lost_deal_needs_a_reason_where_the_setting_says_so(
    as_alice: Caller, project: Project, settings: Any
) -> None:
    deal = as_alice.make("/api/deals", {"name": "D", "stage_id": stages(as_alice)[0]})
    path = f"/api/deals/{deal['id']}"
    settings.CONCORD_LOST_REASON_NEEDED = True
    assert list(errors_of(as_alice.put(path, {"status": "lost"}))) == ["lost_reason"]
    lost = as_alice.change(path, {"status": "lost", "lost_reason": "Price"})
    assert (lost["status"], lost["lost_reason"]) == ("lost", "Price")


def test_phones_are_as_long_as_the_original_allows(as_alice: Caller, project: Project) -> None:
    made = as_alice.make("/api/contacts", {"first_name": "A", "phones": ["1" * 191]})
    assert made["phones"][0]["number"] == "1" * 191
    answer = as_alice.post("/api/contacts", {"first_name": "B", "phones": ["2" * 192]})
    assert list(errors_of(answer)) == ["phones.0.number"]


def test_rules_about_phones_are_settings(as_alice: Caller, project: Project, settings: Any) -> None:
    as_alice.make("/api/contacts", {"first_name": "A", "phones": ["123"]})
    same = {"first_name": "B", "phones": ["123"]}
    assert list(errors_of(as_alice.post("/api/contacts", same))) == ["phones.0.number"]
    settings.CONCORD_UNIQUE_PHONES = False
    as_alice.make("/api/contacts", same)
    settings.CONCORD_PHONE_PREFIX_NEEDED = True
    assert list(errors_of(as_alice.post("/api/contacts", same))) == ["phones.0.number"]
    as_alice.make("/api/contacts", {"first_name": "C", "phones": ["+49 30 123"]})


def test_new_contacts_join_the_company_of_their_domain_unless_a_setting_says_no(
    as_alice: Caller, project: Project, settings: Any
) -> None:
    as_alice.make("/api/companies", {"name": "Acme", "domain": "acme.test"})
    joined = as_alice.make("/api/contacts", {"first_name": "A", "email": "a@acme.test"})
    assert [company["name"] for company in joined["companies"]] == ["Acme"]
    settings.CONCORD_JOIN_COMPANIES = False
    apart = as_alice.make("/api/contacts", {"first_name": "B", "email": "b@acme.test"})
    assert apart["companies"] == []
