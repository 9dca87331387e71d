"""What hangs on a contact, on its page: ties, files, notes, deals, and how each is taken away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contacts.access import Actor
from contacts.models import Contact, Deal, Note, Project, RelationshipType
from contacts.services.deals import create_deal, update_deal
from contacts.services.notes import create_note, delete_note
from tests.builders import make_contact
from tests.contacts.admin.reading import read, send
from tests.contacts.admin.test_contact_page import page_of


@pytest.fixture
def anna(owner: Actor) -> Contact:
    return make_contact(owner, first_name="Anna", last_name="Petrova")


def test_relationship_is_seen_from_both_ends_and_removed(
    at_alice: Client, owner: Actor, anna: Contact
) -> None:
    child = make_contact(owner, first_name="Kolya", last_name="Petrov")
    parent_of = RelationshipType.objects.get(name_b_a="Parent of")
    form = read(at_alice, page_of(anna)).form_to("/tie/")

    typed = form.filled(type=f"ba:{parent_of.pk}", contact_b=f"Kolya Petrov #{child.pk}")
    page = send(at_alice, form.action, typed)

    assert "Parent of Kolya Petrov" in page.text
    page = read(at_alice, page_of(child))
    assert "Child of Anna Petrova" in page.text
    removal = next(
        form for form in page.forms if "/tie/" in form.action and "delete" in form.action
    )
    page = send(at_alice, removal.action, removal.filled())
    assert "The relationship is removed." in page.text
    assert "Child of Anna Petrova" not in page.text


def test_refused_relationship_keeps_what_was_typed(at_alice: Client, anna: Contact) -> None:
    form = read(at_alice, page_of(anna)).form_to("/tie/")

    page = send(at_alice, form.action, form.filled(contact_b="Nobody Known"))

    assert page.status == 422
    assert "No contact is called “Nobody Known”." in page.text
    assert page.form_to("/tie/").fields["contact_b"] == ["Nobody Known"]


def test_file_is_attached_and_deleted_on_the_page(at_alice: Client, anna: Contact) -> None:
    form = read(at_alice, page_of(anna)).form_to(f"{anna.pk}/file/")
    upload = SimpleUploadedFile("offer.txt", b"text", "text/plain")
    page = send(at_alice, form.action, form.filled(file=upload))
    assert "offer.txt" in page.links

    removal = next(
        form for form in page.forms if "/file/" in form.action and "delete" in form.action
    )
    page = send(at_alice, removal.action, removal.filled())

    assert "The file is deleted." in page.text
    assert "offer.txt" not in page.links


def test_own_note_is_deleted_by_its_author_and_by_nobody_without_the_right(
    at_alice: Client, at_bob: Client, owner: Actor, anna: Contact
) -> None:
    note = create_note(owner, {"contact": anna.pk, "content": "Wrong number"})
    address = f"{page_of(anna)}note/{note['id']}/delete/"
    page = read(at_bob, page_of(anna))
    assert address not in [form.action for form in page.forms]
    refused = send(at_bob, address, page.form_to("/logout/").filled())
    assert refused.status == 403

    removal = read(at_alice, page_of(anna)).form_to(address)
    page = send(at_alice, removal.action, removal.filled())

    assert address not in [form.action for form in page.forms]


def test_timeline_tells_of_deleted_notes_to_who_can_bring_them_back(
    at_alice: Client, at_bob: Client, owner: Actor, anna: Contact
) -> None:
    note = create_note(owner, {"contact": anna.pk, "content": "Wrong number"})
    delete_note(owner, int(str(note["id"])))
    assert "Wrong number" not in read(at_bob, page_of(anna)).text
    page = read(at_alice, page_of(anna))
    assert "Note deleted" in page.text

    form = page.form_to("/undo/")
    page = send(at_alice, form.action, form.filled())

    assert "1 change taken back." in page.text
    assert Note.objects.get().content == "Wrong number"


def test_change_of_a_deal_is_told_and_undone_in_the_timeline(
    at_alice: Client, at_rita: Client, owner: Actor, anna: Contact, project: Project
) -> None:
    deal = create_deal(owner, {"name": "Roof", "project": project.pk, "contact": anna.pk})
    update_deal(owner, int(str(deal["id"])), {"name": "Wall"})
    assert "/undo/" not in [form.action for form in read(at_rita, page_of(anna)).forms]
    page = read(at_alice, page_of(anna))
    assert "Roof → Wall" in page.text

    form = page.form_to("/undo/")
    send(at_alice, form.action, form.filled())

    assert Deal.objects.get().name == "Roof"


def test_a_refused_note_says_that_its_file_is_to_be_chosen_again(
    at_alice: Client, anna: Contact
) -> None:
    """The file was gone without a word."""
    sent = {"content": "", "file": SimpleUploadedFile("plan.txt", b"plan")}
    page = send(at_alice, f"{page_of(anna)}note/", sent)

    assert page.status == 422
    assert "Choose it again if something else is wrong." in page.text
    assert not Note.objects.exists()
