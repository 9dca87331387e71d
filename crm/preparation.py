"""Bring database, pages and data to the state that serving needs, saying what takes time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

DEMO_CONTACTS = 300
ADMINISTRATOR = "admin"

Say = Callable[[str], None]


def prepare(say: Say) -> dict[str, Any] | None:  # Any: JSON of the bootstrap command
    """Make everything ready; return the credentials when this was the first run."""
    migrate(say)
    collect_static(say)
    if get_user_model()._default_manager.exists():
        return None
    return first_run(say)


def pending_migrations() -> int:
    """Count the migrations that the database lacks."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate(say: Say) -> None:
    """Create or bring forward the tables where something is missing."""
    database = settings.DATABASES[DEFAULT_DB_ALIAS]
    if isinstance(database["NAME"], Path):
        database["NAME"].parent.mkdir(parents=True, exist_ok=True)
    missing = pending_migrations()
    if missing:
        with told(say, f"Preparing the database ({missing} steps)"):
            call_command("migrate", interactive=False, verbosity=0)


def collect_static(say: Say) -> None:
    """Collect and compress style sheets, scripts and icons where any has changed."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    wanted = static_fingerprint()
    if settings.DEBUG or (mark.exists() and mark.read_text() == wanted):
        return
    with told(say, "Collecting style sheets and scripts"):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        mark.write_text(wanted)


def static_fingerprint() -> str:
    """Return a text that changes whenever a file to be collected does."""
    marks = []
    for finder in get_finders():
        for path, storage in finder.list(None):
            marks.append(f"{path} {storage.size(path)} {storage.get_modified_time(path)}")
    return sha256("\n".join(sorted(marks)).encode()).hexdigest()


def first_run(say: Say) -> dict[str, Any]:  # Any: JSON of the bootstrap command
    """Create an administrator, the demo project and contacts to look at."""
    answer = StringIO()
    with told(say, "First run: creating an administrator"):
        call_command("bootstrap", username=ADMINISTRATOR, json=True, stdout=answer)
    with told(say, f"First run: adding {DEMO_CONTACTS} demo contacts"):
        call_command("demo", contacts=DEMO_CONTACTS, stdout=StringIO(), stderr=StringIO())
    credentials: dict[str, Any] = json.loads(answer.getvalue())
    return credentials


@contextmanager
def told(say: Say, step: str) -> Iterator[None]:
    """Say that a step begins, and how long it took."""
    say(f"{step} ...")
    started = time.monotonic()
    yield
    say(f"    done in {time.monotonic() - started:.1f} s")
