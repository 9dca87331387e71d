"""Totals of lists so long that a page does not wait until they are counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DEFAULT_DB_ALIAS, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from contacts.access import Actor, system_actor
from contacts.index import ContactParts
from contacts.models import Contact, Tag, User
from contacts.query import (
    Query,
    contact_pages,
    count_contacts,
    estimating,
    sampling,
    search,
    sorted_by,
    totals,
    where,
)
from contacts.query.broad import forget_breadths
from contacts.query.estimating import PLACES, at_least, estimated, numbers_until_met
from contacts.query.ordering import Columns
from contacts.query.sampling import AT_EACH
from contacts.query.sizes import note_last_id
from contacts.query.totals import forget_totals
from contacts.services.loading import load_contacts
from crm.patient_sqlite3 import base as patient
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MANY, FEW, LIMIT = 1_000, 20, 100
# More ids than are looked at.
TAGS = 4 * PLACES * AT_EACH


@pytest.fixture
def short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a list of twenty be a long one, and any database a large one."""
    monkeypatch.setattr(totals, "LARGE", 0)
    note_last_id(DEFAULT_DB_ALIAS, MANY)
    for module in (contact_pages, estimating, totals):
        monkeypatch.setattr(module, "EXACT_UP_TO", FEW)


@pytest.fixture
def member(alice: User, short_lists: None) -> Actor:
    """Return somebody who sees a thousand contacts."""
    people = [
        Contact(
            first_name=f"{'Ann' if number % 3 else 'Zoe'} {number}",
            last_name="Example",
            job_title="" if number % 2 else "Smith",
            visibility=Contact.Visibility.PUBLIC,
            created_at=NOW,
            updated_at=NOW,
        )
        for number in range(MANY)
    ]
    load_contacts(system_actor("test"), [ContactParts(each) for each in people])
    return actor_for(alice)


@contextmanager
def no_time(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no count end in time: the least that either database can watch."""
    forget_totals()
    with monkeypatch.context() as patched, connection.execute_wrapper(late):
        patched.setattr(patient, "STEPS_BETWEEN_REPORTS", 1)
        before, settings.COUNT_TIMEOUT = settings.COUNT_TIMEOUT, 0.001
        try:
            yield
        finally:
            settings.COUNT_TIMEOUT = before
    forget_totals()


def late(execute: Callable[..., object], sql: str, *others: object) -> object:
    """Let PostgreSQL, whose least is a millisecond, take longer for any count."""
    if connection.vendor == "postgresql" and sql.startswith("SELECT COUNT("):
        sql = f"WITH c AS ({sql}) SELECT c.* FROM c, (SELECT pg_sleep(0.05)) AS s"  # noqa: S608 -- the query's own
    return execute(sql, *others)


def questions(actor: Actor) -> list[Query]:
    """Return lists of many of whom nothing but counting each tells how many they are."""
    return [
        Query(condition=where(actor, "job_title", "ne", "Smith"), limit=LIMIT),
        Query(condition=where(actor, "first_name", "lt", "b"), limit=LIMIT),
        Query(search="example", limit=LIMIT),
    ]


def test_a_page_does_not_wait_and_its_total_is_no_less_than_the_truth(
    member: Actor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for query in questions(member):
        exact = search(member, query)
        with no_time(settings, monkeypatch):
            page = search(member, query)
            assert page.ids == exact.ids
            assert exact.total < page.total < 2 * exact.total, query
            # Kept like any other total.
            assert search(member, query).total == page.total
        assert search(member, query).total == exact.total > FEW


def test_a_program_that_pages_by_an_estimate_gets_everybody(
    member: Actor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = questions(member)[0]
    wanted = search(member, Query(condition=query.condition, limit=MANY)).ids
    # Even where the sample meets nobody, and nothing is added.
    monkeypatch.setattr(estimating, "PLACES", 1)
    for name in ("AT_EACH", "ERRORS"):
        monkeypatch.setattr(sampling, name, int(name == "AT_EACH"))
    with no_time(settings, monkeypatch):
        got: list[int] = []
        page = search(member, query)
        assert page.total < len(wanted)
        while page.ids:
            got += page.ids
            if len(got) >= page.total:
                break
            page = search(member, Query(condition=query.condition, limit=LIMIT, offset=len(got)))
    assert got == wanted


def test_where_the_number_is_the_answer_it_is_counted_to_the_end(
    member: Actor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = questions(member)[0]
    exact = count_contacts(member, query)
    with no_time(settings, monkeypatch):
        estimate = search(member, query).total
        assert estimate > exact
        assert count_contacts(member, query) == exact
        assert search(member, Query(condition=query.condition, limit=0)).total == exact


def test_short_lists_are_exact_whatever_the_time(
    member: Actor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make_contact(first_name="Only")
    query = Query(condition=where(member, "id", "eq", one.pk))
    with no_time(settings, monkeypatch):
        assert search(member, query).total == 1


@pytest.mark.usefixtures("short_lists")
@pytest.mark.parametrize(
    ("lowest", "highest", "step"),
    [
        (0, TAGS, 1),
        (0, TAGS, 3),
        (0, TAGS, 50),
        (0, TAGS // 20, 1),
        (TAGS - TAGS // 50, TAGS, 1),
        (TAGS // 3, TAGS // 3 + TAGS // 10, 7),
        (0, 0, 1),
    ],
)
def test_an_estimate_is_on_the_high_side_however_those_that_match_are_spread(
    lowest: int, highest: int, step: int
) -> None:
    wanted = set(range(lowest, highest, step))
    Tag.objects.bulk_create(
        Tag(name=f"{number in wanted} {number}", name_key=f"{number in wanted} {number}")
        for number in range(TAGS)
    )
    found = estimated(Tag.objects.filter(name_key__startswith="True"))

    assert found >= max(FEW + 1, len(wanted))
    # Nobody pages through ten times as much in vain.
    assert found <= 3 * len(wanted) + TAGS // 100
    least = at_least(Tag.objects.filter(name_key__startswith="True"))
    assert least <= len(wanted)
    if len(wanted) >= TAGS // 3:
        assert least >= len(wanted) // 2


def test_an_empty_table_has_nothing_to_look_at() -> None:
    assert estimated(Tag.objects.all()) == at_least(Tag.objects.all()) == 0
    nobody = Tag.objects.all()
    assert numbers_until_met(nobody, nobody, Columns(("pk",), is_down=False)) == (0, 0)


def test_a_screen_that_tells_of_more_than_so_many_counts_nobody(
    member: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_pages, "SAMPLED_FROM", 0)
    for query in questions(member)[:2]:
        shown = replace(query, count_up_to=FEW, sort=(sorted_by(member, "job_title"),))
        with CaptureQueriesContext(connection) as captured:
            page = search(member, shown)
        assert page.total == LIMIT + 1
        statements = [each["sql"] for each in captured]
        assert not [sql for sql in statements if f"LIMIT {FEW + 1}" in sql or "COUNT(" in sql]
        # What a sample does not show is counted.
        with monkeypatch.context() as blind:
            blind.setattr(sampling, "ERRORS", 1_000)
            forget_totals()
            forget_breadths()
            assert search(member, shown).total == LIMIT + 1
