"""Generic clients and the calls of published ones against the real server."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.serving import ROOT, Server

SCRIPTS = Path(__file__).parent / "scripts"


def missing(what: str) -> None:
    """Skip with the reason, or fail where the clients must be there."""
    reason = f"{what} is not installed: run `make install-clients`"
    if os.environ.get("REQUIRE_CLIENTS"):
        pytest.fail(reason)
    pytest.skip(reason)


def drive(command: list[str], server: Server) -> dict[str, Any]:
    """Run a client and return what it printed."""
    token = server.credentials["concord"]["token"]
    done = subprocess.run(
        [*command, server.base_url, token],
        cwd=server.folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def test_requests_and_httpx_work_as_integrations_use_them(server: Server) -> None:
    python = ROOT / ".venv-clients" / "http-clients" / "bin" / "python"
    if not python.exists():
        missing("http-clients")
    seen = drive([str(python), str(SCRIPTS / "generic_http.py")], server)
    assert seen == {
        "unknown": [],
        "found": [True],
        "again": [422, True],
        "deal": ["Новый тег"],
        "note": [1, 1],
        "form": ["work", ["A", "B"]],
        "overridden": "Jena",
        "pages": ["Page 4", "Page 3", "Page 2", "Page 1", "Page 0"],
        "counted": 5,
        "detached": [],
        "search": ["Zoë"],
    }


def test_the_calls_of_an_automation_node_and_of_a_class_work(server: Server) -> None:
    node = shutil.which("node")
    if node is None:
        missing("node")
    seen = drive([str(node), str(SCRIPTS / "automation_node.mjs")], server)
    assert seen == {
        "test": True,
        "phones": ["mobile", "work"],
        "synced": ["Other Ltd"],
        "left": [],
        "listed": True,
        "found": 1,
        "updated": "Buyer",
        "deleted": 204,
        "trashed": True,
        "restored": True,
        "forced": 204,
        "valid": True,
        "renamed": True,
        "activity": ["2030-01-02", 1],
        "lists": True,
    }
