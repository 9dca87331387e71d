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
    """Run a client and return what it printed."""
    key = server.credentials["redmineup"]["api_key"]
    done = subprocess.run(
        [*command, server.base_url, key],
        # Some clients leave folders where they are started.
        cwd=server.folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def python_of(client: str) -> str:
    """Return the Python of a client's environment."""
    path = ROOT / ".venv-clients" / client / "bin" / "python"
    if not path.exists():
        missing(client)
    return str(path)


@pytest.fixture(scope="module")
def second_project(server: Server) -> None:
    server.manage("bootstrap", "--username=second", "--role=manager", "--project=second", "--json")


@pytest.mark.usefixtures("second_project")
def test_python_redmine_1_keeps_contacts_as_it_did(server: Server) -> None:
    seen = drive([python_of("python-redmine-1"), str(SCRIPTS / "python_redmine_1.py")], server)
    assert seen == {
        "user": "admin",
        "created": {
            "name": "Rita",
            "phones": ["+1 111", "+1 222"],
            "emails": ["rita@example.com"],
            "tags": ["vip", "cold call"],
            "address": "12, Street, Moscow, Russia",
            "birthday": "1980-02-29",
            "projects": ["Demo project"],
        },
        "saved": True,
        "job_title": "CEO",
        "employees": seen["employees"],
        "is_mine": True,
        "found": True,
        "paged": ["Page 0", "Page 1"],
        "all": 3,
        "projects": ["Demo project", "Second"],
        "last_project": seen["last_project"],
        "tags": ["cold call", "vip"],
        "statuses": ["Pending", "Won", "Lost"],
        "queries": 0,
        "deal": ["1000.5", "Pending"],
        "deals": True,
        "deal_deleted": True,
        "blank": "First Name cannot be blank",
        "deleted": True,
        "gone": True,
    }


def test_python_redmine_2_keeps_projects_users_issues_and_contacts(server: Server) -> None:
    seen = drive([python_of("python-redmine-2"), str(SCRIPTS / "python_redmine_2.py")], server)
    assert seen == {
        "user": "admin",
        "project": "Made by 2.5",
        "description": "Changed",
        "members": ["Cli Ent"],
        "issue": "Mended",
        "issues": ["Mended"],
        "blank": "Subject cannot be blank",
        "contact": "Zoe",
        "contacts": ["Zoe"],
        "custom_fields": True,
        "stranger": "client25",
        "forbidden": True,
        "impersonated": "client25",
        "deleted": True,
        "gone": True,
    }


def test_redmine_mcp_server_reads_what_it_wrote(server: Server) -> None:
    seen = drive([python_of("redmine-mcp-server"), str(SCRIPTS / "mcp_server.py")], server)
    read = seen["read"]
    assert (read["first_name"], read["job_title"]) == ("Mina", "Agent")
    assert read["emails"] == ["mina@example.com"]
    assert read["phones"] == ["+1 333", "+1 444"]
    assert read["tags"] == ["mcp"]
    assert "mcp" in seen["tags"]
    listed = seen["listed"]
    assert [each["id"] for each in listed["contacts"]] == [read["id"]]
    assert seen["companies"] == []
    # The client wraps texts of others before a language model reads them.
    assert "\nHi\n" in seen["note"]["content"]
    assert str(seen["deal"]["price"]) == "99.5"
    assert seen["queries"] == []
    assert "error" not in seen["deleted"]


def test_axios_redmine_keeps_projects_and_issues(server: Server) -> None:
    if shutil.which("node") is None or not (NODE / "node_modules").exists():
        missing("axios-redmine")
    seen = drive(["node", str(NODE / "drive.js")], server)
    assert seen == {
        "user": "admin",
        "project": "from-node",
        "issues": ["Hello again"],
        "total": 1,
        "roles": True,
        "customFields": True,
        "blank": seen["blank"],
    }
    assert "Subject cannot be blank" in seen["blank"]
