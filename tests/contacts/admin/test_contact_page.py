"""The page of a contact: what it tells, to whom, and what its buttons do."""

import re
from functools import partial
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from contacts.access import Actor
from contacts.fields import reference
from contacts.models import Contact, Note, Project, User
from contacts.query import get_contact
from contacts.services.attachments import attach_file, store_upload
from contacts.services.contacts import archive_contact, update_contact
from contacts.services.deals import create_deal
from contacts.services.notes import create_note
from tests.builders import actor_for, make_contact, make_custom_field
from tests.contacts.admin.conftest import Browser
from tests.contacts.admin.reading import read, send
from tests.costs import statements_of

LIST = "/admin/contacts/contact/"


def picture() -> bytes:
    """Return a small PNG."""
    file = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def anna(owner: Actor, alice: User) -> Contact:
    return make_contact(
        owner,
        first_name="Anna",
        last_name="Petrova",
        job_title="Engineer",
        company="Acme",
        owner=alice.pk,
        emails=[{"address": "anna@example.com", "location": "Work"}, "anna@home.example"],
        phones=[{"number": "+7 495 111-22-33", "type": "Mobile", "extension": "12"}],
        addresses=[{"street1": "Main St 1", "city": "Berlin", "country": "Germany"}],
        websites=["example.com", "javascript:alert(1)"],
        tags=["vip"],
        background="First line\nSecond line",
    )


def page_of(contact: Contact) -> str:
    """Return the address of a contact's page."""
    return f"{LIST}{contact.pk}/"


def test_page_tells_everything_that_is_known(at_bob: Client, anna: Contact) -> None:
    page = read(at_bob, page_of(anna))

    for words in (
        "Anna Petrova",
        "Engineer · Acme",
        "anna@example.com Work main",
        "+7 495 111-22-33 (ext. 12) Mobile",
        "Main St 1Berlin Germany",
        "Alice Owner",
        "vip",
        "First line Second line",
    ):
        assert words.replace(" ", "") in page.text.replace(" ", ""), words
    assert page.links["anna@example.com"] == "mailto:anna@example.com"
    assert page.links["+7 495 111-22-33 (ext. 12)"] == "tel:+74951112233"
    assert page.links["example.com"] == "https://example.com"


def test_custom_fields_of_a_project_stand_under_its_name(
    at_alice: Client, owner: Actor, project: Project
) -> None:
    slope, colour = make_custom_field("Slope"), make_custom_field("Colour")
    slope.projects.add(project)
    reference.bump("catalogue")
    values = {f"custom_{slope.pk}": "steep", f"custom_{colour.pk}": "red"}
    contact = make_contact(owner, first_name="Anna", **values)

    text = read(at_alice, page_of(contact)).text

    assert f"{project.name} Slope steep" in text
    assert "More fields Colour red" in text


def test_numbers_are_shown_in_groups_and_copied_as_stored(
    at_alice: Client, owner: Actor, project: Project
) -> None:
    rate = make_custom_field("Rate", type="decimal")
    contact = make_contact(
        owner, first_name="Anna", phones=["+493012345678"], **{f"custom_{rate.pk}": "1234.5678"}
    )
    values = {"name": "Roof", "project": project.pk, "contact": contact.pk}
    create_deal(owner, {**values, "amount": "1200.50", "due_on": "2027-01-31"})

    answer = at_alice.get(page_of(contact)).content.decode()

    for text in ("+49 30 12345678", 'data-stored="+493012345678"', "1,200.50", "Jan. 31, 2027"):
        assert text in answer
    assert "1,234.5678" in answer
    assert ">+49 30 12345678</a>" in at_alice.get(LIST).content.decode()


def test_text_that_is_no_web_address_never_becomes_a_link(at_bob: Client, anna: Contact) -> None:
    page = read(at_bob, page_of(anna))

    assert "javascript:alert(1)" in page.text
    assert not [url for url in page.links.values() if url.startswith("javascript")]


def test_hidden_contact_looks_exactly_like_a_missing_one(
    anna: Contact, charlie: User, browser_of: Browser
) -> None:
    client = browser_of(charlie)

    hidden, missing = (client.get(f"{LIST}{pk}/") for pk in (anna.pk, anna.pk + 1000))

    assert (hidden.status_code, missing.status_code) == (404, 404)
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    bodies = [token.sub("", answer.content.decode()) for answer in (hidden, missing)]
    assert bodies[0] == bodies[1].replace(str(anna.pk + 1000), str(anna.pk))


def test_company_leads_to_its_page_and_back_to_its_people(
    at_bob: Client, owner: Actor, anna: Contact
) -> None:
    company = make_contact(owner, kind="organization", organization_name="Acme")

    assert read(at_bob, page_of(anna)).links["Acme"] == page_of(company)
    assert read(at_bob, page_of(company)).links["Anna Petrova"] == page_of(anna)


def test_history_tells_old_and_new_who_and_through_what(
    at_bob: Client, alice: User, anna: Contact
) -> None:
    gold = make_custom_field("Level", options=("Gold",))
    through_api = actor_for(alice, dialect="import")
    option = gold.options.get().pk
    update_contact(through_api, anna.pk, {"last_name": "Smirnova", f"custom_{gold.pk}": option})

    text = read(at_bob, page_of(anna)).text

    assert "Last name Petrova → Smirnova" in text
    assert "Level Gold" in text
    assert "Alice Owner Import" in text


def test_change_is_undone_from_the_history(at_alice: Client, owner: Actor, anna: Contact) -> None:
    update_contact(owner, anna.pk, {"last_name": "Smirnova"})
    form = read(at_alice, page_of(anna)).form_to("/undo/")

    page = send(at_alice, form.action, form.filled())

    assert "1 change taken back." in page.text
    assert get_contact(owner, anna.pk)["last_name"] == "Petrova"


def test_values_that_one_may_not_read_are_nowhere_on_the_page(
    at_ada: Client, at_bob: Client, ada: User, anna: Contact
) -> None:
    secret = make_custom_field("Credit rating", access="administrators")
    update_contact(actor_for(ada), anna.pk, {f"custom_{secret.pk}": "Terrible"})

    assert "Terrible" in read(at_ada, page_of(anna)).text
    page = read(at_bob, page_of(anna)).text
    assert "Terrible" not in page
    assert "Credit rating" not in page


def test_private_note_is_seen_by_its_author_only(
    at_alice: Client, at_bob: Client, owner: Actor, anna: Contact
) -> None:
    create_note(owner, {"contact": anna.pk, "content": "Between us", "is_private": True})
    create_note(owner, {"contact": anna.pk, "content": "For all"})

    assert "Between us" in read(at_alice, page_of(anna)).text
    text = read(at_bob, page_of(anna)).text
    assert "For all" in text
    assert "Between us" not in text
    assert text.count("Note written") == 1


def test_note_is_added_with_a_file_that_can_be_fetched(
    at_bob: Client, anna: Contact, charlie: User, browser_of: Browser
) -> None:
    form = read(at_bob, page_of(anna)).form_to("/note/")
    upload = SimpleUploadedFile("offer.html", b"<script>alert(1)</script>", "text/html")

    page = send(at_bob, form.action, form.filled(content="See the offer", type="1", file=upload))

    assert "The note is written down." in page.text
    assert "See the offer" in page.text
    answer = at_bob.get(page.links["offer.html"])
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    # Whatever was uploaded, it is saved and never shown as a page of ours.
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert browser_of(charlie).get(page.links["offer.html"]).status_code == 404


def test_refused_note_keeps_what_was_typed(at_bob: Client, anna: Contact) -> None:
    form = read(at_bob, page_of(anna)).form_to("/note/")

    page = send(at_bob, form.action, form.filled(content="  ", type="2"))

    assert page.status == 422
    assert "Error:" in page.text
    assert page.form_to("/note/").fields["type"] == ["2"]
    assert not Note.objects.exists()


def test_html_of_a_note_comes_without_anything_active(
    at_bob: Client, owner: Actor, anna: Contact
) -> None:
    content = '<b>Bold</b><script>evil()</script><a href="javascript:x()">y</a><img onerror=z()>'
    create_note(owner, {"contact": anna.pk, "content": content, "format": "html"})

    answer = at_bob.get(page_of(anna)).content.decode()

    assert "<b>Bold</b>" in answer
    for bad in ("evil()", "javascript:x", "onerror"):
        assert bad not in answer


def test_reader_sees_no_buttons_for_what_would_be_refused(
    at_rita: Client, at_alice: Client, anna: Contact
) -> None:
    page = read(at_rita, page_of(anna))

    assert not [url for url in page.links.values() if url.endswith("/change/")]
    endings = {form.action.rsplit("/", 2)[-2] for form in page.forms if form.action}
    assert endings == {"follow", "logout", "note"}
    assert [url for url in read(at_alice, page_of(anna)).links.values() if url.endswith("/change/")]


@pytest.mark.parametrize("action", ["archive", "change", "restore", "delete"])
def test_reader_who_follows_a_stale_link_is_told_whom_to_ask(
    at_rita: Client, owner: Actor, anna: Contact, action: str
) -> None:
    if action in ("restore", "delete"):
        archive_contact(owner, anna.pk)
    token = read(at_rita, LIST).form_to("/logout/").fields["csrfmiddlewaretoken"][0]

    page = send(at_rita, f"{page_of(anna)}{action}/", {"csrfmiddlewaretoken": token})

    assert page.status == 403
    assert "Ask a manager of the project" in page.text


def test_archived_contact_is_restored_from_its_page(
    at_alice: Client, owner: Actor, anna: Contact
) -> None:
    form = read(at_alice, page_of(anna)).form_to(f"{anna.pk}/archive/")
    page = send(at_alice, form.action, form.filled())
    assert "is in the archive" in page.text

    form = read(at_alice, page_of(anna)).form_to(f"{anna.pk}/restore/")
    page = send(at_alice, form.action, form.filled())

    assert "is back" in page.text
    assert get_contact(owner, anna.pk)["last_name"] == "Petrova"


def test_contact_is_deleted_for_good_only_after_typing_its_name(
    at_alice: Client, owner: Actor, anna: Contact
) -> None:
    assert read(at_alice, f"{page_of(anna)}delete/").status == 404
    archive_contact(owner, anna.pk)
    form = read(at_alice, f"{page_of(anna)}delete/").posting_form()

    page = send(at_alice, f"{page_of(anna)}delete/", form.filled(name="Anna"))
    assert page.status == 422
    assert Contact.objects.filter(pk=anna.pk).exists()

    page = send(at_alice, f"{page_of(anna)}delete/", form.filled(name=" anna PETROVA"))
    assert "is deleted for good" in page.text
    assert not Contact.objects.filter(pk=anna.pk).exists()


def test_picture_is_shown_to_those_who_see_the_contact(
    at_bob: Client, owner: Actor, anna: Contact, charlie: User, browser_of: Browser
) -> None:
    assert at_bob.get(f"{page_of(anna)}picture/").status_code == 404
    stored = store_upload(owner, [picture()], filename="me.png", content_type="image/png")
    update_contact(owner, anna.pk, {"avatar": stored["id"]})

    answer = at_bob.get(f"{page_of(anna)}picture/")

    # Read to its end: closing it early would close the connection of the test as well.
    assert b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "image/webp"
    assert "private" in answer["Cache-Control"]
    assert browser_of(charlie).get(f"{page_of(anna)}picture/").status_code == 404
    assert f"{page_of(anna)}picture/?v=" in at_bob.get(LIST).content.decode()


def test_file_of_a_contact_stands_on_its_page(at_bob: Client, owner: Actor, anna: Contact) -> None:
    attach_file(owner, "contact", anna.pk, [b"text"], filename="договор.txt")

    assert "договор.txt" in read(at_bob, page_of(anna)).links


def test_number_of_statements_does_not_depend_on_what_a_contact_has(
    at_alice: Client, owner: Actor, anna: Contact
) -> None:
    few = statements_of(partial(at_alice.get, page_of(anna)))
    for number in range(8):
        create_note(owner, {"contact": anna.pk, "content": f"Note {number}"})
        update_contact(owner, anna.pk, {"nickname": f"N{number}"})
    many = statements_of(partial(at_alice.get, page_of(anna)))

    # Files of notes are asked for only where there are notes.
    assert len(many) <= len(few) + 3, (len(few), len(many))
