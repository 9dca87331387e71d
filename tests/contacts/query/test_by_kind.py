"""Lists of several kinds by a name are one list, though read from the beginning of each kind."""

from collections.abc import Iterator
from itertools import product

import pytest
from django.db import DEFAULT_DB_ALIAS, connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.models import User
from contacts.query import And, Condition, Query, by_kind, search, sorted_by, where
from contacts.query.asked import Asked
from contacts.query.kept_lists import forget_lists
from contacts.query.sizes import SAMPLED_FROM, note_last_id
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

LIMIT = 4
NAMES = ("Able", "Zoe", "zoe", "Ärzte", "Яна", "Able & Co", "Able-Co")
ORDERS = ("display_name", "sort_name", "first_name")


@pytest.fixture(autouse=True)
def _large() -> Iterator[None]:
    """Let the database be a large one."""
    note_last_id(DEFAULT_DB_ALIAS, SAMPLED_FROM + 1)
    yield
    note_last_id(DEFAULT_DB_ALIAS, 0)


@pytest.fixture
def actor(alice: User) -> Actor:
    """Return somebody who sees contacts of every kind, with the same names."""
    for name in NAMES:
        for values in (
            {"kind": "household", "household_name": name},
            {"first_name": name, "last_name": name[::-1]},
            {"kind": "organization", "organization_name": name},
            {"first_name": name},
        ):
            make_contact(visibility="public", **values)
    make_contact(kind="organization", organization_name="Able", visibility="private")
    return actor_for(alice)


def of_kinds(actor: Actor) -> list[Condition]:
    """Return conditions of which the kind tells all."""
    companies = where(actor, "kind", "in", ["organization", "household"])
    return [
        companies,
        where(actor, "kind", "ne", "organization"),
        where(actor, "kind", "in", ["organization", "person"]),
        And((companies, where(actor, "stage", "eq", "contact"))),
    ]


def page(actor: Actor, query: Query) -> tuple[list[int], list[str]]:
    forget_lists()
    with CaptureQueriesContext(connection) as seen:
        ids = search(actor, query).ids
    return ids, [each["sql"] for each in seen]


def test_the_pages_are_those_of_one_list(actor: Actor) -> None:
    for condition, key, is_down in product(of_kinds(actor), ORDERS, (False, True)):
        order = (sorted_by(actor, key, descending=is_down),)
        note_last_id(DEFAULT_DB_ALIAS, 0)
        whole, _told = page(actor, Query(condition=condition, sort=order, limit=100))
        note_last_id(DEFAULT_DB_ALIAS, SAMPLED_FROM + 1)
        found: list[int] = []
        for offset in range(0, len(whole) + 1, LIMIT):
            query = Query(condition=condition, sort=order, offset=offset, limit=LIMIT)
            ids, _told = page(actor, query)
            found += ids
        assert found == whole, (condition, key, is_down)
        assert len(whole) >= 2 * len(NAMES)


def test_the_beginning_of_each_kind_is_read(actor: Actor) -> None:
    companies, *_others = of_kinds(actor)
    query = Query(condition=companies, sort=(sorted_by(actor, "display_name"),), limit=LIMIT)
    _ids, told = page(actor, query)
    begins = [sql for sql in told if '"contacts_contact"."kind" = \'' in sql]
    assert len(begins) == 2
    for kind, sql in zip(("household", "organization"), begins, strict=True):
        assert f"'{kind}'" in sql


def test_other_lists_are_read_in_other_ways(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    companies, *_others = of_kinds(actor)
    by_name = (sorted_by(actor, "display_name"),)
    named = And((companies, where(actor, "display_name", "contains", "e")))
    lists = [
        Query(condition=companies, sort=(sorted_by(actor, "created_at"),), limit=LIMIT),
        Query(condition=companies, sort=(*by_name, sorted_by(actor, "created_at")), limit=LIMIT),
        Query(condition=where(actor, "kind", "ne", "household"), sort=by_name, limit=LIMIT),
        Query(condition=named, sort=by_name, limit=LIMIT),
        Query(condition=companies, sort=by_name, limit=LIMIT, search="able"),
        Query(condition=companies, sort=by_name, limit=0),
    ]
    monkeypatch.setattr(by_kind, "MOST_READ", 10 * LIMIT)
    lists.append(Query(condition=companies, sort=by_name, limit=LIMIT, offset=10 * LIMIT))
    for query in lists:
        assert by_kind.page_by_kind(Asked(actor, query, DEFAULT_DB_ALIAS)) is None, query
