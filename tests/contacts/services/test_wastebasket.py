"""What is deleted with a word can be brought back with a word, for a while."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone

from contacts.access import Actor
from contacts.errors import ForbiddenError
from contacts.models import Attachment, Contact, DeletedRecord, Note, Relationship, RelationshipType
from contacts.services.attachments import attach_file, delete_attachment
from contacts.services.contacts import archive_contact, delete_contact
from contacts.services.notes import create_note, delete_note
from contacts.services.relationships import tie_contacts, untie_contacts
from contacts.services.saved_filters import create_saved_filter, delete_saved_filter
from contacts.services.undoing import undo_request
from contacts.services.wastebasket import bring_back, empty
from tests.builders import make_contact


@pytest.fixture
def contact(owner: Actor) -> Contact:
    return make_contact(owner)


def browsing(actor: Actor, number: str) -> Actor:
    """Return the actor as it comes with a request of this number."""
    return actor.through("browser", request_id=number)


def make_note(owner: Actor, contact: Contact) -> Note:
    """Make a note with a file."""
    note = create_note(owner, {"content": "Called.", "contact": contact.pk})
    attach_file(owner, "note", int(str(note["id"])), BytesIO(b"plan"), filename="plan.txt")
    return Note.objects.get()


def test_a_note_comes_back_with_its_file(owner: Actor, contact: Contact) -> None:
    note = make_note(owner, contact)
    delete_note(browsing(owner, "r1"), note.pk)
    assert not Note.objects.exists()

    undone = undo_request(owner, "r1")

    assert (undone.count, undone.refused) == (1, 0)
    back = Note.objects.get(pk=note.pk)
    assert (back.content, back.created_at) == ("Called.", note.created_at)
    with back.attachments.get().file.open("rb") as file:
        assert file.read() == b"plan"
    assert not DeletedRecord.objects.exists()


def test_a_file_a_tie_and_a_saved_view_come_back(owner: Actor, contact: Contact) -> None:
    file = attach_file(owner, "contact", contact.pk, BytesIO(b"x"), filename="x.txt")["id"]
    spouse = RelationshipType.objects.get(name_a_b="Spouse of")
    values = {"type": spouse.pk, "contact_a": contact.pk, "contact_b": make_contact(owner).pk}
    tie = tie_contacts(owner, values)["id"]
    view = create_saved_filter(owner, {"name": "Mine", "object_kind": "contact"})["id"]

    delete_attachment(browsing(owner, "r1"), int(str(file)))
    untie_contacts(browsing(owner, "r2"), int(str(tie)))
    delete_saved_filter(browsing(owner, "r3"), int(str(view)))

    assert [undo_request(owner, name).count for name in ("r1", "r2", "r3")] == [1, 1, 1]
    assert Attachment.objects.filter(pk=file).exists()
    assert Relationship.objects.filter(pk=tie).exists()


def test_only_who_deleted_it_brings_it_back(
    owner: Actor, member: Actor, administrator: Actor, contact: Contact
) -> None:
    note = make_note(owner, contact)
    delete_note(owner, note.pk)

    with pytest.raises(ForbiddenError):
        bring_back(member, DeletedRecord.objects.get())
    bring_back(administrator, DeletedRecord.objects.get())
    assert Note.objects.filter(pk=note.pk).exists()


def test_what_belonged_to_a_contact_that_is_gone_goes_for_good(
    owner: Actor, contact: Contact, django_capture_on_commit_callbacks: object
) -> None:
    note = make_note(owner, contact)
    path = Path(note.attachments.get().file.path)
    delete_note(owner, note.pk)
    archive_contact(owner, contact.pk)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's own
        delete_contact(owner, contact.pk)

    assert not DeletedRecord.objects.exists()
    assert not path.exists()


def test_the_wastebasket_is_emptied_after_its_time(owner: Actor, contact: Contact) -> None:
    delete_note(owner, make_note(owner, contact).pk)

    assert empty(before=timezone.now() - timedelta(days=30)) == 0
    assert empty(before=timezone.now() + timedelta(seconds=1)) == 1
