"""Beside a contact: its vCard, contacts that are like it, its timeline."""

import pytest
import vobject
from django.test import Client

from contacts.access import Actor
from contacts.models import Contact
from contacts.services.contacts import update_contact
from contacts.services.notes import create_note
from tests.builders import make_contact
from tests.contacts.admin.reading import read, send

LIST = "/admin/contacts/contact/"
SIMILAR = f"{LIST}similar/"


@pytest.fixture
def anna(owner: Actor) -> Contact:
    return make_contact(
        owner,
        first_name="Anna",
        last_name="Petrova",
        company="Acme",
        job_title="Engineer; lead",
        emails=["anna@example.com"],
        phones=["+7 495 111-22-33"],
        addresses=[{"street1": "Main St 1", "city": "Berlin", "country": "Germany"}],
        tags=["vip"],
        birthday="1990-05-01",
    )


def test_vcard_holds_what_an_address_book_takes(at_bob: Client, anna: Contact) -> None:
    answer = at_bob.get(f"{LIST}{anna.pk}/vcard/")

    card = vobject.readOne(answer.content.decode())
    assert answer["Content-Type"].startswith("text/vcard")
    assert card.fn.value == "Anna Petrova"
    assert card.n.value.family == "Petrova"
    assert card.title.value == "Engineer; lead"
    assert card.org.value == ["Acme"]
    assert card.email.value == "anna@example.com"
    assert card.tel.value == "+7 495 111-22-33"
    assert card.adr.value.city == "Berlin"
    assert card.bday.value == "1990-05-01"
    assert card.categories.value == ["vip"]


def test_vcard_of_a_hidden_contact_is_not_there(at_bob: Client, outsider: Actor) -> None:
    hidden = make_contact(outsider, first_name="Hidden")

    assert at_bob.get(f"{LIST}{hidden.pk}/vcard/").status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "ANNA@example.com"},
        {"phone": "495 111 22 33"},
        {"name": "anna petrova"},
        {"name": "x", "email": ["other@example.com", "anna@example.com"]},
    ],
)
def test_contacts_that_are_alike_are_found_by_any_of_these(
    at_bob: Client, anna: Contact, typed: dict[str, object]
) -> None:
    assert "Anna Petrova" in read(at_bob, SIMILAR, data=typed).text


@pytest.mark.parametrize("typed", [{}, {"name": "an"}, {"email": "anna"}, {"phone": "22"}])
def test_little_that_is_typed_resembles_nobody(
    at_bob: Client, anna: Contact, typed: dict[str, object]
) -> None:
    assert "Anna Petrova" not in read(at_bob, SIMILAR, data=typed).text


def test_contact_does_not_resemble_itself(at_bob: Client, anna: Contact) -> None:
    typed = {"name": "Anna Petrova", "id": str(anna.pk)}

    assert "Anna Petrova" not in read(at_bob, SIMILAR, data=typed).text


def test_timeline_is_narrowed_to_one_kind(at_alice: Client, owner: Actor, anna: Contact) -> None:
    create_note(owner, {"contact": anna.pk, "content": "Likes tea."})
    update_contact(owner, anna.pk, {"job_title": "Director"})

    notes = read(at_alice, f"{LIST}{anna.pk}/?show=notes").text.split("Timeline", 1)[1]
    changes = read(at_alice, f"{LIST}{anna.pk}/?show=changes").text.split("Timeline", 1)[1]

    assert "Likes tea." in notes
    assert "Director" not in notes
    assert "Director" in changes
    assert "Likes tea." not in changes


def test_creation_is_undone_from_the_timeline(at_alice: Client, anna: Contact) -> None:
    page = read(at_alice, f"{LIST}{anna.pk}/?show=changes")

    send(at_alice, "/admin/undo/", page.form_to("/undo/").filled())

    anna.refresh_from_db()
    assert anna.archived_at is not None
