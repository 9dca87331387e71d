"""Contacts from a file in the browser: looked at, checked, taken in, and taken back."""

import io
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from contacts import jobs
from contacts.models import Contact, Job, Project, User
from contacts.transfer import uploads
from tests.builders import actor_for
from tests.contacts.admin.reading import Page, read, send

IMPORT = "/admin/contacts/contact/import/"
TABLE = "Given name;Surname;E-mail;Rank;Birth date\nAda;Byron;ada@new.example;Countess;1815-12-10\n"
BROKEN = f"{TABLE}Bad;Day;;;yesterday\n"


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    """Keep what is sent apart from what the machine has."""
    settings.VAR = tmp_path  # type: ignore[attr-defined]  # pytest-django's own


def sent(client: Client, text: str | bytes, name: str = "people.csv") -> Page:
    """Send a file; returns the page on which it is looked at."""
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return send(client, IMPORT, {"file": file})


def gone_on(client: Client, page: Page, go: str, **more: str) -> Page:
    """Start a job with the form of the page, run it, and return its page."""
    form = page.posting_form()
    send(client, form.action, form.filled(go=go, **more))
    jobs.run_due()
    return read(client, f"/admin/contacts/job/{Job.objects.filter(name='import').latest('pk').pk}/")


def test_a_file_is_looked_at_before_anything_is_stored(at_alice: Client, project: Project) -> None:
    page = sent(at_alice, TABLE)

    fields = page.posting_form().fields
    assert fields["column-0"] == ["first_name"]
    assert fields["column-2"] == ["emails"]
    # Nobody knows what a rank is.
    assert "column-3" not in fields
    assert "Countess" in page.text
    assert not Contact.objects.exists()


def test_a_check_tells_what_would_be_refused_and_keeps_nothing(
    at_alice: Client, project: Project
) -> None:
    page = sent(at_alice, BROKEN)
    done = gone_on(at_alice, page, "check", project=str(project.pk))

    assert "Would be taken in 1 Refused rows 1" in done.text
    assert "Undo all of it" not in done.text
    report = at_alice.get(done.links["Refused rows as a file"]).getvalue().decode()
    assert report.splitlines()[1].startswith("3,")
    assert "birthday" in report
    assert not Contact.objects.exists()
    assert "Take it in" in read(at_alice, done.links["Back to the file"]).text


def test_a_file_is_taken_in_as_its_columns_are_chosen_and_taken_back_at_once(
    at_alice: Client, project: Project
) -> None:
    page = sent(at_alice, BROKEN)
    done = gone_on(at_alice, page, "import", project=str(project.pk), **{"column__3": "job_title"})

    assert "Taken in 1 Refused rows 1" in done.text
    contact = Contact.objects.get()
    assert (contact.first_name, contact.job_title) == ("Ada", "Countess")
    assert contact.entry_channel == "import"
    undo = done.form_to("/undo/")
    assert "1 change taken back." in send(at_alice, undo.action, undo.filled()).text
    assert Contact.objects.get().archived_at is not None


def test_workbooks_and_cards_are_taken_in_too(at_alice: Client, project: Project) -> None:
    book = Workbook()
    for row in (["First name", "Phone"], ["Grace", "+1 212 555 0100"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Curie;Marie\r\nEND:VCARD\r\n"
    for content, name in ((file.getvalue(), "people.xlsx"), (card, "people.vcf")):
        gone_on(at_alice, sent(at_alice, content, name), "import", project=str(project.pk))

    assert {each.first_name for each in Contact.objects.all()} == {"Grace", "Marie"}


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"", "people.csv", "not empty"),
        (b"x", "people.exe", "ends in .csv"),
        (b"\xff\xfe\xfa", "people.csv", "cannot be read"),
        (b"no workbook", "people.xlsx", "cannot be read"),
        (b"," * 1_000_000, "people.csv", "more than 200 columns"),
    ],
)
def test_what_is_no_such_file_is_told_in_words(
    at_alice: Client, project: Project, content: bytes, name: str, problem: str
) -> None:
    assert problem in sent(at_alice, content, name).text


@pytest.mark.parametrize("content", [b"no workbook", b""])
def test_a_file_that_cannot_be_read_starts_no_job(
    at_alice: Client, alice: User, content: bytes
) -> None:
    token = uploads.keep_upload(actor_for(alice), [content], "xlsx")
    answer = at_alice.post(f"{IMPORT}{token}/", {"go": "import"})

    assert answer.status_code == 422
    assert "cannot be read" in answer.content.decode()
    assert not Job.objects.filter(name="import").exists()


def test_a_file_is_seen_by_whoever_sent_it_and_goes_after_a_week(
    at_alice: Client, at_ada: Client, at_rita: Client, project: Project
) -> None:
    address = sent(at_alice, TABLE).posting_form().action

    assert read(at_alice, address).status == 200
    assert read(at_ada, address).status == 404
    assert read(at_rita, IMPORT).status == 403
    (file,) = (uploads.folder()).iterdir()
    os.utime(file, (0, 0))
    assert uploads.forget_uploads() == 1
    assert read(at_alice, address).status == 404


def test_an_empty_instance_offers_it_first(at_ada: Client) -> None:
    assert read(at_ada, "/admin/").links["Import your contacts"] == IMPORT
