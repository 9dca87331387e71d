"""Lists of contacts: whole, in parts, counted, numbered, fetched later."""

import json
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from api.wildapricot.views import contact_lists
from contacts.jobs import run_due
from contacts.models import Credential, StoredSearch, User
from contacts.services.contacts import archive_contact
from tests.builders import actor_for, make_contact, make_custom_field
from tests.costs import statements_of
from tests.dialects.wildapricot.calling import Caller

pytestmark = pytest.mark.django_db

AGAIN = {"$filter": "Last name eq Smith", "$select": "email"}


def make(user: User, count: int, **values: Any) -> "list[int]":
    """Make contacts and return their ids in order."""
    actor = actor_for(user)
    return [make_contact(actor, first_name=f"N{n:03}", **values).pk for n in range(count)]


def test_a_list_has_one_key_and_all_contacts_without_an_end(as_alice: Caller, alice: User) -> None:
    ids = make(alice, 130)
    whole = as_alice.read("/contacts/", **{"$async": "False"})
    assert list(whole) == ["Contacts"]
    assert [contact["Id"] for contact in whole["Contacts"]] == ids


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_long_list_is_written_while_it_is_read(
    asynchronous: bool, as_alice: Caller, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = make(alice, 7)
    short = as_alice.list()
    monkeypatch.setattr(contact_lists, "HELD", 3)
    address = "/contacts?$async=false"
    if asynchronous:
        address = as_alice.read("/contacts")["ResultUrl"].removeprefix("http://testserver")
    answer = as_alice.get(address)
    assert answer.streaming
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    whole = json.loads(b"".join(answer.streaming_content))
    assert whole["Contacts"] == short
    assert [contact["Id"] for contact in whole["Contacts"]] == ids
    assert whole.get("State") == ("Complete" if asynchronous else None)


def test_parts_neither_overlap_nor_leave_gaps_and_end_empty(as_alice: Caller, alice: User) -> None:
    ids = make(alice, 7)
    found: list[int] = []
    for skip in range(0, 12, 3):
        part = as_alice.list(**{"$top": "3", "$skip": str(skip)})
        found += [contact["Id"] for contact in part]
    assert found == ids
    assert as_alice.list(**{"$top": "0"}) == []


@pytest.mark.parametrize("name", ["$top", "$skip"])
@pytest.mark.parametrize("value", ["-1", "many", "1.5"])
def test_a_part_that_cannot_be_is_refused(name: str, value: str, as_alice: Caller) -> None:
    answer = as_alice.get("/contacts", **{"$async": "false", name: value})
    assert (answer.status_code, answer.json()["code"]) == (400, "Search")


def test_archived_contacts_are_in_lists_unless_filtered_out(as_alice: Caller, alice: User) -> None:
    first, second = make(alice, 2)
    archive_contact(actor_for(alice), first)
    assert [contact["Id"] for contact in as_alice.list()] == [first, second]
    assert as_alice.found("Archived eq false") == [second]
    assert as_alice.found("Archived eq true") == [first]
    assert as_alice.read(f"/contacts/{first}")["Id"] == first


@pytest.mark.parametrize("asked", ["$count=true", "$count", "%24count=true&$top=1", "$COUNT=1"])
def test_a_count_is_only_the_number(asked: str, as_alice: Caller, alice: User) -> None:
    make(alice, 3)
    assert as_alice.read(f"/contacts?{asked}&idsOnly=true") == {"Count": 3}


@pytest.mark.parametrize("asked", ["idsOnly=true", "idsOnly", "idsonly=True", "$ids=true"])
def test_ids_are_only_the_numbers(asked: str, as_alice: Caller, alice: User) -> None:
    ids = make(alice, 3)
    assert as_alice.read(f"/contacts?{asked}") == {"ContactIdentifiers": ids}
    part = as_alice.read(f"/contacts?{asked}&$top=1&$skip=1&$sort=Name%20desc")
    assert part == {"ContactIdentifiers": [ids[1]]}


def test_switches_that_say_no_are_off(as_alice: Caller, alice: User) -> None:
    make(alice, 1)
    whole = as_alice.read("/contacts?$count=false&idsOnly=false&$async=0")
    assert len(whole["Contacts"]) == 1


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("Name", "Zed Amy Bea"),
        ("Name desc", "Bea Amy Zed"),
        ("name DESC", "Bea Amy Zed"),
        ("'First name'", "Amy Bea Zed"),
        ("FirstName desc", "Zed Bea Amy"),
        ("Balance desc, Id", "Bea Zed Amy"),
        ("Nonsense", "Zed Amy Bea"),
        ("Id desc", "Bea Amy Zed"),
    ],
)
def test_lists_are_ordered_by_fields(sort: str, names: str, as_alice: Caller, alice: User) -> None:
    actor = actor_for(alice)
    for first, last, balance in (("Zed", "A", 1), ("Amy", "B", 0), ("Bea", "C", 2)):
        make_contact(actor, first_name=first, last_name=last, balance=balance)
    for parameter in ("$sort", "$orderby"):
        found = as_alice.list(**{parameter: sort})
        assert [contact["FirstName"] for contact in found] == names.split()


def test_quoted_names_with_commas_are_ordered_by(as_alice: Caller, alice: User) -> None:
    """The comma inside the quotes ended the name, and the list was refused."""
    field = make_custom_field("Town, borough & county")
    actor = actor_for(alice)
    ids = [make_contact(actor, first_name="N", **{f"custom_{field.pk}": c}).pk for c in "bca"]
    found = as_alice.list(**{"$sort": "'Town, borough & county' desc, Id"})
    assert [contact["Id"] for contact in found] == [ids[1], ids[0], ids[2]]


def test_archived_contacts_are_ordered_behind_the_others(as_alice: Caller, alice: User) -> None:
    first, second = make(alice, 2)
    as_alice.change(first, {"FieldValues": [{"FieldName": "Archived", "Value": True}]})
    for sort, ids in (("Archived", [second, first]), ("IsArchived desc", [first, second])):
        assert [contact["Id"] for contact in as_alice.list(**{"$sort": sort})] == ids


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("amy", True),
        ("AMY POND", True),
        ("Pond, Amy", True),
        ("pond amy google", True),
        ("second@example", True),
        ("555 0199", True),
        ("oogl", True),
        ("amy smith", False),
        ("designer", False),
        (",", False),
        ("", True),
    ],
)
def test_a_simple_query_looks_in_names_organization_addresses_and_phones(
    text: str, found: bool, as_alice: Caller, alice: User
) -> None:
    make_contact(
        actor_for(alice),
        first_name="Amy",
        last_name="Pond",
        company="Google",
        job_title="Designer",
        emails=["first@example.test", "second@example.test"],
        phones=["555 0100", "555 0199"],
    )
    assert bool(as_alice.list(simpleQuery=text)) is found
    assert as_alice.list("Balance gt 5", simpleQuery=text) == []


@pytest.mark.parametrize(
    ("select", "codes"),
    [
        ("'First name', 'Last name'", ["FirstName", "LastName"]),
        ("First name, Last name", ["FirstName", "LastName"]),
        ("'email'", ["Email"]),
        ("'Member Id','custom-9001'", ["MemberId", "custom-9001"]),
        ("‘e-Mail’,,Balance,", ["Balance", "Email"]),
        ("Nonsense", []),
        ("'State/Prov'", ["custom-9007"]),
    ],
)
def test_selecting_reduces_field_values_and_nothing_else(
    select: str, codes: "list[str]", as_alice: Caller, alice: User
) -> None:
    make(alice, 1)
    (whole,) = as_alice.list()
    (contact,) = as_alice.list(**{"$select": select})
    assert [entry["SystemCode"] for entry in contact["FieldValues"]] == codes
    assert contact.keys() == whole.keys()
    assert contact["FirstName"] == "N000"


@pytest.mark.parametrize("select", ["", "*", "Balance,*", ",,"])
def test_selecting_everything_reduces_nothing(select: str, as_alice: Caller, alice: User) -> None:
    make(alice, 1)
    assert as_alice.list(**{"$select": select}) == as_alice.list()


def test_a_quote_that_never_closes_in_a_selection_is_refused(as_alice: Caller) -> None:
    for more in ({"$async": "false"}, {}):
        answer = as_alice.get("/contacts", **more, **{"$select": "'First name"})
        assert answer.status_code == 400


def test_a_search_waits_first_and_is_complete_with_its_contacts(
    as_alice: Caller, alice: User
) -> None:
    ids = make(alice, 3, last_name="Smith")
    begun = as_alice.read("/contacts", **AGAIN)
    assert list(begun) == [
        "ResultId",
        "ResultUrl",
        "Requested",
        "State",
        "ProcessingState",
        "InitialQuery",
    ]
    assert begun["State"] == begun["ProcessingState"] == "Waiting"
    assert begun["InitialQuery"] == {
        "ObjectType": "Contact",
        "FilterExpression": AGAIN["$filter"],
        "SelectExpression": "email",
        "ReturnIds": False,
    }
    origin, _, path = begun["ResultUrl"].partition("/v2.2")
    assert origin == "http://testserver"
    done = as_alice.read(f"/v2.2{path}&top=100&skip=0")
    assert done["State"] == done["ProcessingState"] == "Complete"
    assert done["ResultUrl"] == begun["ResultUrl"]
    assert done["Processed"]
    assert [contact["Id"] for contact in done["Contacts"]] == ids
    assert [len(contact["FieldValues"]) for contact in done["Contacts"]] == [1, 1, 1]


def test_the_same_first_request_again_is_complete(as_alice: Caller, alice: User) -> None:
    make(alice, 1, last_name="Smith")
    begun = as_alice.read("/contacts", **AGAIN)
    again = as_alice.read("/contacts", **AGAIN)
    assert (again["ResultId"], again["State"]) == (begun["ResultId"], "Complete")
    assert len(again["Contacts"]) == 1
    make_contact(actor_for(alice), last_name="Smith")
    assert len(as_alice.read("/contacts", **AGAIN)["Contacts"]) == 2


def test_another_question_or_another_user_is_another_search(
    as_alice: Caller, as_bob: Caller
) -> None:
    begun = [
        as_alice.read("/contacts", **AGAIN),
        as_alice.read("/contacts", **{**AGAIN, "$top": "5"}),
        as_bob.read("/contacts", **AGAIN),
    ]
    assert {each["State"] for each in begun} == {"Waiting"}
    assert len({each["ResultId"] for each in begun}) == 3


def test_a_search_outlives_the_token_with_which_it_was_asked(as_alice: Caller) -> None:
    key = as_alice.read("/contacts")["ResultId"]
    Credential.objects.exclude(parent=None).delete()
    assert as_alice.get("/contacts", resultId=key).status_code == 401
    as_alice.token = as_alice.ask_token().json()["access_token"]
    assert as_alice.read("/contacts", resultId=key)["State"] == "Complete"


def test_a_result_is_fetched_in_parts(as_alice: Caller, alice: User) -> None:
    ids = make(alice, 6)
    key = as_alice.read("/contacts", **{"$top": "5", "$skip": "1"})["ResultId"]
    part = as_alice.read("/contacts", resultId=key, **{"$top": "3", "$skip": "3"})
    assert [contact["Id"] for contact in part["Contacts"]] == ids[4:6]


def test_whoever_fetches_a_result_sees_only_what_is_theirs_to_see(
    as_alice: Caller, as_charlie: Caller, alice: User
) -> None:
    make(alice, 2)
    key = as_alice.read("/contacts")["ResultId"]
    assert as_charlie.read("/contacts", resultId=key)["Contacts"] == []


def test_an_unknown_or_expired_result_is_not_found(as_alice: Caller) -> None:
    assert as_alice.get("/contacts", resultId="unknown").status_code == 404
    key = as_alice.read("/contacts")["ResultId"]
    StoredSearch.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert as_alice.get("/contacts", resultId=key).status_code == 404


def test_searches_that_have_ended_do_not_pile_up(as_alice: Caller) -> None:
    as_alice.read("/contacts")
    StoredSearch.objects.update(expires_at=timezone.now() - timedelta(seconds=1), digest="other")
    as_alice.read("/contacts", **AGAIN)
    run_due()
    assert StoredSearch.objects.count() == 1


def test_a_longer_list_takes_no_more_statements(as_alice: Caller, alice: User) -> None:
    counts = []
    for more in (1, 30):
        make(alice, more, last_name="Smith", tags=["VIP"])
        assert as_alice.list("Tags eq VIP AND Last name eq Smith")
        asked = partial(as_alice.list, "Tags eq VIP AND Last name eq Smith")
        counts.append(len(statements_of(asked)))
    assert counts[0] == counts[1] <= 4


def test_unknown_parameters_are_passed_over(as_alice: Caller, alice: User) -> None:
    make(alice, 1)
    raw = "/contacts?$async=false&_=169&includeDetails=true&top=0&skip=5&$expand=x"
    assert len(as_alice.read(raw)["Contacts"]) == 1
