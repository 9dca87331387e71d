"""Keep a migrated SQLite database from one run of the tests to the next.

Migrating takes longer than most selections of tests. What the migrations lead to follows from their
files, so an image of it is kept under a name made from them; any change makes another image.
Servers that tests start copy it as their first database; PostgreSQL migrates for real.
"""

import hashlib
import os
import re
import sqlite3
import tempfile
from pathlib import Path

from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path(tempfile.gettempdir()) / f"rosetta-migrated-{os.getuid()}"
_OURS = re.compile(r"^(?:from|import) (contacts[\w.]*)", re.MULTILINE)


def image() -> Path:
    """Return where the image of today's migrations is kept, whether it is there or not."""
    sources = {ROOT / "requirements" / "base.lock", ROOT / "crm" / "apps.py"}
    for migration in (ROOT / "contacts" / "migrations").glob("*.py"):
        sources.add(migration)
        for module in _OURS.findall(migration.read_text()):
            place = ROOT.joinpath(*module.split("."))
            sources |= set(place.rglob("*.py")) if place.is_dir() else {place.with_suffix(".py")}
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return KEPT / f"{digest.hexdigest()[:32]}.sqlite3"


def restore() -> sqlite3.Connection | None:
    """Fill the tests' database in memory from the image, before Django looks at it.

    Returns a connection that must stay open until Django has its own: the last one to go takes the
    database with it. None where there is no image, or the tests use another database.
    """
    connection = connections["default"]
    kept = image()
    if connection.vendor != "sqlite" or not kept.is_file():
        return None
    name = connection.creation._get_test_db_name()
    memory = sqlite3.connect(name, uri=True)
    with sqlite3.connect(kept) as stored:
        stored.backup(memory)
    stored.close()
    return memory


def keep() -> None:
    """Keep an image of the tests' database, which nothing has been written to yet."""
    connection = connections["default"]
    kept = image()
    if connection.vendor != "sqlite" or kept.is_file():
        return
    KEPT.mkdir(mode=0o700, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    with sqlite3.connect(unfinished) as copy:
        connection.connection.backup(copy)
    copy.close()
    unfinished.replace(kept)
