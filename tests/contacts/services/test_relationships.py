"""Ties between contacts: once, between the right kinds, in both timelines."""

import pytest

from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError, NotFoundError
from contacts.models import Change, Contact, Relationship, RelationshipType
from contacts.query import Query, get_contact, search, where
from contacts.services.relationships import (
    tie_contacts,
    untie_contacts,
    update_relationship,
)
from tests.builders import make_contact


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


def kind(name: str) -> int:
    """Return the id of a type of ties."""
    return RelationshipType.objects.get(name_a_b=name).pk


@pytest.fixture
def ann(owner: Actor) -> Contact:
    return make_contact(owner, first_name="Ann")


@pytest.fixture
def tom(owner: Actor) -> Contact:
    return make_contact(owner, first_name="Tom", last_name="")


@pytest.fixture
def company(owner: Actor) -> Contact:
    return make_contact(owner, kind="organization", organization_name="Acme")


def test_tie_stands_in_both_timelines(owner: Actor, ann: Contact, tom: Contact) -> None:
    tie = tie_contacts(owner, {"type": kind("Child of"), "contact_a": ann.pk, "contact_b": tom.pk})

    assert (tie["name_a_b"], tie["name_b"], tie["is_active"]) == ("Child of", "Tom", True)
    entries = Change.objects.filter(record_kind="relationship", record_id=number(tie))
    assert {entry.contact_id for entry in entries} == {ann.pk, tom.pk}
    assert "Tom" not in str([entry.after for entry in entries])
    assert search(owner, Query(kind="relationship")).ids == [number(tie)]


def test_all_faults_of_a_tie_are_reported_together(
    owner: Actor, outsider: Actor, ann: Contact, tom: Contact, company: Contact
) -> None:
    hidden = make_contact(outsider)
    spouses = {"type": kind("Spouse of"), "contact_a": ann.pk, "contact_b": tom.pk}
    tie_contacts(owner, spouses)
    for values, faults in (
        ({}, {("type", "blank"), ("contact_a", "blank"), ("contact_b", "blank")}),
        (
            {**spouses, "contact_b": hidden.pk, "starts_on": "2026-02-01", "ends_on": "2026-01-01"},
            {("contact_b", "unknown"), ("ends_on", "too_small")},
        ),
        ({**spouses, "contact_b": ann.pk}, {("contact_b", "invalid")}),
        ({**spouses, "contact_b": company.pk}, {("contact_b", "not_allowed")}),
        ({**spouses, "contact_a": tom.pk, "contact_b": ann.pk}, {("contact_b", "taken")}),
    ):
        with pytest.raises(InvalidError) as refused:
            tie_contacts(owner, values)
        assert {(fault.key, fault.code) for fault in refused.value.faults} == faults
    assert Relationship.objects.count() == 1


def test_tie_needs_sight_of_both_and_the_right_to_change_one(
    owner: Actor, reporter: Actor, outsider: Actor, ann: Contact, tom: Contact
) -> None:
    values = {"type": kind("Child of"), "contact_a": ann.pk, "contact_b": tom.pk}
    tie = number(tie_contacts(owner, values))

    for forbidden in (
        lambda: tie_contacts(reporter, {**values, "type": kind("Sibling of")}),
        lambda: update_relationship(reporter, tie, {"description": "x"}),
        lambda: untie_contacts(reporter, tie),
    ):
        with pytest.raises(ForbiddenError):
            forbidden()
    for hidden in (
        lambda: update_relationship(outsider, tie, {"description": "x"}),
        lambda: untie_contacts(outsider, tie),
    ):
        with pytest.raises(NotFoundError):
            hidden()
    assert update_relationship(owner, tie, {"description": "twin"})["description"] == "twin"
    with pytest.raises(InvalidError):
        update_relationship(owner, tie, {"contact_a": tom.pk})
    untie_contacts(owner, tie)
    assert not Relationship.objects.exists()


def test_employment_is_kept_in_step_with_the_person(
    owner: Actor, ann: Contact, company: Contact
) -> None:
    values = {"type": kind("Employee of"), "contact_a": ann.pk, "contact_b": company.pk}

    tie = number(tie_contacts(owner, {**values, "starts_on": "2026-01-01"}))
    employed = get_contact(owner, ann.pk)
    assert (employed["company"], employed["companies"]) == ("Acme", [company.pk])
    assert str(Relationship.objects.get(pk=tie).starts_on) == "2026-01-01"
    with pytest.raises(InvalidError):
        tie_contacts(owner, values)
    untie_contacts(owner, tie)

    assert "companies" not in get_contact(owner, ann.pk)
    assert "company" not in get_contact(owner, ann.pk)


def test_ties_of_a_contact_are_found_and_their_types_are_read(
    owner: Actor, ann: Contact, tom: Contact
) -> None:
    tie = tie_contacts(owner, {"type": kind("Child of"), "contact_a": ann.pk, "contact_b": tom.pk})

    of_tom = where(owner, "contact_b", "eq", tom.pk, kind="relationship")
    of_nobody = where(owner, "contact_a", "eq", tom.pk, kind="relationship")
    assert search(owner, Query(kind="relationship", condition=of_tom)).ids == [tie["id"]]
    assert search(owner, Query(kind="relationship", condition=of_nobody)).ids == []
    types = search(owner, Query(kind="relationship_type")).documents
    assert (types[4]["name_a_b"], types[4]["kind_b"]) == ("Employee of", "organization")
