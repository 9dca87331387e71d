"""Facts: built-in fields that few records have, kept as rows and read like any other field."""

from datetime import date

import pytest

from contacts.access import Actor
from contacts.index import drifts_of
from contacts.models import ContactFact
from contacts.query import Query, get_contact, search, sorted_by, where
from contacts.services.contacts import update_contact
from tests.builders import make_contact

pytestmark = pytest.mark.usefixtures("project")


def found(actor: Actor, key: str, operator: str, value: object) -> list[int]:
    """Return the ids of the contacts that match."""
    return search(actor, Query(condition=where(actor, key, operator, value))).ids


def test_facts_are_read_back_as_they_were_given(administrator: Actor) -> None:
    tom = make_contact(
        administrator, assistant="Élise", support_ends_on="2031-05-06", is_reference=True
    )
    document = get_contact(administrator, tom.pk)
    assert document["assistant"] == "Élise"
    assert document["support_ends_on"] == "2031-05-06"
    assert document["is_reference"] is True
    assert not drifts_of([tom.pk])


def test_a_fact_that_is_cleared_is_gone(administrator: Actor) -> None:
    tom = make_contact(administrator, assistant="Bob", is_reference=True)
    document = update_contact(administrator, tom.pk, {"assistant": "", "is_reference": False})
    assert "assistant" not in document
    assert "is_reference" not in document
    assert not ContactFact.objects.filter(contact=tom).exists()


def test_a_change_leaves_other_facts_alone(administrator: Actor) -> None:
    tom = make_contact(administrator, assistant="Bob", rating="Active")
    document = update_contact(administrator, tom.pk, {"rating": "Acquired"})
    assert (document["assistant"], document["rating"]) == ("Bob", "Acquired")


@pytest.mark.parametrize(
    ("key", "operator", "value"),
    [
        ("assistant", "eq", "ELISE"),
        ("assistant", "like", "%lis%"),
        ("support_ends_on", "gt", date(2031, 1, 1)),
        ("is_reference", "eq", True),
        ("assistant", "is_empty", False),
    ],
)
def test_contacts_are_found_by_facts(
    administrator: Actor, key: str, operator: str, value: object
) -> None:
    tom = make_contact(
        administrator, assistant="Élise", support_ends_on="2031-05-06", is_reference=True
    )
    make_contact(administrator, assistant="Zed")
    if key == "assistant" and operator == "is_empty":
        make_contact(administrator)
        assert len(found(administrator, key, operator, value)) == 2
        return
    assert found(administrator, key, operator, value) == [tom.pk]


def test_a_yes_or_no_that_was_never_said_is_no(administrator: Actor) -> None:
    silent = make_contact(administrator)
    make_contact(administrator, is_reference=True)
    assert found(administrator, "is_reference", "eq", False) == [silent.pk]


def test_contacts_are_sorted_by_a_fact(administrator: Actor) -> None:
    last = make_contact(administrator, assistant="zoe")
    first = make_contact(administrator, assistant="Ann")
    page = search(administrator, Query(sort=(sorted_by(administrator, "assistant"),)))
    assert page.ids == [first.pk, last.pk]
