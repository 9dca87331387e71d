"""Files: uploaded first, attached once, read by whoever sees the record."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from contacts.access import Actor
from contacts.errors import Fault, ForbiddenError, InvalidError, NotFoundError
from contacts.history import changes_of
from contacts.models import Attachment, Change, Contact, User
from contacts.query.attachments import find_attachments, get_attachment, open_attachment
from contacts.services.attachments import (
    Upload,
    attach_file,
    attach_uploads,
    delete_attachment,
    store_upload,
    update_attachment,
)
from contacts.services.contacts import archive_contact, delete_contact, update_contact
from contacts.services.wastebasket import empty
from tests.builders import actor_for, make_contact

DIGEST = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


@pytest.fixture
def contact(owner: Actor) -> Contact:
    return make_contact(owner)


def picture(size: tuple[int, int] = (1200, 800), kind: str = "PNG") -> BytesIO:
    """Return an image of one colour."""
    written = BytesIO()
    Image.new("RGB", size, "teal").save(written, kind)
    written.seek(0)
    return written


def files() -> list[Path]:
    """Return every file on the disk below the uploads."""
    root = Path(default_storage.path("attachments"))
    return [path for path in root.rglob("*") if path.is_file()]


def token_of(actor: Actor, content: bytes = b"hello", name: str = "a.txt") -> str:
    return str(store_upload(actor, BytesIO(content), filename=name)["token"])


def test_upload_is_stored_whole_and_shown_with_its_token(owner: Actor) -> None:
    stored = store_upload(owner, BytesIO(b"hello"), filename="C:\\tmp\\..\\a.txt")

    assert stored["token"] == f"{stored['id']}.{DIGEST}"
    assert (stored["filename"], stored["size"], stored["content_type"]) == (
        "a.txt",
        5,
        "text/plain",
    )
    document, opened = open_attachment(owner, int(str(stored["id"])))
    with opened:
        assert opened.read() == b"hello"
    assert document["author_id"] == owner.user_id


def test_too_large_upload_is_refused_and_leaves_nothing(owner: Actor, settings: Settings) -> None:
    before = files()

    def pieces() -> Iterator[bytes]:
        for _ in range(17):
            yield b"x" * 65536

    settings.MAX_UPLOAD_MB = 1
    with pytest.raises(InvalidError) as refused:
        store_upload(owner, pieces(), filename="big")

    assert refused.value.faults == (Fault("file", "too_large", {"limit": 1024 * 1024}),)
    assert files() == before
    assert not Attachment.objects.exists()


def test_token_works_once_and_only_for_its_uploader(
    owner: Actor, contact: Contact, bob: User
) -> None:
    token = token_of(owner)
    member = actor_for(bob)
    made_up = f"{token.partition('.')[0]}.{'0' * 64}"

    for actor, unusable in ((member, token), (owner, made_up), (owner, "x"), (owner, "")):
        with pytest.raises(InvalidError) as refused:
            attach_uploads(actor, "contact", contact.pk, [Upload(unusable)])
        assert refused.value.faults == (Fault("uploads", "unknown", {"value": unusable}),)

    (attached,) = attach_uploads(
        owner, "contact", contact.pk, [Upload(token, "b.txt", "the offer", "text/csv")]
    )
    assert attached["contact_id"] == contact.pk
    assert (attached["filename"], attached["description"]) == ("b.txt", "the offer")
    assert attached["content_type"] == "text/csv"
    with pytest.raises(InvalidError):
        attach_uploads(owner, "contact", contact.pk, [Upload(token)])


def test_attaching_is_all_or_nothing_and_names_every_bad_token(
    owner: Actor, contact: Contact
) -> None:
    token = token_of(owner)

    with pytest.raises(InvalidError) as refused:
        attach_uploads(owner, "contact", contact.pk, [Upload(token), Upload("1.x"), Upload(token)])

    assert [fault.params["value"] for fault in refused.value.faults] == ["1.x", token]
    assert not Attachment.objects.filter(contact=contact).exists()


def test_attached_file_is_in_the_history_of_the_contact_and_touches_it(
    owner: Actor, contact: Contact
) -> None:
    attached = attach_file(owner, "contact", contact.pk, BytesIO(b"hello"), filename="a.txt")

    entry = changes_of("attachment", int(str(attached["id"]))).filter(action="created").get()
    assert (entry.contact_id, entry.user_id) == (contact.pk, owner.user_id)
    assert Contact.objects.get(pk=contact.pk).updated_at > contact.updated_at


def test_file_is_seen_by_whoever_sees_its_record(
    owner: Actor, contact: Contact, bob: User, charlie: User
) -> None:
    number = int(str(attach_file(owner, "contact", contact.pk, BytesIO(b"x"), filename="a")["id"]))
    unused = int(token_of(owner).partition(".")[0])

    assert get_attachment(actor_for(bob), number)["id"] == number
    assert [
        each["id"] for each in find_attachments(owner, "contact", [contact.pk])[contact.pk]
    ] == [number]
    for actor, hidden in ((actor_for(charlie), number), (actor_for(bob), unused)):
        for attempt in (get_attachment, open_attachment, delete_attachment):
            with pytest.raises(NotFoundError):
                attempt(actor, hidden)
    archive_contact(owner, contact.pk)
    with pytest.raises(NotFoundError):
        get_attachment(owner, number)


def test_change_and_deletion_need_the_right_of_the_record(
    owner: Actor, contact: Contact, reporter: Actor
) -> None:
    number = int(str(attach_file(owner, "contact", contact.pk, BytesIO(b"x"), filename="a")["id"]))

    with pytest.raises(ForbiddenError):
        update_attachment(reporter, number, {"description": "mine"})
    with pytest.raises(ForbiddenError):
        delete_attachment(reporter, number)
    with pytest.raises(ForbiddenError):
        attach_uploads(reporter, "contact", contact.pk, [Upload(token_of(reporter))])

    assert update_attachment(owner, number, {"description": "ours"})["description"] == "ours"
    delete_attachment(owner, number)
    assert not Attachment.objects.filter(pk=number).exists()
    assert Change.objects.filter(record_kind="attachment", record_id=number).count() == 4


def test_deleted_file_leaves_the_disk_when_it_cannot_be_brought_back_any_more(
    owner: Actor,
    contact: Contact,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    before = set(files())
    first = attach_file(owner, "contact", contact.pk, BytesIO(b"x"), filename="a")
    attach_file(owner, "contact", contact.pk, BytesIO(b"y"), filename="b")
    assert len(set(files()) - before) == 2

    with django_capture_on_commit_callbacks(execute=True):
        delete_attachment(owner, int(str(first["id"])))
    assert len(set(files()) - before) == 2
    with django_capture_on_commit_callbacks(execute=True):
        empty(before=timezone.now() + timedelta(seconds=1))
    assert len(set(files()) - before) == 1

    archive_contact(owner, contact.pk)
    with django_capture_on_commit_callbacks(execute=True):
        delete_contact(owner, contact.pk)
    assert set(files()) == before


def test_picture_is_written_anew_and_the_one_before_removed(
    owner: Actor,
    contact: Contact,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    before = set(files())
    with django_capture_on_commit_callbacks(execute=True):
        first = int(str(store_upload(owner, picture(), filename="me.png")["id"]))
        update_contact(owner, contact.pk, {"avatar": first})

    row = Attachment.objects.get(pk=first)
    assert (row.contact_id, row.filename, row.content_type) == (contact.pk, "me.webp", "image/webp")
    with row.file.open() as opened, Image.open(opened) as image:
        assert (image.format, image.size) == ("WEBP", (512, 341))

    with django_capture_on_commit_callbacks(execute=True):
        second = int(str(store_upload(owner, picture(kind="JPEG"), filename="me.jpg")["id"]))
        document = update_contact(owner, contact.pk, {"avatar": second})
    assert document["avatar_id"] == second
    assert not Attachment.objects.filter(pk=first).exists()
    assert len(set(files()) - before) == 1

    with django_capture_on_commit_callbacks(execute=True):
        assert "avatar_id" not in update_contact(owner, contact.pk, {"avatar": None})
    assert set(files()) == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "invalid"),
        (b"\x89PNG\r\n\x1a\n broken", "invalid"),
        (picture().getvalue()[:200], "invalid"),
        (picture((9000, 9000), "GIF").getvalue(), "too_large"),
    ],
    ids=["svg", "no png", "half a png", "too many pixels"],
)
def test_what_is_no_picture_is_refused(
    owner: Actor, contact: Contact, content: bytes, code: str
) -> None:
    upload = int(token_of(owner, content, "me.png").partition(".")[0])

    with pytest.raises(InvalidError) as refused:
        update_contact(owner, contact.pk, {"avatar": upload})

    assert [(fault.key, fault.code) for fault in refused.value.faults] == [("avatar", code)]
    assert Contact.objects.get(pk=contact.pk).avatar_id is None


def test_file_of_another_record_cannot_become_a_picture(owner: Actor, contact: Contact) -> None:
    other = make_contact(owner)
    attached = attach_file(owner, "contact", other.pk, picture(), filename="me.png")

    with pytest.raises(InvalidError):
        update_contact(owner, contact.pk, {"avatar": attached["id"]})

    assert Attachment.objects.get(pk=attached["id"]).contact_id == other.pk
