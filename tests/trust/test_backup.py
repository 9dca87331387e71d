"""A copy made while the server runs becomes an instance that answers the same in every dialect."""

import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.serving import Server, own_database
from tests.trust.conversations import ask_everything
from tests.trust.figures import tell
from tools.temporary_postgres import TemporaryPostgres

DEMO = 40


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve an instance with people, keys, files and work in it."""
    folder = tmp_path_factory.mktemp("original")
    with own_database(folder) as address:
        running = Server(folder, address, {"SECRET_KEY": settings.SECRET_KEY})
        running.prepare()
        running.manage("demo", "--contacts", str(DEMO), "--json")
        running.start()
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="module")
def archive(original: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive that was made while the server served."""
    file = tmp_path_factory.mktemp("archive") / "crm.backup"
    media = Path(original.environment["MEDIA_ROOT"])
    media.mkdir(parents=True, exist_ok=True)
    (media / "picture.bin").write_bytes(b"\x00\xff picture")
    told = json.loads(original.manage("backup", str(file), "--json"))
    assert told["rows"] > DEMO
    assert told["files"] >= 1
    return file


def test_restored_instance_answers_identically_in_every_dialect(
    original: Server, archive: Path, tmp_path: Path
) -> None:
    with own_database(tmp_path) as address:
        differing = compare_with_copy(original, archive, tmp_path, address)
    assert (tmp_path / "media" / "picture.bin").read_bytes() == b"\x00\xff picture"
    assert differing == []


@pytest.mark.postgres
def test_copy_may_move_to_the_other_database(
    original: Server, archive: Path, tmp_path: Path, postgres: TemporaryPostgres
) -> None:
    is_on_sqlite = original.database_url.startswith("sqlite")
    address = postgres.url if is_on_sqlite else f"sqlite:///{tmp_path / 'moved.sqlite3'}"
    assert compare_with_copy(original, archive, tmp_path, address) == []


def compare_with_copy(original: Server, archive: Path, folder: Path, address: str) -> list[str]:
    """Restore an archive into a new instance; return the questions that it answers otherwise."""
    copy = Server(folder, address, {"SECRET_KEY": settings.SECRET_KEY})
    copy.manage("migrate", "--verbosity=0")
    copy.manage("restore", str(archive))
    copy.manage("reindex", "--verify")
    copy.credentials = original.credentials
    copy.start()
    try:
        expected, found = ask_everything(original), ask_everything(copy)
    finally:
        copy.stop()
    # A refusal begins with its status, an answer with its document.
    assert [name for name, body in expected.items() if body[:1] in b"45"] == []
    assert expected.keys() == found.keys()
    engine = address.partition(":")[0]
    tell("restored copy answers as the original did", f"{len(found)} answers on {engine}")
    return [name for name in expected if expected[name] != found[name]]


def test_copy_is_refused_where_somebody_is_already(original: Server, archive: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="there are users here already"):
        original.manage("restore", str(archive))


@pytest.mark.parametrize("damage", ["cut off", "changed", "no archive"])
def test_damaged_archive_changes_nothing(damage: str, archive: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.backup"
    if damage == "cut off":
        broken.write_bytes(archive.read_bytes()[:-2000])
    elif damage == "changed":
        _rewrite(archive, broken, tmp_path / "unpacked")
    else:
        broken.write_bytes(b"hello")
    with own_database(tmp_path) as address:
        empty = Server(tmp_path, address)
        empty.manage("migrate", "--verbosity=0")
        with pytest.raises(pytest.fail.Exception, match="Nothing was restored"):
            empty.manage("restore", str(broken))
        empty.manage("restore", str(archive))


def _rewrite(archive: Path, target: Path, folder: Path) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    table = folder / "tables" / "contacts_contact.jsonl"
    table.write_text(table.read_text().replace("person", "robots", 1))
    with tarfile.open(target, "w:gz") as written:
        written.add(folder, arcname="")
    shutil.rmtree(folder)
