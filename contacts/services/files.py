"""Put files on the disk while they arrive, and take them off once nothing tells of them."""

import hashlib
import mimetypes
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from contacts.errors import Fault, InvalidError
from contacts.fields.text import normalise

PIECE = 64 * 1024
NAME_LENGTH = 255
UNNAMED = "file"

Source = BinaryIO | Iterable[bytes]

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the disk: its name in the storage, its length and its SHA-256."""

    name: str
    size: int
    digest: str


class _Arriving(File):  # type: ignore[type-arg]  # it has no file of its own, only pieces
    """What the storage writes: pieces that are counted and hashed on their way."""

    def __init__(self, source: Source, limit: int) -> None:
        super().__init__(None)
        self.source = source
        self.limit = limit
        self.length = 0
        self.hash = hashlib.sha256()

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the pieces; raises InvalidError as soon as they are too many."""
        for piece in _pieces(self.source):
            self.length += len(piece)
            if self.length > self.limit:
                raise InvalidError([Fault("file", "too_large", {"limit": self.limit})])
            self.hash.update(piece)
            yield piece


def _pieces(source: Source) -> Iterator[bytes]:
    read = getattr(source, "read", None)
    if read is None:
        yield from source
        return
    while piece := read(PIECE):
        yield piece


def size_limit() -> int:
    """Return the greatest length of a file in bytes."""
    return int(settings.MAX_UPLOAD_MB) * 1024 * 1024


def store(source: Source) -> StoredFile:
    """Write a file under a name that nobody can guess; raises InvalidError: too_large.

    Nothing is left behind when the source breaks off or is too long.
    """
    # Neither the folder nor the name comes from the sender: a name is data, not a path.
    name = f"attachments/{timezone.now():%Y/%m}/{secrets.token_hex(16)}"
    arriving = _Arriving(source, size_limit())
    try:
        default_storage.save(name, arriving)
    except BaseException:
        default_storage.delete(name)
        raise
    return StoredFile(name, arriving.length, arriving.hash.hexdigest())


def remove_when_committed(names: Iterable[str]) -> None:
    """Delete files once the transaction that forgets them is sure."""
    kept = [name for name in names if name]
    if kept:
        transaction.on_commit(lambda: remove(kept))


def remove(names: Iterable[str]) -> None:
    """Delete files now; one that is gone already is no fault."""
    for name in names:
        default_storage.delete(name)


def clean_filename(name: str) -> str:
    """Return the last part of a name that a client gave, without what no name should hold."""
    last = re.split(r"[/\\]", _UNPRINTABLE.sub("", normalise(name)))[-1].strip().strip(".")
    if len(last) > NAME_LENGTH:
        stem, dot, ending = last.rpartition(".")
        keep = NAME_LENGTH - len(ending) - 1
        last = f"{stem[:keep]}.{ending}" if dot and keep > 0 else last[:NAME_LENGTH]
    return last or UNNAMED


def media_type_of(given: str, filename: str) -> str:
    """Return the media type that was given, else the one that the name suggests."""
    found = _MEDIA_TYPE.match(given.strip().lower())
    if found and found[0] != "application/octet-stream":
        return found[0]
    return mimetypes.guess_type(filename)[0] or "application/octet-stream"
