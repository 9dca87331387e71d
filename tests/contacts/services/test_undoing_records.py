"""Taking back one change of what hangs on a contact: work, notes, files, relationships."""

from collections.abc import Callable
from typing import Any

import pytest

from contacts.access import Actor
from contacts.errors import ForbiddenError, NotFoundError
from contacts.history import changes_of
from contacts.models import (
    Activity,
    Attachment,
    Contact,
    Deal,
    DealStatus,
    Note,
    Project,
    Relationship,
    RelationshipType,
    Ticket,
)
from contacts.services.activities import create_activity, update_activity
from contacts.services.attachments import attach_file
from contacts.services.deals import archive_deal, create_deal, update_deal
from contacts.services.notes import create_note, update_note
from contacts.services.records import trail_of
from contacts.services.relationships import tie_contacts
from contacts.services.tickets import create_ticket, update_ticket
from contacts.services.undoing import undo_change
from tests.builders import make_contact, make_custom_field

MOVING = frozenset({"updated_at", "editor_id", "closed_at", "stage_changed_at", "edited_at"})
MODELS: dict[str, Any] = {"deal": Deal, "activity": Activity, "ticket": Ticket, "note": Note}


@pytest.fixture
def anna(owner: Actor) -> Contact:
    return make_contact(owner, first_name="Anna", last_name="Petrova")


def told(kind: str, record_id: int) -> dict[str, object]:
    """Return all that the history keeps of a record, but what moves with every change."""
    document = trail_of(MODELS[kind].objects.get(pk=record_id), kind)
    return {key: value for key, value in document.items() if key not in MOVING}


def undo_last(actor: Actor, kind: str, record_id: int) -> bool:
    """Take back the newest change of a record."""
    return undo_change(actor, changes_of(kind, record_id)[0].pk)


def test_every_field_of_a_deal_comes_back(owner: Actor, anna: Contact, project: Project) -> None:
    boris = make_contact(owner, first_name="Boris")
    colour = make_custom_field("Colour", object_kind="deal")
    deal = create_deal(
        owner,
        {
            "name": "Roof",
            "project": project.pk,
            "contact": anna.pk,
            "contacts": [boris.pk],
            "amount": "1200",
            "due_on": "2027-01-31",
            "tags": ["big"],
            f"custom_{colour.pk}": "red",
        },
    )
    number = int(str(deal["id"]))
    before = told("deal", number)
    won = DealStatus.objects.filter(outcome=1).first()
    assert won is not None
    changed = {
        "name": "Wall",
        "contact": boris.pk,
        "contacts": [],
        "amount": None,
        "currency": "CHF",
        "due_on": None,
        "tags": ["small"],
        "status": won.pk,
        f"custom_{colour.pk}": "blue",
    }
    update_deal(owner, number, changed)
    assert told("deal", number) != before

    assert undo_last(owner, "deal", number)

    assert told("deal", number) == before


@pytest.mark.parametrize(
    ("kind", "create", "update", "values", "changed"),
    [
        (
            "activity",
            create_activity,
            update_activity,
            {"subject": "Call", "starts_at": "2027-01-01T10:00:00Z"},
            {"subject": "Write", "starts_at": None, "contacts": []},
        ),
        (
            "ticket",
            create_ticket,
            update_ticket,
            {"subject": "It leaks", "due_on": "2027-01-31"},
            {"subject": "It is dry", "due_on": None, "contact": None},
        ),
        (
            "note",
            create_note,
            update_note,
            {"content": "Wrong number", "subject": "Call"},
            {"content": "Right number", "subject": ""},
        ),
    ],
)
def test_a_changed_record_is_again_what_it_was(
    owner: Actor,
    anna: Contact,
    project: Project,
    kind: str,
    create: Callable[[Actor, dict[str, object]], dict[str, object]],
    update: Callable[[Actor, int, dict[str, object]], object],
    values: dict[str, object],
    changed: dict[str, object],
) -> None:
    about = {"contacts": [anna.pk]} if kind == "activity" else {"contact": anna.pk}
    place = {} if kind == "note" else {"project": project.pk}
    number = int(str(create(owner, {**values, **about, **place})["id"]))
    before = told(kind, number)
    update(owner, number, changed)

    assert undo_last(owner, kind, number)

    assert told(kind, number) == before


def test_what_somebody_changed_since_stays(owner: Actor, anna: Contact, project: Project) -> None:
    deal = create_deal(owner, {"name": "Roof", "project": project.pk, "contact": anna.pk})
    number = int(str(deal["id"]))
    update_deal(owner, number, {"name": "Wall", "amount": "5"})
    first = changes_of("deal", number)[0].pk
    update_deal(owner, number, {"name": "Floor"})

    assert undo_change(owner, first)

    now = told("deal", number)
    assert (now["name"], now.get("amount")) == ("Floor", None)
    assert not undo_change(owner, first)


def test_what_was_made_goes_and_what_was_deleted_comes_back(
    owner: Actor, anna: Contact, project: Project
) -> None:
    boris = make_contact(owner, first_name="Boris")
    tie = {"contact_a": anna.pk, "contact_b": boris.pk}
    note = create_note(owner, {"contact": anna.pk, "content": "Hello"})
    made = {
        "note": note["id"],
        "attachment": attach_file(owner, "contact", anna.pk, [b"text"], filename="a.txt")["id"],
        "relationship": tie_contacts(
            owner, {**tie, "type": RelationshipType.objects.get(name_b_a="Parent of").pk}
        )["id"],
    }
    models: dict[str, Any] = {
        "note": Note,
        "attachment": Attachment,
        "relationship": Relationship,
    }
    for kind, record_id in made.items():
        rows = models[kind].objects.filter(pk=record_id)
        assert undo_last(owner, kind, int(str(record_id)))
        assert not rows.exists(), kind
        assert undo_last(owner, kind, int(str(record_id)))
        assert rows.exists(), kind


def test_a_deal_goes_into_the_trash_and_out_of_it(
    owner: Actor, anna: Contact, project: Project
) -> None:
    deal = create_deal(owner, {"name": "Roof", "project": project.pk, "contact": anna.pk})
    number = int(str(deal["id"]))
    archive_deal(owner, number)

    assert undo_last(owner, "deal", number)
    assert Deal.objects.get(pk=number).archived_at is None
    assert undo_last(owner, "deal", number)
    assert Deal.objects.get(pk=number).archived_at is not None


def test_taking_back_needs_the_rights_of_changing(
    owner: Actor, reporter: Actor, outsider: Actor, anna: Contact, project: Project
) -> None:
    deal = create_deal(owner, {"name": "Roof", "project": project.pk, "contact": anna.pk})
    number = int(str(deal["id"]))
    update_deal(owner, number, {"name": "Wall"})

    with pytest.raises(ForbiddenError):
        undo_last(reporter, "deal", number)
    with pytest.raises(NotFoundError):
        undo_last(outsider, "deal", number)
    assert Deal.objects.get(pk=number).name == "Wall"
