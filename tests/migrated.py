"""Keep a migrated database from one run of the tests to the next.

Migrating takes longer than most selections of tests. What the migrations lead to follows from their
files, so an image of it is kept under a name made from them; any change makes another image.
Servers that tests start copy it as their first database. On PostgreSQL the image is a database that
is the template of theirs and lives as long as its cluster; the database of the tests that need no
server is migrated for real.
"""

import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path(tempfile.gettempdir()) / f"rosetta-migrated-{os.getuid()}"
_OURS = re.compile(r"^(?:from|import) (contacts[\w.]*)", re.MULTILINE)


def image() -> Path:
    """Return where the image of today's migrations is kept, whether it is there or not."""
    return KEPT / f"{_name()}.sqlite3"


def template(address: str, migrate: Callable[[str], object]) -> str:
    """Return the name of a migrated PostgreSQL database in the cluster at `address`.

    Whoever needs it first has it migrated by `migrate`, which is told its name, while the others
    wait.
    """
    import psycopg  # noqa: PLC0415 - not installed where only SQLite is tested

    name = f"rosetta_template_{_name()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('rosetta_template'))")
        found = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(found, [name]).fetchone() is None:
            connection.execute("DROP DATABASE IF EXISTS rosetta_template_unfinished")
            connection.execute("CREATE DATABASE rosetta_template_unfinished")
            migrate("rosetta_template_unfinished")
            connection.execute(f"ALTER DATABASE rosetta_template_unfinished RENAME TO {name}")
    return name


def _name() -> str:
    sources = {ROOT / "requirements" / "base.lock", ROOT / "crm" / "apps.py"}
    for migration in (ROOT / "contacts" / "migrations").glob("*.py"):
        sources.add(migration)
        for module in _OURS.findall(migration.read_text()):
            place = ROOT.joinpath(*module.split("."))
            sources |= set(place.rglob("*.py")) if place.is_dir() else {place.with_suffix(".py")}
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:32]


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
