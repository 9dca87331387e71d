"""Files: taken in, attached once, shown, handed out."""

import hashlib
import json

import pytest
from django.http import HttpResponse
from pytest_django import Settings

from contacts.models import Attachment, Contact, User
from tests.builders import actor_for, make_contact
from tests.dialects.redmineup.calling import Caller, caller, errors_of

STREAM = "application/octet-stream"


@pytest.fixture
def alices(alice: User) -> Caller:
    return caller(alice)


@pytest.fixture
def john(alice: User) -> Contact:
    return make_contact(actor_for(alice), first_name="John", last_name="Smith")


def upload(person: Caller, content: bytes = b"Hello", name: str = "a.txt") -> str:
    answer = person.post(f"/uploads.json?filename={name}", content, STREAM)
    assert answer.status_code == 201, answer.content
    return str(json.loads(answer.content)["upload"]["token"])


def attached(person: Caller, john: Contact, **more: object) -> int:
    """Attach a file to a note about john and return its id."""
    token = upload(person, **more)  # type: ignore[arg-type]  # the keywords of upload
    note = {"content": "See file", "uploads": [{"token": token}]}
    person.make("/notes.json", {"note": note, "source_type": "Contact", "source_id": john.pk})
    return int(token.partition(".")[0])


def taken(answer: HttpResponse) -> bytes:
    """Read a file to its end, which closes it."""
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a stream


def test_a_file_is_taken_in_for_a_token(alices: Caller) -> None:
    answer = alices.post("/uploads.json?filename=a.txt", b"Hello", STREAM)

    assert answer.status_code == 201
    stored = Attachment.objects.get()
    digest = hashlib.sha256(b"Hello").hexdigest()
    assert json.loads(answer.content) == {
        "upload": {"id": stored.pk, "token": f"{stored.pk}.{digest}"}
    }
    assert (stored.filename, stored.size) == ("a.txt", 5)
    xml = alices.post("/uploads.xml?filename=b.txt", b"Hello", STREAM).content.decode()
    assert f"<token>{stored.pk + 1}.{digest}</token></upload>" in xml


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "", "multipart/form-data; boundary=x"]
)
def test_only_plain_bytes_are_taken_in(alices: Caller, content_type: str) -> None:
    answer = alices.post("/uploads.json?filename=a.txt", b"{}", content_type)

    assert (answer.status_code, answer.content) == (406, b"")
    assert Attachment.objects.count() == 0


def test_a_file_over_the_limit_is_refused_in_words(alices: Caller, settings: Settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

    at_the_limit = b"x" * 1024 * 1024
    assert alices.post("/uploads.json", at_the_limit, STREAM).status_code == 201
    (error,) = errors_of(alices.post("/uploads.json", at_the_limit + b"x", STREAM))
    assert "exceeds the maximum allowed file size" in error
    assert Attachment.objects.count() == 1


def test_a_stranger_uploads_nothing(db: None) -> None:
    answer = Caller().post("/uploads.json?filename=a.txt", b"Hello", STREAM)

    assert answer.status_code == 401
    assert Attachment.objects.count() == 0


def test_a_token_attaches_once_and_only_by_its_uploader(
    alices: Caller, bob: User, john: Contact
) -> None:
    token = upload(alices)
    note = {"note": {"content": "x"}, "source_type": "Contact", "source_id": john.pk}
    by_token = note | {"attachments": [{"token": token, "description": "What it is"}]}

    assert errors_of(caller(bob).post("/notes.json", by_token)) == ["Uploads is invalid"]
    alices.make("/notes.json", by_token)
    assert errors_of(alices.post("/notes.json", by_token)) == ["Uploads is invalid"]
    assert john.notes.count() == 1
    assert Attachment.objects.get().description == "What it is"


def test_a_file_is_shown_changed_and_deleted(alices: Caller, alice: User, john: Contact) -> None:
    file = attached(alices, john)
    path = f"/attachments/{file}.json"

    shown = alices.read(path)["attachment"]

    created = shown.pop("created_on")
    assert created.endswith("Z")
    assert shown == {
        "id": file,
        "filename": "a.txt",
        "filesize": 5,
        "content_type": "text/plain",
        "description": None,
        "content_url": f"http://testserver/attachments/download/{file}/a.txt",
        "author": {"id": alice.pk, "name": "Alice Owner"},
    }
    change = {"attachment": {"description": "New", "filename": "b.txt"}}
    assert alices.put(path, change).status_code == 204
    assert alices.read(path)["attachment"]["filename"] == "b.txt"
    assert alices.delete(path).status_code == 204
    assert alices.get(path).status_code == 404


def test_a_file_is_handed_out_with_safe_headers(alices: Caller, john: Contact) -> None:
    file = attached(alices, john, content=b"<script>alert(1)</script>", name="a.html")

    for path in (f"/attachments/download/{file}/a.html", f"/attachments/download/{file}"):
        answer = alices.get(path)
        assert answer.status_code == 200
        assert taken(answer) == b"<script>alert(1)</script>"
        assert answer["Content-Disposition"] == 'attachment; filename="a.html"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]


def test_a_picture_may_be_looked_at_unless_it_is_a_program(alices: Caller, john: Contact) -> None:
    png = attached(alices, john, content=b"\x89PNG\r\n\x1a\n", name="a.png")
    svg = attached(alices, john, content=b"<svg/>", name="a.svg")

    shown = alices.get(f"/attachments/download/{png}/a.png")
    assert taken(shown) == b"\x89PNG\r\n\x1a\n"
    assert shown["Content-Disposition"].startswith("inline")
    kept = alices.get(f"/attachments/download/{svg}/a.svg")
    assert taken(kept) == b"<svg/>"
    assert kept["Content-Disposition"].startswith("attachment")


def test_names_of_files_may_be_in_any_script(alices: Caller, john: Contact) -> None:
    file = attached(alices, john, name="%D0%9E%D1%82%D1%87%D1%91%D1%82%201.txt")

    shown = alices.read(f"/attachments/{file}.json")["attachment"]

    assert shown["filename"] == "Отчёт 1.txt"
    answer = alices.get(shown["content_url"].removeprefix("http://testserver"))
    assert taken(answer) == b"Hello"
    assert "filename*=utf-8''" in answer["Content-Disposition"]


def test_files_of_hidden_records_are_missing(
    alices: Caller, charlie: User, bob: User, john: Contact
) -> None:
    file = attached(alices, john)

    assert caller(bob).get(f"/attachments/{file}.json").status_code == 200
    assert Caller().get(f"/attachments/download/{file}/a.txt").status_code == 401
    for path in (
        f"/attachments/{file}.json",
        f"/attachments/download/{file}/a.txt",
        "/attachments/999999.json",
        "/attachments/download/999999/a.txt",
        "/attachments/download/99999999999999999999999/a.txt",
    ):
        assert caller(charlie).get(path).status_code == 404
    assert caller(charlie).delete(f"/attachments/{file}.json").status_code == 404


def test_an_upload_is_its_uploaders_alone(alices: Caller, bob: User) -> None:
    file = upload(alices).partition(".")[0]

    assert alices.get(f"/attachments/{file}.json").status_code == 200
    assert caller(bob).get(f"/attachments/{file}.json").status_code == 404


def test_the_files_of_a_note_are_shown_with_it_and_added_later(
    alices: Caller, john: Contact
) -> None:
    first = attached(alices, john)
    note = Attachment.objects.get(pk=first).note_id
    path = f"/notes/{note}.json"
    later = {"note": {"uploads": [{"token": upload(alices, name="b.txt")}]}}

    assert alices.put(path, later).status_code == 204

    assert "attachments" not in alices.read(path)["note"]
    files = alices.read(f"{path}?include=attachments")["note"]["attachments"]
    assert [each["filename"] for each in files] == ["a.txt", "b.txt"]
    wrong = {"note": {"content": "x", "uploads": [{"token": "1.x"}]}}
    assert alices.put(path, wrong).status_code == 422
    assert alices.read(path)["note"]["content"] == "See file"
