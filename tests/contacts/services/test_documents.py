"""Documents: files, texts and links that stand for themselves, and the folders they lie in."""

from io import BytesIO

import pytest

from contacts.access import Actor
from contacts.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from contacts.models import Attachment
from contacts.query import Query, get_record, search, where
from contacts.query.attachments import open_attachment
from contacts.services.documents import (
    NewFile,
    create_document,
    relate_document,
    update_document,
)
from contacts.services.folders import create_folder, delete_folder, update_folder
from contacts.services.purging import purge
from tests.builders import make_contact

pytestmark = pytest.mark.usefixtures("project")


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


def a_file() -> NewFile:
    """Return a small file."""
    return NewFile(BytesIO(b"hello"), "up.txt")


def test_a_document_may_be_nothing_but_text_or_a_link(administrator: Actor) -> None:
    made = create_document(administrator, {"title": "Plan", "content": "x", "link": "https://a.b"})
    assert (made["title"], made["content"], made["link"]) == ("Plan", "x", "https://a.b")
    assert made["folder_id"] is not None


def test_a_document_without_title_or_file_is_refused(administrator: Actor) -> None:
    with pytest.raises(InvalidError):
        create_document(administrator, {"content": "x"})


def test_a_document_keeps_its_file(administrator: Actor) -> None:
    made = create_document(administrator, {}, file=a_file())
    assert (made["title"], made["filename"], made["size"]) == ("up.txt", "up.txt", 5)
    _document, opened = open_attachment(administrator, number(made))
    with opened:
        assert opened.read() == b"hello"
    changed = update_document(
        administrator, number(made), {"title": "Hi"}, file=NewFile(BytesIO(b"bye"), "b.txt")
    )
    assert (changed["title"], changed["size"]) == ("Hi", 3)


def test_documents_are_no_forgotten_uploads(administrator: Actor) -> None:
    made = create_document(administrator, {}, file=a_file())
    Attachment.objects.update(created_at="2001-01-01T00:00:00Z")
    purge(administrator, days=30)
    assert get_record(administrator, "attachment", number(made))


def test_a_document_tells_of_several_records(administrator: Actor) -> None:
    made = create_document(administrator, {"title": "Plan"})
    tom = make_contact(administrator)
    told = relate_document(administrator, number(made), "contact", tom.pk)
    assert [contact["id"] for contact in told["contacts"]] == [tom.pk]  # type: ignore[union-attr]  # briefs
    condition = where(administrator, "contacts", "has_any", [tom.pk], kind="attachment")
    assert search(administrator, Query("attachment", condition)).ids == [number(made)]


def test_a_document_of_a_hidden_project_looks_like_a_missing_one(
    administrator: Actor, outsider: Actor
) -> None:
    made = create_document(administrator, {"title": "Plan"})
    with pytest.raises(NotFoundError):
        update_document(outsider, number(made), {"title": "x"})


def test_a_folder_with_documents_stays(owner: Actor, member: Actor) -> None:
    folder = number(create_folder(owner, {"name": "Offers"}))
    made = create_document(owner, {"title": "Plan", "folder": folder})
    with pytest.raises(ConflictError):
        delete_folder(owner, folder)
    with pytest.raises(ForbiddenError):
        update_folder(member, folder, {"name": "Mine"})
    update_document(owner, number(made), {"folder": None})
    delete_folder(owner, folder)
