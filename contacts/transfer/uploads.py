"""Files that people send to be taken in, kept for some days where the worker finds them."""

import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from contacts.access import Actor

KEPT_FOR = timedelta(days=7)
LONGEST_NAME = 200
TOKEN = re.compile(r"[0-9a-f]{32}")


def keep_upload(actor: Actor, chunks: Iterable[bytes], file_format: str, name: str = "") -> str:
    """Store a file for this user alone; returns the word by which it is found again."""
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    token = secrets.token_hex(16)
    path = place / f"{actor.user_id}-{token}.{file_format}"
    with path.open("xb") as file:
        file.writelines(chunks)
    _name_beside(path).write_text(name[:LONGEST_NAME], encoding="utf-8")
    return token


def name_of_upload(path: Path) -> str:
    """Return what the file was called by whoever sent it."""
    beside = _name_beside(path)
    return (beside.read_text(encoding="utf-8") if beside.exists() else "") or path.name


def _name_beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.name")


def find_upload(actor: Actor, token: str) -> Path | None:
    """Return a file that this very user has sent and that is still kept."""
    if not TOKEN.fullmatch(token):
        return None
    # What stands beside a file has one more ending.
    found = folder().glob(f"{actor.user_id}-{token}.*")
    return next((path for path in found if path.name.count(".") == 1), None)


def forget_uploads() -> int:
    """Delete what has been kept long enough, with its reports; returns how many files went."""
    before = (timezone.now() - KEPT_FOR).timestamp()
    old = [path for path in folder().glob("*") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return sum(path.name.count(".") == 1 for path in old)


def folder() -> Path:
    """Return where the files lie."""
    return Path(settings.VAR) / "imports"
