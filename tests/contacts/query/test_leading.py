"""Where the order of names says that those lie who are asked for by a name: nobody is left out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor, system_actor
from contacts.index import ContactParts
from contacts.models import Contact, User
from contacts.query import And, Condition, Query, contact_pages, search, sorted_by, where
from contacts.query.leading import leading
from contacts.services.loading import load_contacts
from tests.builders import actor_for

pytestmark = pytest.mark.django_db

# Beside letters what stands before the comma, the comma, and what stands behind it.
NAMES = ("", "De", "De La", "De, La", "De-La", "Del", "D'E", "dé la", "Я", "Яков (мл.)", "De ~")
# Each letter becomes two: longer than a key.
LONG = "ß" * 150
OPERATORS = ("eq", "starts_with", "lt", "le", "gt", "ge")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ORDER = ("sort_name", "pk")


@pytest.fixture
def actor(alice: User) -> Actor:
    """Return somebody who sees persons of all these first and last names."""
    names = [(first, last) for first, last in product(("", "A", "La"), NAMES) if first or last]
    people = [
        Contact(
            first_name=first,
            last_name=last,
            visibility=Contact.Visibility.PUBLIC,
            created_at=NOW,
            updated_at=NOW,
        )
        for first, last in [*names, ("A", LONG), ("A", f"{LONG}a"), ("A", f"{LONG}z")]
    ]
    load_contacts(system_actor("test"), [ContactParts(each) for each in people])
    return actor_for(alice)


def persons(actor: Actor, operator: str, value: object) -> Condition:
    named = where(actor, "last_name", operator, value)
    return And((where(actor, "kind", "eq", "person"), named))


def asked_for(actor: Actor) -> Sequence[Condition]:
    """Return every question for whoever is named so, or stands before, behind, between."""
    values = (*NAMES[1:], "d", "de,", LONG, f"{LONG}b")
    one = [
        persons(actor, operator, value) for operator, value in product((*OPERATORS, "ne"), values)
    ]
    return [*one, *(persons(actor, "between", pair) for pair in product(values, values))]


def fitting(actor: Actor, condition: Condition) -> list[int]:
    """Return who fits, by id: of that order a name says nothing."""
    order = (sorted_by(actor, "id"),)
    return search(actor, Query(condition=condition, sort=order, limit=100)).ids


def test_whoever_fits_lies_where_the_order_says(actor: Actor) -> None:
    for condition in asked_for(actor):
        found = fitting(actor, condition)
        lying = Contact.objects.filter(leading(condition, ORDER)).values_list("pk", flat=True)
        assert {*found} <= {*lying}, condition


@pytest.mark.parametrize("is_down", [False, True])
def test_a_list_by_name_begins_where_the_names_begin(
    actor: Actor, monkeypatch: pytest.MonkeyPatch, *, is_down: bool
) -> None:
    monkeypatch.setattr(contact_pages, "EXACT_UP_TO", 3)
    order = (sorted_by(actor, "sort_name", descending=is_down),)
    for operator in ("ge", "le", "starts_with", "eq"):
        condition = persons(actor, operator, "de la")
        naive = fitting(actor, condition)
        placed = Contact.objects.filter(pk__in=naive).order_by(*ORDER).values_list("pk", flat=True)
        wanted = list(placed)[:: -1 if is_down else 1]
        with CaptureQueriesContext(connection) as seen:
            found = search(actor, Query(condition=condition, sort=order, limit=2)).ids
        assert found == wanted[:2], condition
        assert any('"sort_name" >= ' in each["sql"] for each in seen) or operator == "le"


def test_where_others_may_be_meant_the_order_says_nothing(actor: Actor) -> None:
    name, listed = where(actor, "last_name", "ge", "m"), where(actor, "listed_name", "ge", "m")
    people = where(actor, "kind", "eq", "person")
    companies = where(actor, "kind", "in", ["organization", "person"])
    for condition in (name, And((companies, name)), And((people, listed))):
        assert "sort_name" not in str(leading(condition, ORDER))
    of_capitals = where(actor, "last_name", "ge", "M", case_sensitive=True)
    assert "sort_name" not in str(leading(And((people, of_capitals)), ORDER))
    assert "sort_name" not in str(leading(And((people, name)), ("first_name_key", "pk")))
    assert "sort_name" in str(leading(And((people, name)), ORDER))
