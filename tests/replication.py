"""A primary with a streaming replica, and who reads and writes contacts through servers on them."""

import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from tests.serving import Server
from tools.temporary_postgres import TemporaryPostgres

# The machine may be busy: what does not happen within this never does.
PATIENCE_IN_SECONDS = 180


def sql(server: TemporaryPostgres, statement: str) -> str:
    """Run a statement and return the value that it gives."""
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(server.url, autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
    return str(row[0]) if row else ""


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    give_up = time.monotonic() + PATIENCE_IN_SECONDS
    while not condition():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.05)


def catch_up(primary: TemporaryPostgres, replica: TemporaryPostgres) -> None:
    """Wait until the replica has everything."""
    place = sql(primary, "SELECT pg_current_wal_lsn()")
    reached = f"SELECT pg_last_wal_replay_lsn() >= '{place}'::pg_lsn"
    wait_for(lambda: sql(replica, reached) == "True")


def ask(server: Server, key: str, path: str, values: dict[str, Any] | None = None) -> Any:
    """Ask with a key of RedmineUP's protocol; values are sent by POST."""
    request = urllib.request.Request(
        f"{server.base_url}{path}",
        headers={"X-Redmine-API-Key": key, "Content-Type": "application/json"},
        data=json.dumps(values).encode() if values is not None else None,
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def names(server: Server, key: str) -> set[str]:
    """Return the first names of the contacts that the owner of a key is shown."""
    found = ask(server, key, "/contacts.json")["contacts"]
    return {contact["first_name"] for contact in found}


def add(server: Server, key: str, name: str) -> None:
    """Create a contact."""
    contact = {"first_name": name, "project_id": "demo"}
    ask(server, key, "/contacts.json", {"contact": contact})


def key_of(server: Server, username: str) -> str:
    """Return a key of a user, who is made unless there."""
    words = ["--username", username, "--json"]
    key: str = json.loads(server.manage("bootstrap", *words))["redmineup"]["api_key"]
    return key
