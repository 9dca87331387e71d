"""Databases of a given size, filled once with the same synthetic contacts and kept under var/."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "benchmarks"
ENGINE = "sqlite"


def environment(size: int) -> dict[str, str]:
    """Return the environment of a process that works on the database of that size."""
    folder = FOLDER / str(size)
    return {
        **os.environ,
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "DATABASE_URL": f"sqlite:///{folder / 'contacts.sqlite3'}",
        "ENV_FILE": "",
        "LOG_LEVEL": "ERROR",
    }


def prepared(size: int) -> dict[str, Any]:
    """Make the database unless it is there; return the credentials of a plain member."""
    kept = FOLDER / str(size) / "credentials.json"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        manage(size, "migrate", "--verbosity=0")
        manage(size, "bootstrap", "--username=admin", "--json")
        manage(size, "demo", "--contacts", str(size), "--json")
        words = ("--username=member", "--role=member", "--project=demo", "--json")
        kept.write_text(manage(size, "bootstrap", *words))
    # One of an earlier version lacks tables.
    manage(size, "migrate", "--verbosity=0")
    credentials: dict[str, Any] = json.loads(kept.read_text())
    return credentials


def manage(size: int, *arguments: str) -> str:
    """Run a command of manage.py on the database of that size; return what it printed."""
    print(f"  [{size}] {' '.join(arguments)}", file=sys.stderr)
    done = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(size),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def in_process(size: int, module: str, *arguments: str) -> dict[str, Any]:
    """Run a module of this package on the database of that size; return the JSON it printed."""
    done = subprocess.run(  # noqa: S603 -- our own module
        [sys.executable, "-m", f"benchmarks.{module}", "--size", str(size), *arguments],
        cwd=ROOT,
        env={**environment(size), "DJANGO_SETTINGS_MODULE": "crm.settings"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
