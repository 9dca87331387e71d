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
NODE = Path(__file__).parent.parent / "node"


def missing(what: str) -> None:
    """Skip with the reason, or fail where the clients must be there."""
    reason = f"{what} is not installed: run `make install-clients`"
    if os.environ.get("REQUIRE_CLIENTS"):
        pytest.fail(reason)
    pytest.skip(reason)


def drive(command: list[str], server: Server) -> dict[str, Any]:
    """Run a client with the credentials of the administrator; return what it printed."""
    known = server.credentials["vtiger"]
    done = subprocess.run(
        [*command, server.base_url, known["username"], known["access_key"]],
        cwd=server.folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def test_vtigerpy_keeps_contacts(server: Server) -> None:
    python = ROOT / ".venv-clients" / "vtigerpy" / "bin" / "python"
    if not python.exists():
        missing("vtigerpy")
    assert drive([str(python), str(SCRIPTS / "drive_vtigerpy.py")], server) == {
        "types": True,
        "mandatory": ["lastname", "assigned_user_id"],
        "label": "Anna Петрова",
        "read": True,
        "mobile": "+7 900",
        "title": "Boss",
        "found": "+7 900",
        "synced": True,
        "translated": {"SINGLE_Contacts": "Контакт"},
        "refused": "ACCESS_DENIED",
        "deleted": {"status": "successful"},
        "gone": False,
        "reused": True,
        "goodbye": {"message": "successfull"},
    }


def test_node_vtiger_keeps_contacts(server: Server) -> None:
    if shutil.which("node") is None or not (NODE / "node_modules").exists():
        missing("node-vtiger")
    seen = drive(["node", str(NODE / "drive.js")], server)
    assert "Иванов" in seen.pop("synced")
    assert seen == {
        "version": "0.22",
        "label": "Émile Иванов",
        "owner": "19x1",
        "read": "Иванов",
        "title": "Boss",
        "found": ["Émile"],
        "prefix": "12",
        "deleted": {"status": "successful"},
        "refused": "ACCESS_DENIED",
    }
