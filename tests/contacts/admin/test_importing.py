"""Contacts from a file in the browser: looked at, checked, taken in, and taken back."""

import csv
import io
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from contacts import jobs
from contacts.access import system_actor
from contacts.models import Contact, CustomField, Job, Project, User
from contacts.query import get_contact
from contacts.services.contacts import archive_contact, update_contact
from contacts.services.merging import merge_contacts
from contacts.transfer import uploads
from tests.builders import actor_for, make_contact
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

    assert "Repeated in the file 0 Refused rows 1" in done.text
    assert "Undo all of it" not in done.text
    [[row, why, *_cells]] = refused_file(at_alice, done)[1]
    assert row == "3"
    assert "Birthday" in why
    assert not Contact.objects.exists()
    assert "Take it in" in read(at_alice, done.links["Back to the file"]).text


def test_a_file_is_taken_in_as_its_columns_are_chosen_and_taken_back_at_once(
    at_alice: Client, project: Project
) -> None:
    page = sent(at_alice, BROKEN)
    done = gone_on(at_alice, page, "import", project=str(project.pk), **{"column__3": "job_title"})

    assert "Taken in 1 Changed 0" in done.text
    assert "Refused rows 1" in done.text
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
        (b"," * 1_000_000, "people.csv", "too many columns"),
    ],
)
def test_what_is_no_such_file_is_told_in_words(
    at_alice: Client, project: Project, content: bytes, name: str, problem: str
) -> None:
    assert problem in sent(at_alice, content, name).text


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        ("Имя;Почта\n".encode("cp1251"), "people.csv", "текст не в UTF-8"),
        (b"no workbook", "people.xlsx", "это не книга"),
        (b"," * 1_000_000, "people.csv", "слишком много столбцов"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_in_russian_too(
    alice: User, project: Project, content: bytes, name: str, problem: str
) -> None:
    client = Client(headers={"accept-language": "ru"})
    client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    text = sent(client, content, name).text
    assert problem in text
    assert "the " not in text


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
    for file in uploads.folder().iterdir():
        os.utime(file, (0, 0))
    assert uploads.forget_uploads() == 1
    assert read(at_alice, address).status == 404


def test_an_empty_instance_offers_it_first(at_ada: Client) -> None:
    assert read(at_ada, "/admin/").links["Import your contacts"] == IMPORT


KNOWN = "E-mail;Job title;Rank\nada@new.example;Countess;first\nbob@new.example;;second\n"


@pytest.fixture
def known(project: Project) -> Contact:
    """Be known by an e-mail."""
    return make_contact(first_name="Ada", emails=["ada@new.example"])


def test_a_check_tells_row_by_row_what_would_become_of_known_contacts(
    at_alice: Client, known: Contact, project: Project
) -> None:
    page = sent(at_alice, KNOWN + "Ada@new.example;Queen;\n")
    assert page.posting_form().fields["match"] == ["email"]
    done = gone_on(at_alice, page, "check", project=str(project.pk))

    assert "Would be taken in 1 Known contacts that would be changed 1" in done.text
    assert "Repeated in the file 1 Refused rows 0" in done.text
    rows = read(at_alice, done.links["Row by row"])
    assert "2 Known: changed Job title Ada" in rows.text
    assert "4 Repeated in the file Ada" in rows.text
    changed = read(at_alice, done.links["Row by row"] + rows.links["Known: changed"])
    assert "4 Repeated" not in changed.text
    assert not Contact.objects.get().job_title


def test_what_was_said_of_a_file_is_remembered_for_the_same_headings(
    at_alice: Client, at_ada: Client, project: Project
) -> None:
    page = sent(at_alice, KNOWN)
    chosen = {"column__2": "nickname", "match": "name", "on_match": "skip", "country": "DE"}
    gone_on(at_alice, page, "check", **chosen)

    fields = sent(at_alice, KNOWN.replace("Rank", " rank")).posting_form().fields
    assert [fields[name] for name in ("column-2", "match", "on_match", "country")] == [
        *(["nickname"], ["name"], ["skip"], ["DE"])
    ]
    assert "column-2" not in sent(at_alice, KNOWN.replace("Rank", "Rang")).posting_form().fields
    assert "column-2" not in sent(at_ada, KNOWN).posting_form().fields
    # Refused rows that were mended mean the same.
    mended = "row;problem;" + KNOWN.replace("\n", "\n2;;", 2)
    fields = sent(at_alice, mended).posting_form().fields
    assert fields["column-4"] == ["nickname"]
    assert "column-0" not in fields


def test_an_unknown_column_becomes_a_custom_field(at_ada: Client, project: Project) -> None:
    text = "First name;Joined\nAda;2026-01-02\nBob;never\n"
    wanted = {"column__1": "new:date", "project": str(project.pk)}
    checked = gone_on(at_ada, sent(at_ada, text), "check", **wanted)
    assert "Would be taken in 1 Refused rows 1" in checked.text
    assert not CustomField.objects.exists()
    done = gone_on(at_ada, sent(at_ada, text), "import", **wanted)

    assert "Taken in 1 Refused rows 1" in done.text
    made = CustomField.objects.get()
    assert (made.label, made.type) == ("Joined", "date")
    assert get_contact(system_actor(), Contact.objects.get().pk)["custom"] == {
        str(made.pk): "2026-01-02"
    }
    # The next such file has a column for it.
    assert sent(at_ada, text).posting_form().fields["column-1"] == [f"custom_{made.pk}"]


def test_only_administrators_make_custom_fields(at_alice: Client, project: Project) -> None:
    page = sent(at_alice, "First name;Joined\nAda;2026-01-02\n")
    assert "Make a custom field" not in str(page.text)
    gone_on(at_alice, page, "import", column__1="new:date")

    assert Contact.objects.get().first_name == "Ada"
    assert not CustomField.objects.exists()


def test_a_custom_field_that_cannot_be_made_is_told_and_nothing_is_lost(
    at_ada: Client, project: Project
) -> None:
    page = sent(at_ada, f"First name;{'x' * 300}\nAda;1\n")
    form = page.posting_form()
    answer = send(at_ada, form.action, form.filled(go="import", column__1="new:text", country="DE"))

    assert answer.status == 422
    assert "A custom field cannot be made" in answer.text
    assert answer.posting_form().fields["column-1"] == ["new:text"]
    assert answer.posting_form().fields["country"] == ["DE"]
    assert not Job.objects.filter(name="import").exists()


def test_encoding_delimiter_and_a_table_without_headings_can_be_said(
    at_alice: Client, project: Project
) -> None:
    content = "Иван|ivan@x.example|030 7654321\n".encode("cp1251")
    page = sent(at_alice, content)
    assert page.status == 422
    form = next(form for form in page.forms if form.action.startswith(IMPORT))
    how = {"encoding": "cp1251", "delimiter": "|", "headings": "no"}
    page = read(at_alice, form.action, query_params=how)

    assert form.method == "get"
    assert "Иван" in page.text
    fields = page.posting_form().fields
    assert (fields["column-1"], fields["column-2"]) == (["emails"], ["phones"])
    gone_on(at_alice, page, "import", column__0="first_name", country="DE")
    now = get_contact(system_actor(), Contact.objects.get().pk)
    assert now["first_name"] == "Иван"
    assert now["phones"][0]["number"] == "+49 30 7654321"


def test_undo_keeps_what_people_have_changed_since_and_says_of_whom(
    at_alice: Client, at_bob: Client, known: Contact, project: Project
) -> None:
    text = "E-mail;First name;Job title;City\n" + "".join(
        f"{name}@new.example;{name.capitalize()};Boss;Kiel\n" for name in ("ada", "bob", "cid")
    )
    done = gone_on(at_alice, sent(at_alice, text), "import", project=str(project.pk))
    bob, cid = (Contact.objects.get(first_name=name) for name in ("Bob", "Cid"))
    actor = system_actor("test")
    update_contact(actor, known.pk, {"job_title": "Queen"})
    update_contact(actor, bob.pk, {"last_name": "Builder"})
    undo = done.form_to("/undo/")
    answer = send(at_alice, undo.action, undo.filled())

    now = get_contact(actor, known.pk)
    assert now["job_title"] == "Queen"
    assert "addresses" not in now
    bob.refresh_from_db()
    cid.refresh_from_db()
    assert bob.archived_at is None
    assert cid.archived_at is not None
    assert "2 changes taken back." in answer.text
    assert "Bob Builder (changed since); Ada (Job title)." in answer.text


def test_what_is_in_the_archive_already_is_not_said_to_be_left(
    at_alice: Client, project: Project
) -> None:
    """Those archived or merged meanwhile were told by number, and all once it was done."""
    text = "First name\nAda\nBob\nCid\nDan\n"
    done = gone_on(at_alice, sent(at_alice, text), "import", project=str(project.pk))
    ada, bob, cid = (Contact.objects.get(first_name=name).pk for name in ("Ada", "Bob", "Cid"))
    actor = system_actor("test")
    archive_contact(actor, ada)
    merge_contacts(actor, bob, [cid])
    undo = done.form_to("/undo/")

    answer = send(at_alice, undo.action, undo.filled())
    assert "1 change taken back." in answer.text
    assert "was left as it is: Bob (changed since)." in answer.text
    assert "Bob (changed since)." in send(at_alice, undo.action, undo.filled()).text
    archive_contact(actor, bob)
    answer = send(at_alice, undo.action, undo.filled())
    assert "Nothing is left to take back." in answer.text
    assert "was left as it is" not in answer.text


def test_the_undo_of_many_lists_those_that_were_left(
    at_alice: Client, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contacts.admin.undoing.MOST_AT_ONCE", 1)
    text = "First name\nAda\nBob\nCid\n"
    done = gone_on(at_alice, sent(at_alice, text), "import", project=str(project.pk))
    bob = Contact.objects.get(first_name="Bob")
    update_contact(system_actor("test"), bob.pk, {"last_name": "Builder"})
    undo = done.form_to("/undo/")
    at_alice.post(undo.action, undo.filled())
    jobs.run_due()
    number = Job.objects.get(name="undo_changes").pk
    page = read(at_alice, f"/admin/contacts/job/{number}/")

    assert "Left as they are Bob Builder changed since" in page.text
    assert page.links["Bob Builder"].endswith(f"/contact/{bob.pk}/")
    assert [each.first_name for each in Contact.objects.filter(archived_at=None)] == ["Bob"]


def test_the_timeline_names_the_row_and_what_was_written_to_whom_took_it_in(
    at_alice: Client, at_bob: Client, project: Project
) -> None:
    gone_on(at_alice, sent(at_alice, TABLE), "import", project=str(project.pk))
    address = f"/admin/contacts/contact/{Contact.objects.get().pk}/"

    assert "people.csv, row 2" in read(at_alice, address).text
    assert "Countess" in read(at_alice, address).text
    assert "people.csv, row 2" in read(at_bob, address).text
    assert "Countess" not in read(at_bob, address).text


def refused_file(client: Client, done: Page) -> tuple[str, list[list[str]]]:
    """Return the file of refused rows as it is sent, and its rows below the headings."""
    text = client.get(done.links["Refused rows as a file"]).getvalue().decode()
    return text, list(csv.reader(text.splitlines()))[1:]


def test_the_file_of_refused_rows_says_in_words_why_and_comes_back_mended(
    at_alice: Client, known: Contact, project: Project
) -> None:
    """It named codes and keys, such as `birthday: not_a_date`."""
    text = (
        "E-mail;First name;Nickname;Birth date\n"
        f"b@new.example;Bob;{'x' * 300};yesterday\nada@new.example;Ada;;\n"
    )
    wanted = {"project": str(project.pk), "on_match": "ask"}
    done = gone_on(at_alice, sent(at_alice, text), "import", **wanted)
    written, rows = refused_file(at_alice, done)

    # Spreadsheets read it as what it is.
    assert written.startswith("\ufeffrow,problem,E-mail")
    assert "Nickname: At most 255 characters." in rows[0][1]
    assert "Birthday: Write a date such as 2026-11-21." in rows[0][1]
    assert rows[1][:2] == ["3", "Known already: Ada."]
    mended = written.replace("x" * 300, "Bobby").replace("yesterday", "2000-01-02")
    page = sent(at_alice, mended)
    assert "column-0" not in page.posting_form().fields
    gone_on(at_alice, page, "import", on_match="skip", project=str(project.pk))
    assert Contact.objects.get(first_name="Bob").nickname == "Bobby"
    assert Contact.objects.count() == 2


def test_what_is_no_record_is_told_in_words(at_alice: Client, project: Project) -> None:
    done = gone_on(at_alice, sent(at_alice, '["x"]', "people.json"), "check")

    assert refused_file(at_alice, done)[1][0][1] == "This is no JSON object."
    assert "This is no JSON object." in read(at_alice, done.links["Row by row"]).text


def test_headings_of_the_other_language_are_known(alice: User, project: Project) -> None:
    """A file exported by somebody with another language lost columns."""
    client = Client(headers={"accept-language": "ru"})
    client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    fields = sent(client, "Nickname;Отдел\na;b\n").posting_form().fields

    assert fields["column-0"] == ["nickname"]
    assert fields["column-1"] == ["department"]
