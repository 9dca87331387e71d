"""Copy database and files into one archive, and make an instance of such a copy.

The archive (a tar file, compressed) holds a member per table, a member per file, and as its last
member a manifest with the number of rows and a digest of every other member. All tables are read
in one transaction that sees one moment, so the server may go on meanwhile; files are only ever
added or taken away whole. The lines are the same whichever database they come from.
"""

import hashlib
import hmac
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from contacts import index
from contacts.fields import reference
from contacts.models import User
from contacts.transfer.rows import (
    empty_tables,
    go_on_after,
    last_numbers,
    read_rows,
    stored_models,
    write_rows,
)

FORMAT = 1
MANIFEST = "manifest.json"
PIECE = 1024 * 1024
# Fast enough for a disk, and text still shrinks to a tenth.
COMPRESSION = 3


class BackupError(Exception):
    """An archive that cannot be restored here; the text says why."""


@dataclass
class Manifest:
    """What an archive says of itself."""

    format: int = FORMAT
    made_at: str = ""
    database: str = ""
    key: str = ""
    migrations: list[list[str]] = field(default_factory=list)
    last_numbers: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def files(self) -> int:
        """Return how many files there are."""
        return sum(name.startswith("media/") for name in self.digests)


def write_backup(target: Path) -> Manifest:
    """Write an archive of everything; a file of that name is replaced when it is complete."""
    manifest = Manifest(
        made_at=datetime.now(UTC).isoformat(),
        database=connection.vendor,
        key=_mark_of_key(),
        migrations=_migrations(),
    )
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.unfinished")
    # Readable by nobody else: it holds all that the database holds.
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with (
            os.fdopen(handle, "wb") as raw,
            tarfile.open(fileobj=raw, mode="w:gz", compresslevel=COMPRESSION) as archive,
        ):
            _write_tables(archive, manifest)
            _write_files(archive, manifest)
            text = json.dumps(manifest.__dict__, indent=1).encode()
            _add(archive, MANIFEST, io.BytesIO(text), len(text))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def restore_backup(source: Path, *, replaces: bool = False) -> Manifest:
    """Make this instance what the archive holds.

    Everything is compared with its digest before anything is changed, and the database is changed
    in one transaction; the files, which only the new rows name, follow it. Raises BackupError for
    an archive that is broken or of other tables, and for an instance that holds users already,
    unless its contents shall be replaced.
    """
    with _unpacked(source) as folder:
        manifest = _checked(folder)
        if not replaces and User.objects.exists():
            raise BackupError("there are users here already; --replace deletes what there is")
        models = stored_models()
        with transaction.atomic():
            _defer_constraints()
            empty_tables(models)
            for model in models:
                _read_table(folder, model, manifest)
            go_on_after(manifest.last_numbers, models)
            connection.check_constraints()
            reference.forget()
            for _done in index.rebuild():
                pass
        _restore_files(folder)
    reference.forget()
    return manifest


def opens_with_this_key(manifest: Manifest) -> bool:
    """Tell whether the archive was made with this instance's SECRET_KEY."""
    return hmac.compare_digest(manifest.key, _mark_of_key())


def _mark_of_key() -> str:
    # Tells keys apart and gives none away.
    return hmac.new(settings.SECRET_KEY.encode(), b"backup", hashlib.sha256).hexdigest()[:16]


def _migrations() -> list[list[str]]:
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


@contextmanager
def _one_moment() -> Iterator[None]:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def _write_tables(archive: tarfile.TarFile, manifest: Manifest) -> None:
    models = stored_models()
    with _one_moment():
        manifest.last_numbers = last_numbers(models)
        for model in models:
            name = f"tables/{model._meta.db_table}.jsonl"
            with tempfile.TemporaryFile() as raw:
                lines = io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
                manifest.rows[model._meta.db_table] = write_rows(model, lines)
                lines.detach()
                size = raw.seek(0, os.SEEK_END)
                raw.seek(0)
                manifest.digests[name] = _add(archive, name, raw, size)


def _write_files(archive: tarfile.TarFile, manifest: Manifest) -> None:
    for path in _media_files():
        name = f"media/{path.relative_to(settings.MEDIA_ROOT).as_posix()}"
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue  # its record was deleted meanwhile
        with file:
            manifest.digests[name] = _add(archive, name, file, os.fstat(file.fileno()).st_size)


def _media_files() -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else []


class _Digested(io.RawIOBase):
    """Bytes on their way, with their digest."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(size)
        self.digest.update(piece)
        return piece


def _add(archive: tarfile.TarFile, name: str, source: IO[bytes], size: int) -> str:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    read = _Digested(source)
    archive.addfile(member, read)
    return read.digest.hexdigest()


@contextmanager
def _unpacked(source: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="rosetta-restore-") as folder:
        try:
            with tarfile.open(source, "r:gz") as archive:
                # Refuses links and names that lead out of the folder.
                archive.extractall(folder, filter="data")
        except (tarfile.TarError, EOFError, OSError) as error:
            raise BackupError(f"{source} is no complete archive: {error}") from error
        yield Path(folder)


def _checked(folder: Path) -> Manifest:
    manifest = _manifest_in(folder)
    if manifest.format != FORMAT:
        raise BackupError(f"the archive has the form {manifest.format}, this version {FORMAT}")
    for name, digest in manifest.digests.items():
        if not (folder / name).is_file() or _digest_of(folder / name) != digest:
            raise BackupError(f"{name} is damaged")
    if manifest.migrations != _migrations():
        raise BackupError(
            "the archive is of another version; restore it with that one, or run `migrate`"
        )
    for table in (model._meta.db_table for model in stored_models()):
        if table not in manifest.rows or f"tables/{table}.jsonl" not in manifest.digests:
            raise BackupError(f"the archive has no table {table}")
    return manifest


def _manifest_in(folder: Path) -> Manifest:
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError) as error:
        raise BackupError("the archive has no manifest that can be read") from error


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _defer_constraints() -> None:
    # Rows come table by table; what they point to may follow.
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("SET LOCAL statement_timeout = 0")


def _read_table(folder: Path, model: type[Model], manifest: Manifest) -> None:
    table = model._meta.db_table
    with (folder / f"tables/{table}.jsonl").open(encoding="utf-8", newline="\n") as lines:
        try:
            count = read_rows(model, lines)
        except ValueError as error:
            raise BackupError(f"columns that do not fit: {error}") from error
    if count != manifest.rows[table] or model._base_manager.count() != count:
        raise BackupError(f"{table} has {count} rows instead of {manifest.rows[table]}")


def _restore_files(folder: Path) -> None:
    root = folder / "media"
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file():
            name = path.relative_to(root).as_posix()
            # A file of that name is of what has been replaced.
            default_storage.delete(name)
            with path.open("rb") as file:
                default_storage.save(name, File(file))
