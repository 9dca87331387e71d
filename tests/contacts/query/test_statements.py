"""Statements that are kept: the same answers, whoever asks and whatever has changed."""

import pytest

from contacts.access import Actor
from contacts.models import User
from contacts.query import Query, search, sorted_by, where
from contacts.query.surroundings import Asked, surroundings
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db


def named(actor: Actor, name: str, **more: object) -> list[int]:
    condition = where(actor, "first_name", "eq", name)
    return search(actor, Query(condition=condition, **more)).ids  # type: ignore[arg-type]  # any of the query


def test_another_value_is_another_statement(alice: User) -> None:
    owner = actor_for(alice)
    amy, bea = (make_contact(owner, first_name=name).pk for name in ("Amy", "Bea"))
    assert [named(owner, "Amy"), named(owner, "Bea"), named(owner, "Amy")] == [[amy], [bea], [amy]]


def test_a_kept_statement_finds_what_was_added_since(alice: User) -> None:
    owner = actor_for(alice)
    first = make_contact(owner, first_name="Amy").pk
    assert named(owner, "Amy") == [first]
    second = make_contact(owner, first_name="amy").pk
    assert named(owner, "Amy") == [first, second]


@pytest.mark.parametrize("operator", ["has_any", "has_none"])
def test_a_tag_that_was_unknown_is_looked_for_anew(alice: User, operator: str) -> None:
    owner = actor_for(alice)
    plain = make_contact(owner, first_name="Amy").pk

    def found() -> list[int]:
        return search(owner, Query(condition=where(owner, "tags", operator, ["new"]))).ids

    assert found() == ([] if operator == "has_any" else [plain])
    tagged = make_contact(owner, first_name="Bea", tags=["new"]).pk
    assert found() == ([tagged] if operator == "has_any" else [plain])


def test_nobody_is_answered_with_the_statement_of_somebody_else(alice: User, charlie: User) -> None:
    owner, stranger = actor_for(alice), actor_for(charlie)
    own = make_contact(owner, first_name="Amy", visibility=2).pk
    assert [named(owner, "Amy"), named(stranger, "Amy"), named(owner, "Amy")] == [[own], [], [own]]


def test_the_ids_of_each_page_are_put_in_when_a_statement_runs(alice: User) -> None:
    owner = actor_for(alice)
    one, other = (make_contact(owner, first_name=name).pk for name in ("Amy", "Bea"))
    for pk in (one, other):
        assert list(surroundings(owner, Asked(contacts=[pk])).contacts) == [pk]


@pytest.mark.parametrize("descending", [False, True])
def test_first_names_order_people_whatever_their_case(alice: User, descending: bool) -> None:
    owner = actor_for(alice)
    people = [
        make_contact(owner, first_name=name, last_name=last).pk
        for name, last in (("", "Zoe"), ("ada", "B"), ("Ádam", "A"), ("Bob", "A"))
    ]
    found = search(owner, Query(sort=(sorted_by(owner, "first_name", descending=descending),))).ids
    assert found == (people[::-1] if descending else people)
