"""Tickets: in one project, open until their status says otherwise."""

import pytest

from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError, NotFoundError
from contacts.fields import reference
from contacts.history import changes_of
from contacts.models import Contact, Project, Ticket
from contacts.query import get_record
from contacts.services.ticket_categories import (
    create_ticket_category,
    delete_ticket_category,
    update_ticket_category,
)
from contacts.services.tickets import (
    archive_ticket,
    create_ticket,
    delete_ticket,
    restore_ticket,
    update_ticket,
)
from tests.builders import make_contact

# What documents say of a contact besides its name.
PERSON = {"kind": "person", "stage": "contact"}


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


def option(list_name: str, name: str) -> int:
    """Return the id of an option by its machine name."""
    found = reference.options().named(list_name, name)
    assert found is not None
    return found.pk


@pytest.fixture
def contact(owner: Actor) -> Contact:
    return make_contact(owner)


@pytest.fixture
def ticket(owner: Actor, project: Project, contact: Contact) -> int:
    return number(
        create_ticket(owner, {"project": project.pk, "subject": "Leak", "contact": contact.pk})
    )


def test_ticket_begins_with_the_defaults_of_its_lists(
    owner: Actor, ticket: int, contact: Contact
) -> None:
    document = get_record(owner, "ticket", ticket)

    assert document["status_id"] == option("ticket_status", "new")
    assert document["tracker_id"] == option("ticket_tracker", "support")
    assert document["priority_id"] == option("ticket_priority", "normal")
    assert document["contact"] == {"id": contact.pk, "name": "Tom Smith", **PERSON}
    assert document["closed_at"] is None
    assert changes_of("ticket", ticket).get().contact_id == contact.pk


def test_all_faults_of_a_ticket_are_reported_together(
    owner: Actor, outsider: Actor, elsewhere: Project
) -> None:
    category = number(create_ticket_category(outsider, {"project": elsewhere.pk, "name": "Water"}))

    with pytest.raises(InvalidError) as refused:
        create_ticket(
            owner,
            {
                "subject": " ",
                "category": category,
                "starts_on": "2026-12-24",
                "due_on": "2026-12-23",
                "done_ratio": 101,
                "status": "sleeping",
            },
        )

    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("subject", "blank"),
        ("category", "unknown"),
        ("due_on", "too_small"),
        ("done_ratio", "too_large"),
        ("status", "not_in_list"),
    }
    assert not Ticket.objects.exists()


def test_closing_is_remembered_until_the_ticket_is_opened_again(owner: Actor, ticket: int) -> None:
    closed = update_ticket(owner, ticket, {"status": "Closed"})
    rejected = update_ticket(owner, ticket, {"status": "Rejected"})
    opened = update_ticket(owner, ticket, {"status": None})

    assert closed["closed_at"] is not None
    assert rejected["closed_at"] == closed["closed_at"]
    assert opened["closed_at"] is None
    assert opened["status_id"] == option("ticket_status", "new")


def test_ticket_needs_the_right_and_hidden_looks_like_missing(
    owner: Actor, member: Actor, reporter: Actor, outsider: Actor, project: Project, ticket: int
) -> None:
    private = number(
        create_ticket(owner, {"project": project.pk, "subject": "Quiet", "is_private": True})
    )

    assert create_ticket(reporter, {"project": project.pk, "subject": "Mine"})["id"]
    with pytest.raises(ForbiddenError):
        update_ticket(reporter, ticket, {"subject": "x"})
    with pytest.raises(ForbiddenError):
        archive_ticket(member, ticket)
    for actor, hidden in ((outsider, ticket), (member, private)):
        with pytest.raises(NotFoundError):
            update_ticket(actor, hidden, {"subject": "x"})
        with pytest.raises(NotFoundError):
            archive_ticket(actor, hidden)
    assert update_ticket(member, ticket, {"subject": "Flood"})["subject"] == "Flood"


def test_further_contacts_are_replaced(owner: Actor, ticket: int) -> None:
    first, second = make_contact(owner), make_contact(owner, first_name="Ann", last_name="")
    update_ticket(owner, ticket, {"contacts": [first.pk]})

    document = update_ticket(owner, ticket, {"contacts": [second.pk]})

    assert document["contacts"] == [{"id": second.pk, "name": "Ann", **PERSON}]
    assert changes_of("ticket", ticket)[0].before == {"contact_ids": [first.pk]}


def test_ticket_goes_through_the_trash(owner: Actor, ticket: int) -> None:
    archive_ticket(owner, ticket)
    with pytest.raises(NotFoundError):
        get_record(owner, "ticket", ticket)
    restore_ticket(owner, ticket)
    with pytest.raises(NotFoundError):
        delete_ticket(owner, ticket)
    archive_ticket(owner, ticket)
    delete_ticket(owner, ticket)

    assert not Ticket.objects.exists()
    assert changes_of("ticket", ticket)[0].before["subject"] == "Leak"


def test_category_of_tickets_belongs_to_one_project(
    owner: Actor, reporter: Actor, outsider: Actor, project: Project, ticket: int
) -> None:
    category = number(create_ticket_category(owner, {"project": project.pk, "name": "Water"}))
    update_ticket(owner, ticket, {"category": category})

    with pytest.raises(NotFoundError):
        update_ticket_category(outsider, category, {"name": "Fire"})
    with pytest.raises(ForbiddenError):
        delete_ticket_category(reporter, category)
    assert update_ticket_category(owner, category, {"name": "Fire"})["name"] == "Fire"
    delete_ticket_category(owner, category)
    assert get_record(owner, "ticket", ticket)["category"] is None
