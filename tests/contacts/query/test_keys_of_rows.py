"""Whether a contact fits is told by its own columns as it is by the rows of its keys."""

from collections.abc import Iterator
from itertools import product

import pytest

from contacts.access import Actor
from contacts.models import Contact, User
from contacts.query import Condition, Not, where
from contacts.query.compiler import as_set, compile_condition, row_by_row
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

VALUES = ("", "ann", "Ännchen", "An", "ann b", "z", "ZOE")
# Operators that take one value; those of several take pairs of these.
ONE = ("eq", "ne", "lt", "le", "gt", "ge", "contains", "starts_with", "ends_with", "like")
TWO = ("in", "between")


@pytest.fixture
def actor(alice: User) -> Actor:
    for name, company in product(VALUES, VALUES):
        make_contact(first_name=name, last_name="X", company=company)
    make_contact(kind="organization", organization_name="Ann")
    return actor_for(alice)


def comparisons(actor: Actor, key: str) -> Iterator[Condition]:
    for operator, value in product(ONE, (*VALUES, "a%")):
        for flags in ({}, {"case_sensitive": True}):
            if value:
                yield where(actor, key, operator, value, **flags)
    for operator, *pair in product(TWO, VALUES[1:], VALUES[1:]):
        yield where(actor, key, operator, pair)
    for value in (True, False):
        yield where(actor, key, "is_empty", value)


@pytest.mark.parametrize("key", ["first_name", "company"])
def test_both_shapes_of_a_condition_are_true_of_the_same_contacts(actor: Actor, key: str) -> None:
    found = 0
    for compared in comparisons(actor, key):
        for condition in (compared, Not(compared)):
            led, looked_at = (
                {
                    *Contact.objects.filter(compile_condition(actor, condition, shape)).values_list(
                        "pk"
                    )
                }
                for shape in (as_set, row_by_row)
            )
            assert led == looked_at, condition
            found += bool(led)
    assert found > 100
