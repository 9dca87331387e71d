"""What has no rows of some kind is found by a join on PostgreSQL, however many rows there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.models import User
from contacts.query import Query, search, where
from contacts.query.tree import Condition, Not, Or
from tests.builders import actor_for, make_contact

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps sets in a tree"),
]


@pytest.fixture
def actor(alice: User) -> Actor:
    return actor_for(alice)


def conditions(actor: Actor) -> list[Condition]:
    return [
        where(actor, "emails", "is_empty", True),
        where(actor, "tags", "is_empty", True),
        where(actor, "tags", "ne", "vip"),
        Not(where(actor, "emails", "eq", "a@example.com")),
        # Sets of several tables, which the database unites.
        Not(Or((where(actor, "last_name", "eq", "Has"), where(actor, "emails", "eq", "a@b.c")))),
    ]


def test_a_set_that_is_denied_is_no_set_to_go_through_for_each(actor: Actor) -> None:
    """NOT IN is one as soon as it does not fit into the memory of an operation."""
    make_contact(actor, last_name="Has", emails=["a@example.com"], tags=["vip"])
    without = make_contact(actor, last_name="Has none")
    for condition in conditions(actor):
        with CaptureQueriesContext(connection) as asked:
            assert search(actor, Query(condition=condition)).ids == [without.pk]
        statements = [each["sql"] for each in asked]
        assert any("NOT EXISTS" in sql or "NOT (EXISTS" in sql for sql in statements), condition
        assert not [sql for sql in statements if 'NOT ("contacts_contact"."id" IN (SEL' in sql]
