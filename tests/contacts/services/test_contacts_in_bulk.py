"""Many contacts at once come out as one after the other would, with few statements."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.errors import DomainError, InvalidError
from contacts.history import changes_of
from contacts.index import drifts_of
from contacts.models import Contact, Project, Tag, User
from contacts.query import get_contact
from contacts.services.contacts import create_contact, create_contacts, update_contact
from tests.builders import actor_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(alice: User) -> Actor:
    return actor_for(alice)


def full(number: int) -> dict[str, object]:
    return {
        "first_name": f"Ann {number}",
        "last_name": "Many",
        "emails": [{"address": f"ann{number}@example.com"}],
        "phones": [{"number": f"+1 555 {number:07d}"}],
        "tags": ["vip", "partner"],
    }


def documents(outcomes: list[Any]) -> list[dict[str, Any]]:
    assert not [each for each in outcomes if isinstance(each, DomainError)]
    return outcomes


def bare(document: Any) -> dict[str, Any]:
    """Return a document without what differs from one contact to the next."""
    kept = {key: value for key, value in document.items() if not key.endswith("_at")}
    kept.pop("id")
    for key in ("emails", "phones"):
        kept[key] = [{**item, "id": 0} for item in kept[key]]
    return kept


def statements(do: Callable[[], object]) -> list[str]:
    """Return what the database is told, without the marks of the transaction of the test.

    Versions are asked for again and again only where the same transaction has moved them.
    """
    with CaptureQueriesContext(connection) as seen:
        do()
    told = [each["sql"] for each in seen.captured_queries]
    aside = ("SAVEPOINT", "RELEASE", 'SELECT "contacts_stamp"')
    return [sql for sql in told if not sql.startswith(aside)]


def test_many_are_what_one_would_be(actor: Actor) -> None:
    one = create_contact(actor, full(1))
    many = documents(create_contacts(actor, [full(1), full(1)]))
    assert [bare(each) for each in many] == [bare(one), bare(one)]
    for document in many:
        pk = int(str(document["id"]))
        assert drifts_of([pk]) == []
        assert get_contact(actor, pk) == document
        assert [change.action for change in changes_of("contact", pk)] == ["created"]


def test_a_company_of_nobody_is_told_from_one_of_unknown_size(actor: Actor) -> None:
    counts = {"employee_count": 0, "annual_revenue": "0.00", "balance": 0}
    company = {"kind": "organization", "organization_name": "Empty"}
    told, untold = documents(create_contacts(actor, [{**company, **counts}, company]))
    assert (told["employee_count"], told["annual_revenue"]) == (0, "0.00")
    assert counts.keys().isdisjoint(untold)
    # No balance is one of zero.
    assert "balance" not in told


def test_the_refused_are_told_in_their_places(actor: Actor) -> None:
    outcomes = create_contacts(actor, [full(1), {"first_name": ""}, full(2)])
    assert [isinstance(each, InvalidError) for each in outcomes] == [False, True, False]
    assert Contact.objects.filter(last_name="Many").count() == 2


def test_a_new_tag_goes_with_the_contact_that_cannot_be_stored(actor: Actor) -> None:
    lost = {"first_name": "Tim", "tags": ["only here", "both"], "avatar": 987_654}
    refused, stored = create_contacts(actor, [lost, {"first_name": "Tom", "tags": ["both"]}])
    assert isinstance(refused, InvalidError)
    assert isinstance(stored, dict)
    assert set(Tag.objects.values_list("name", flat=True)) == {"both"}
    (again,) = documents(create_contacts(actor, [{"first_name": "Ted", "tags": ["only here"]}]))
    assert Tag.objects.get(name="only here").pk in again["tags"]


def test_a_company_and_its_people_find_each_other_in_either_order(actor: Actor) -> None:
    acme = {"kind": "organization", "organization_name": "Acme"}
    named = {"first_name": "Tom", "company": "ACME"}
    before, company, after = documents(create_contacts(actor, [named, acme, named]))
    for each in (before, after):
        found = get_contact(actor, int(str(each["id"])))
        assert found["employer_id"] == company["id"]
        assert drifts_of([int(str(each["id"]))]) == []


def test_an_identifier_is_given_once(actor: Actor) -> None:
    same = {"first_name": "Ann", "external_identifier": "x1"}
    first, second = create_contacts(actor, [same, same])
    assert isinstance(first, dict)
    assert isinstance(second, InvalidError)


def test_what_is_derived_is_written_under_no_savepoint(actor: Actor, project: Project) -> None:
    """SQLite went over all that was written under one for each row of the search text."""
    with CaptureQueriesContext(connection) as seen:
        create_contacts(actor, [full(number) for number in range(30)])
    told = [each["sql"] for each in seen.captured_queries]
    (text,) = [place for place, sql in enumerate(told) if '"contacts_contacttext"' in sql]
    before = told[:text]
    begun, ended = (sum(sql.startswith(word) for sql in before) for word in ("SAVE", "RELEASE"))
    assert begun == ended > 0


def test_as_many_statements_for_sixty_as_for_thirty(actor: Actor, project: Project) -> None:
    create_contacts(actor, [full(0)])
    thirty = statements(lambda: create_contacts(actor, [full(number) for number in range(30)]))
    sixty = statements(lambda: create_contacts(actor, [full(number) for number in range(60)]))
    assert len(thirty) == len(sixty) <= 20


@pytest.mark.parametrize("company", ["Acme", "Nobody knows it"])
def test_whoever_names_the_same_company_waits_for_nobody(
    actor: Actor, project: Project, company: str
) -> None:
    """Each had a batch of its own, and looked for the company anew: four times as slow."""
    acme = create_contact(actor, {"kind": "organization", "organization_name": "Acme"})
    named = {**full(1), "company": company}
    create_contacts(actor, [named])
    thirty = statements(lambda: create_contacts(actor, [named] * 30))
    made: list[dict[str, Any]] = []
    sixty = statements(
        lambda: made.extend(documents(create_contacts(actor, [named, full(2)] * 30)))
    )
    assert len(thirty) == len(sixty) <= 28
    employer = acme["id"] if company == "Acme" else None
    assert {each.get("employer_id") for each in made} == {employer, None}
    assert drifts_of([each["id"] for each in made]) == []


def test_as_many_statements_for_twenty_companies_as_for_ten(actor: Actor, project: Project) -> None:
    def companies(first: int, count: int) -> list[dict[str, object]]:
        numbers = range(first, first + count)
        return [{"kind": "organization", "organization_name": f"Firm {each}"} for each in numbers]

    create_contacts(actor, [full(0)])
    ten = statements(lambda: create_contacts(actor, companies(0, 10)))
    twenty = statements(lambda: create_contacts(actor, companies(10, 20)))
    assert len(ten) == len(twenty) <= 16


def test_few_rows_of_several_tables_go_out_together(actor: Actor) -> None:
    create_contact(actor, full(0))
    told = statements(lambda: create_contact(actor, full(1)))
    inserting = [sql for sql in told if sql.startswith("INSERT")]
    # SQLite takes one statement at a time.
    assert len(inserting) == (2 if connection.vendor == "postgresql" else 11)
    assert sum(sql.count("INSERT INTO") for sql in inserting) == 11


def test_a_create_reads_nothing_back(actor: Actor) -> None:
    create_contact(actor, full(0))
    seen = statements(lambda: create_contact(actor, full(1)))
    assert len(seen) <= 15
    assert not [sql for sql in seen if 'FROM "contacts_contact"' in sql]


def test_an_update_touches_only_what_it_changes(actor: Actor) -> None:
    pk = int(str(create_contact(actor, full(1))["id"]))
    update_contact(actor, pk, {"job_title": "Cook"})
    seen = statements(lambda: update_contact(actor, pk, {"job_title": "Chef"}))
    assert len(seen) <= 16
    writing = [sql for sql in seen if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    for table in ("emailaddress", "phone", "contacttag", "contactproject", "contactaccess"):
        assert not [sql for sql in writing if f"contacts_{table}" in sql]
    assert drifts_of([pk]) == []
