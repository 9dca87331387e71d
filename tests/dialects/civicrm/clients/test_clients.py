"""Clients written for the original work against this server, unmodified.

Each runs in an environment of its own (`make install-clients`), as a process of its own, against
the real server.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.serving import ROOT, Server

SCRIPTS = Path(__file__).parent / "scripts"


def missing(what: str, cure: str = "make install-clients") -> None:
    """Skip with the reason, or fail where the clients must be there."""
    reason = f"{what} is not installed. Run: {cure}"
    if os.environ.get("REQUIRE_CLIENTS"):
        pytest.fail(reason)
    pytest.skip(reason)


def python_of(client: str) -> str:
    """Return the Python of a client's environment."""
    path = ROOT / ".venv-clients" / client / "bin" / "python"
    if not path.exists():
        missing(client)
    return str(path)


def drive(program: str, script: str, server: Server) -> dict[str, Any]:
    """Run a client and return what it printed."""
    keys = server.credentials["civicrm"]
    done = subprocess.run(
        [program, str(SCRIPTS / script), server.base_url, keys["site_key"], keys["api_key"]],
        cwd=server.folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def test_civicrmapi_keeps_contacts(server: Server) -> None:
    assert drive(python_of("civicrmapi"), "civicrmapi_3.py", server) == {
        "name": "Capi Tester",
        "phones": 0,
        "label": "Tester, Capi",
        "options": [
            {"key": 1, "value": "Female"},
            {"key": 2, "value": "Male"},
            {"key": 3, "value": "Other"},
        ],
        "has_fields": True,
        "replaced": ["new@example.org"],
        "left": [],
        "refused": ["bad", "key", "unknown"],
    }


def test_civicrmapi_keeps_contacts_by_version_4(server: Server) -> None:
    assert drive(python_of("civicrmapi"), "civicrmapi_4.py", server) == {
        "name": "Capi Four",
        "email": "c@4.org",
        "chained": "c@4.org",
        "joined": "c@4.org",
        "tagged": True,
        "member": [True, "Added"],
        "nick": "C",
        "access": {"access": True},
        "has_fields": True,
        "actions": [
            *("autocomplete", "checkAccess", "create", "delete", "get", "getActions", "getFields"),
            *("replace", "save", "update"),
        ],
        "deleted": True,
        "left": [],
        "refused": ["field", "key", "unknown"],
    }


def test_civipy_keeps_contacts(server: Server) -> None:
    assert drive(python_of("civipy"), "civipy_5.py", server) == {
        "made": "Civi Py",
        "email": "civi@example.org",
        "found": "Py, Civi",
        "updated": "Changed Py",
        "page": 1,
        "same": True,
        "refused": True,
        "removed": 1,
        "left": True,
    }


def test_the_class_of_php_keeps_contacts(server: Server) -> None:
    php = shutil.which("php")
    if php is None:
        missing("php", "sudo apt install php-cli")
    assert drive(str(php), "remote_class.php", server) == {
        "created": True,
        "got": True,
        "count": 1,
        "sort_name": "Roberts, Alice",
        "display_name": "Alice Roberts",
        "result": "Alice",
        "refused": False,
        "message": "Mandatory key(s) missing from params array: contact_type",
        "deleted": True,
    }
