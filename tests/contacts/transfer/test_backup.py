"""An archive holds everything, and what is restored from it is the same."""

import json
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from contacts import index
from contacts.index import Drift
from contacts.models import Contact
from contacts.transfer.backup import BackupError, restore_backup, write_backup
from contacts.transfer.rows import stored_models
from tests.builders import make_contact

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("project"),
    # PostgreSQL reads one moment in a transaction of its own, and tests run inside of one.
    pytest.mark.skipif(connection.vendor != "sqlite", reason="needs a transaction of its own"),
]


def everything() -> dict[str, list[object]]:
    """Return all rows of all tables."""
    return {
        model.__name__: list(model._base_manager.order_by("pk").values())
        for model in stored_models()
    }


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    make_contact(first_name="Zoë", background="Петрова\n'quoted'", emails=[{"address": "z@x.yz"}])
    file = tmp_path / "crm.backup"
    write_backup(file)
    return file


def test_restored_rows_are_those_that_were_copied(archive: Path) -> None:
    before = everything()
    Contact.objects.update(first_name="Changed")
    make_contact(first_name="Later")
    restore_backup(archive, replaces=True)
    assert everything() == before
    assert [found for found in index.verify() if isinstance(found, Drift)] == []


def test_instance_with_users_is_left_alone(archive: Path) -> None:
    make_contact(first_name="Later")
    with pytest.raises(BackupError, match="users here already"):
        restore_backup(archive)
    assert Contact.objects.filter(first_name="Later").exists()


def test_damaged_archive_changes_nothing(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-500])
    make_contact(first_name="Later")
    with pytest.raises(BackupError, match="no complete archive"):
        restore_backup(archive, replaces=True)
    assert Contact.objects.filter(first_name="Later").exists()


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        (None, "no manifest"),
        ("{", "no manifest"),
        ("[]", "no manifest"),
        ('{"colour": "red"}', "no manifest"),
        ('{"format": 99}', "form 99"),
        ("{}", "another version"),
    ],
)
def test_archive_that_says_something_else_of_itself_is_refused(
    manifest: str | None, reason: str, tmp_path: Path
) -> None:
    make_contact(first_name="Later")
    file = tmp_path / "odd.backup"
    with tarfile.open(file, "w:gz") as opened:
        if manifest is not None:
            (tmp_path / "manifest.json").write_text(manifest)
            opened.add(tmp_path / "manifest.json", arcname="manifest.json")
    with pytest.raises(BackupError, match=reason):
        restore_backup(file, replaces=True)
    assert Contact.objects.filter(first_name="Later").exists()


def test_archive_without_one_of_the_tables_is_refused(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path / "unpacked", filter="data")
    place = tmp_path / "unpacked" / "manifest.json"
    told = json.loads(place.read_text())
    del told["digests"]["tables/contacts_contact.jsonl"]
    place.write_text(json.dumps(told))
    with tarfile.open(archive, "w:gz") as written:
        written.add(tmp_path / "unpacked", arcname="")
    with pytest.raises(BackupError, match="no table contacts_contact"):
        restore_backup(archive, replaces=True)
    assert Contact.objects.filter(first_name="Zoë").exists()
