"""Lists by name of what only persons have begin at the persons, where nobody else has it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.fields import reference
from contacts.models import Contact, MembershipLevel, User
from contacts.query import (
    And,
    Condition,
    Not,
    Or,
    Query,
    beginning,
    contact_pages,
    gathering,
    search,
    sorted_by,
    where,
)
from contacts.query.broad import forget_breadths
from contacts.query.kept_lists import forget_lists
from contacts.query.sizes import SAMPLED_FROM, note_last_id
from contacts.services.contacts import update_contact
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

COMPANIES, LIMIT = 6, 3
BEGINS_AT_PERSONS = '"contacts_contact"."kind" = \'person\''


@pytest.fixture
def actor(alice: User) -> Actor:
    return actor_for(alice)


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the database be a large one, of which few are looked at first."""
    note_last_id(DEFAULT_DB_ALIAS, SAMPLED_FROM + 1)
    monkeypatch.setattr(contact_pages, "EXACT_UP_TO", 3)
    for name in ("AT_LEAST", "LOOKED_AT"):
        monkeypatch.setattr(beginning, name, 1)
    yield
    note_last_id(DEFAULT_DB_ALIAS, 0)


@pytest.fixture
def level() -> MembershipLevel:
    made = MembershipLevel.objects.create(name="Gold")
    reference.bump("catalogue")
    return made


@pytest.fixture
def company(actor: Actor, level: MembershipLevel) -> Contact:
    """Make companies, and behind them in the order of names people; return the first company."""
    made = [
        make_contact(actor, kind="organization", organization_name=f"Able {number}")
        for number in range(COMPANIES)
    ]
    for number in range(2 * LIMIT):
        make_contact(
            actor,
            first_name=f"Zoe {number}",
            last_name="Doe",
            job_title="Boss",
            birthday="1990-01-01" if number % 2 else None,
            membership_level=level.pk if number < LIMIT + 1 else None,
        )
    return made[0]


def of_persons(actor: Actor, level: int) -> list[Condition]:
    """Return conditions that nobody fits who has no such value."""
    boss = where(actor, "job_title", "eq", "Boss")
    return [
        boss,
        where(actor, "job_title", "contains", "oss"),
        where(actor, "first_name", "ge", "a"),
        where(actor, "last_name", "is_empty", False),
        where(actor, "birthday", "lt", "2000-01-01"),
        where(actor, "is_member", "eq", True),
        where(actor, "membership_level", "eq", level),
        And((where(actor, "display_name", "contains", "e"), boss)),
        Or((boss, where(actor, "birthday", "ge", "1990-01-01"))),
    ]


def of_anybody(actor: Actor, level: int) -> list[Condition]:
    """Return conditions that somebody may fit who has nothing of the kind."""
    boss = where(actor, "job_title", "eq", "Boss")
    return [
        Not(boss),
        where(actor, "job_title", "ne", "Chief"),
        where(actor, "job_title", "is_empty", True),
        where(actor, "job_title", "in", ["Boss", ""]),
        where(actor, "is_member", "eq", False),
        where(actor, "is_member", "is_empty", False),
        where(actor, "membership_level", "ne", level),
        where(actor, "display_name", "ge", "a"),
        Or((boss, where(actor, "display_name", "contains", "a"))),
    ]


def asked(actor: Actor, condition: Condition, **more: Any) -> tuple[list[int], int, str]:
    """Return the ids of a page, its total, and the statements that found them."""
    forget_lists()
    forget_breadths()
    query = Query(condition=condition, sort=(sorted_by(actor, "sort_name"),), **more)
    with CaptureQueriesContext(connection) as seen:
        page = search(actor, query)
    return page.ids, page.total, " ".join(each["sql"] for each in seen)


def naive(actor: Actor, condition: Condition) -> list[int]:
    """Return everybody who fits, from a database that is said to be small."""
    note_last_id(DEFAULT_DB_ALIAS, 0)
    ids, _total, sql = asked(actor, condition, limit=100)
    assert BEGINS_AT_PERSONS not in sql
    note_last_id(DEFAULT_DB_ALIAS, SAMPLED_FROM + 1)
    return ids


def check_pages(actor: Actor, condition: Condition, *, begins_at_persons: bool) -> None:
    whole, found, walked = naive(actor, condition), [], ""
    for offset in range(0, len(whole) + 1, LIMIT):
        ids, total, sql = asked(actor, condition, limit=LIMIT, offset=offset)
        found += ids
        walked += sql
        assert total == len(whole)
    assert found == whole
    assert (BEGINS_AT_PERSONS in walked) is begins_at_persons, condition


def test_where_nobody_else_has_it_the_list_is_one_of_persons(
    actor: Actor, company: Contact, level: MembershipLevel
) -> None:
    for condition in of_persons(actor, level.pk):
        check_pages(actor, condition, begins_at_persons=True)


def test_a_page_near_the_end_is_read_from_there(
    actor: Actor, company: Contact, level: MembershipLevel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "MOST", 0)
    monkeypatch.setattr(gathering, "MOST_GATHERED", 0)
    condition = where(actor, "job_title", "eq", "Boss")
    reference.know_data("1")
    whole, total, _sql = asked(actor, condition, limit=100)
    ids, _total, sql = asked(actor, condition, limit=1, offset=total - 1)
    assert ids == whole[-1:]
    assert " DESC LIMIT 1" in sql


def test_where_a_company_has_it_that_is_listed_too(
    actor: Actor, company: Contact, level: MembershipLevel
) -> None:
    update_contact(
        actor,
        company.pk,
        {
            "job_title": "Boss",
            "first_name": "Ann",
            "last_name": "Roe",
            "birthday": "1980-01-01",
            "membership_level": level.pk,
        },
    )
    for condition in of_persons(actor, level.pk):
        ids, _total, _sql = asked(actor, condition, limit=LIMIT)
        assert ids[0] == company.pk, condition
        check_pages(actor, condition, begins_at_persons=False)


def test_where_one_needs_no_value_the_list_is_of_everybody(
    actor: Actor, company: Contact, level: MembershipLevel
) -> None:
    for condition in of_anybody(actor, level.pk):
        check_pages(actor, condition, begins_at_persons=False)


def test_what_a_company_has_no_more_is_no_companys(
    actor: Actor, company: Contact, level: MembershipLevel
) -> None:
    condition = where(actor, "job_title", "eq", "Boss")
    for title, is_only_of_persons in (("Boss", False), ("", True)):
        update_contact(actor, company.pk, {"job_title": title})
        check_pages(actor, condition, begins_at_persons=is_only_of_persons)
