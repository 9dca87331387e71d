"""Databases of a given size on either engine, filled once with the same contacts and kept.

They lie under `var/benchmarks/`: SQLite's as files, PostgreSQL's in a cluster of their own, which
is started for a run and stopped after it.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.temporary_postgres import TemporaryPostgres, kept_postgres

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "benchmarks"
ENGINES = ("sqlite", "postgresql")
# Spread over so many projects that a member of ten sees a part of all contacts.
PROJECTS = 200
# Larger ones are grown from one of this size (benchmarks/growing.py).
MOST_LOADED = 100_000
SQLITE_FILE = "contacts.db"

# The server that is running, where the figures are PostgreSQL's.
_server: list[TemporaryPostgres] = []
# What stands behind the size in the name of a database that is not an ordinary one.
_kind: list[str] = []


@contextmanager
def on(engine: str) -> Iterator[None]:
    """Measure on this engine as long as the block does."""
    if engine == "sqlite":
        yield
        return
    with kept_postgres(FOLDER / "cluster") as server:
        _server.append(server)
        try:
            yield
        finally:
            _server.remove(server)


@contextmanager
def skewed() -> Iterator[None]:
    """Measure databases in which nothing is spread evenly as long as the block does."""
    _kind.append("_skewed")
    try:
        yield
    finally:
        _kind.pop()


def copies(sizes: Iterable[int]) -> Iterator[int]:
    """Yield the sizes; as long as one is at work its database is a copy that goes afterwards.

    For what writes: a database stays as large as its name says.
    """
    for size in sizes:
        people(size)
        original = _name(size)
        _kind.append("_written")
        try:
            folder_of(size).mkdir(parents=True, exist_ok=True)
            _copy(original, size)
            for name in ("credentials.json", "migrations"):
                shutil.copyfile(folder_of(size).with_name(original) / name, folder_of(size) / name)
            yield size
        finally:
            shutil.rmtree(folder_of(size))
            if _server:
                _server[0].drop_database(f"rosetta_{_name(size)}")
            _kind.pop()


def engine() -> str:
    """Return the name of the engine that is measured."""
    return "postgresql" if _server else "sqlite"


def server() -> TemporaryPostgres | None:
    """Return the PostgreSQL server that is running; None where SQLite is measured."""
    return _server[0] if _server else None


def folder_of(size: int) -> Path:
    """Return where everything of that size lies."""
    return FOLDER / engine() / _name(size)


def _name(size: int) -> str:
    return f"{size}{''.join(_kind)}"


def environment(size: int) -> dict[str, str]:
    """Return the environment of a process that works on the database of that size."""
    folder = folder_of(size)
    on_file = f"sqlite:///{folder / SQLITE_FILE}"
    address = _server[0].url_of(f"rosetta_{_name(size)}") if _server else on_file
    return {
        **os.environ,
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "DATABASE_URL": address,
        "ENV_FILE": "",
        "LOG_LEVEL": "ERROR",
    }


def prepared(size: int) -> dict[str, Any]:
    """Make the database unless it is there; return the credentials of a member of ten projects."""
    credentials: dict[str, Any] = people(size)["member"]
    return credentials


def people(size: int) -> dict[str, Any]:
    """Make the database unless it is there; return the credentials of `benchmarks.people`."""
    kept = folder_of(size) / "credentials.json"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        if size > MOST_LOADED and size % MOST_LOADED == 0:
            _grow(size)
        elif _kind:
            _skew(size)
        else:
            _load(size)
        _settled(size)
        kept.write_text(json.dumps(in_process(size, "people")))
        kept.with_name("migrations").write_text(_migrations())
    version = kept.with_name("migrations")
    if not version.exists() or version.read_text() != _migrations():
        # One of an earlier version lacks tables.
        manage(size, "migrate", "--verbosity=0")
        version.write_text(_migrations())
    found: dict[str, Any] = json.loads(kept.read_text())
    return found


def _migrations() -> str:
    """Return which tables this version has."""
    return " ".join(sorted(path.name for path in (ROOT / "contacts/migrations").glob("0*.py")))


def _load(size: int) -> None:
    """Load as many contacts as the size says."""
    if _server:
        _server[0].create_database(f"rosetta_{size}")
    manage(size, "migrate", "--verbosity=0")
    manage(size, "bootstrap", "--username=admin", "--json")
    manage(size, "demo", f"--contacts={size}", f"--projects={PROJECTS}", "--json")


def _grow(size: int) -> None:
    """Copy the contacts of a smaller database until there are as many as the size says."""
    people(MOST_LOADED)
    _copy(f"{MOST_LOADED}{''.join(_kind)}", size)
    print(f"  [{engine()} {size}] copying {MOST_LOADED} contacts", file=sys.stderr)
    run(size, "-m", "benchmarks.growing", "--times", str(size // MOST_LOADED))


def _skew(size: int) -> None:
    """Copy the ordinary database of that size and spread things unevenly in the copy."""
    kind = _kind.pop()
    try:
        people(size)
    finally:
        _kind.append(kind)
    _copy(str(size), size)
    run(size, "-m", "benchmarks.skewing")
    manage(size, "reindex", "--json")


def _copy(original: str, size: int) -> None:
    """Begin the database of that size as a copy of another one."""
    folder = FOLDER / engine() / original
    if _server:
        _server[0].create_database(f"rosetta_{_name(size)}", f"--template=rosetta_{original}")
    else:
        shutil.copyfile(folder / SQLITE_FILE, folder_of(size) / SQLITE_FILE)
    key = folder / "secret_key"
    if key.exists():
        # What is kept recoverable is protected by it.
        shutil.copyfile(key, folder_of(size) / "secret_key")


def _settled(size: int) -> None:
    """Let the planner know what is there, as it does after some time of service."""
    learn = "from contacts.index.spread import learn_spread; learn_spread()"
    vacuum = "from django.db import connection; connection.cursor().execute('VACUUM ANALYZE')"
    manage(size, "shell", "--command", vacuum if _server else learn)


def manage(size: int, *arguments: str) -> str:
    """Run a command of manage.py on the database of that size; return what it printed."""
    print(f"  [{engine()} {size}] {' '.join(arguments)}", file=sys.stderr)
    return run(size, "manage.py", *arguments)


def in_process(size: int, module: str, *arguments: str) -> dict[str, Any]:
    """Run a module of this package on the database of that size; return the JSON it printed."""
    found: dict[str, Any] = json.loads(
        run(size, "-m", f"benchmarks.{module}", "--size", str(size), *arguments)
    )
    return found


def run(size: int, *words: str, **more: str) -> str:
    """Run our own Python words beside the database of that size; return what they printed."""
    done = subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, *words],
        cwd=ROOT,
        env={**environment(size), "DJANGO_SETTINGS_MODULE": "crm.settings", **more},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout
