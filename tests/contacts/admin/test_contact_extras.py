"""Beside a contact: its vCard, contacts that are like it, its timeline."""

import json
from html import unescape
from urllib.parse import quote

import pytest
import vobject
from django.test import Client

from contacts import index
from contacts.access import Actor
from contacts.admin.address_book.merging import merging_url
from contacts.models import Change, Contact, User
from contacts.services.contacts import update_contact
from contacts.services.duplicates import refuse_duplicates, store_duplicates
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


def test_whoever_shares_an_address_comes_before_many_of_the_same_name(
    at_bob: Client, owner: Actor, anna: Contact
) -> None:
    for _each in range(7):
        make_contact(owner, first_name="Anna", last_name="Petrova")
    typed = {"name": "Anna Petrova", "id": str(anna.pk)}
    assert "Boris" not in read(at_bob, SIMILAR, data=typed).text

    make_contact(owner, first_name="Boris", emails=["anna@example.com"])

    found = read(at_bob, SIMILAR, data={**typed, "email": "ANNA@example.com"}).text
    assert found.index("Boris") < found.index("Anna Petrova")


def test_those_told_apart_leave_their_room_to_others(
    at_bob: Client, owner: Actor, anna: Contact
) -> None:
    same = [make_contact(owner, first_name="Anna", last_name="Petrova").pk for _each in range(6)]
    store_duplicates({(anna.pk, pk): {"name"} for pk in same})
    refuse_duplicates(owner, [anna.pk, same[0]])

    page = at_bob.get(f"{LIST}{anna.pk}/").content.decode()
    assert [pk for pk in same if merging_url([anna.pk, pk]) in unescape(page)] == same[1:]


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


def test_qr_code_is_a_drawing_of_the_card(at_bob: Client, anna: Contact, outsider: Actor) -> None:
    answer = at_bob.get(f"{LIST}{anna.pk}/qr/")
    hidden = make_contact(outsider, first_name="Hidden")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert at_bob.get(f"{LIST}{hidden.pk}/qr/").status_code == 404


def test_qr_code_leaves_out_what_no_camera_reads(owner: Actor, at_bob: Client) -> None:
    long = make_contact(
        owner,
        first_name="Anna",
        emails=[f"{'a' * 60}{number}@example.com" for number in range(40)],
        websites=[f"https://example.com/{'b' * 400}"],
    )

    assert at_bob.get(f"{LIST}{long.pk}/qr/").status_code == 200


def test_contact_is_compared_with_what_it_was_on_a_day(
    at_bob: Client, owner: Actor, anna: Contact
) -> None:
    Contact.objects.filter(pk=anna.pk).update(created_at="2026-01-05T10:00:00Z")
    index.refresh([anna.pk])
    Change.objects.filter(record_id=anna.pk).update(at="2026-01-05T10:00:00Z")
    for day, title in (("10", "Manager"), ("20", "Director")):
        update_contact(owner, anna.pk, {"job_title": title})
        Change.objects.filter(record_id=anna.pk, after__job_title=title).update(
            at=f"2026-01-{day}T10:00:00Z"
        )
    address = f"{LIST}{anna.pk}/compare/"

    middle = read(at_bob, f"{address}?day=2026-01-15").text

    assert "Job title Manager Director" in middle
    assert "Engineer; lead" in read(at_bob, f"{address}?day=2026-01-05").text
    assert "Nothing has changed" in read(at_bob, f"{address}?day=2026-01-25").text
    assert "was not here yet" in read(at_bob, f"{address}?day=2025-01-25").text
    assert read(at_bob, f"{address}?day=soon").status == 422


def test_contact_is_followed_and_found_among_those(
    at_bob: Client, bob: User, anna: Contact
) -> None:
    page = read(at_bob, f"{LIST}{anna.pk}/")
    assert ("follow", "yes") in page.form_to("/follow/").buttons

    followed = send(at_bob, f"{LIST}{anna.pk}/follow/", {"follow": "yes"})
    where = json.dumps({"field": "followers", "operator": "has_any", "value": [bob.pk]})
    listed = read(at_bob, f"{LIST}?where={quote(where)}").text
    left = send(at_bob, f"{LIST}{anna.pk}/follow/", {"follow": "no"})

    assert ("follow", "no") in followed.form_to("/follow/").buttons
    assert "Anna Petrova" in listed
    assert ("follow", "yes") in left.form_to("/follow/").buttons


def test_page_leads_to_the_main_phone_and_mail_first(at_bob: Client, anna: Contact) -> None:
    links = read(at_bob, f"{LIST}{anna.pk}/").links

    assert links["Call +7 495 111-22-33"] == "tel:+74951112233"
    assert links["Mail anna@example.com"] == "mailto:anna@example.com"
