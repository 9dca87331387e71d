"""A replica answers what only reads, writers read from the primary, and all goes on without it.

Replay on the replica is halted in these tests, so that an old answer shows who gave it.
"""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from contacts.access import replica as replica_rules
from tests.serving import Server
from tools.temporary_postgres import TemporaryPostgres

pytestmark = pytest.mark.postgres

PATIENCE_IN_SECONDS = 30


def sql(server: TemporaryPostgres, statement: str) -> str:
    """Run a statement and return the value that it gives."""
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(server.url, autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
    return str(row[0]) if row else ""


def wait_for(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE_IN_SECONDS
    while not condition():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.05)


@pytest.fixture
def served(
    postgres: TemporaryPostgres, replica: TemporaryPostgres, tmp_path: Path
) -> Iterator[Server]:
    running = Server(
        tmp_path,
        postgres.url,
        settings={"DATABASE_REPLICA_URL": replica.url, "WEB_CONCURRENCY": "1"},
    )
    running.prepare()
    catch_up(postgres, replica)
    running.start()
    yield running
    running.stop()


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
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def names(server: Server, key: str) -> set[str]:
    found = ask(server, key, "/contacts.json")["contacts"]
    return {contact["first_name"] for contact in found}


def add(server: Server, key: str, name: str) -> None:
    contact = {"first_name": name, "project_id": "demo"}
    ask(server, key, "/contacts.json", {"contact": contact})


def key_of(server: Server, username: str) -> str:
    words = ["--username", username, "--json"]
    key: str = json.loads(server.manage("bootstrap", *words))["redmineup"]["api_key"]
    return key


def test_replica_reads_primary_writes_and_service_goes_on_without_the_replica(
    served: Server, postgres: TemporaryPostgres, replica: TemporaryPostgres
) -> None:
    writer = served.credentials["redmineup"]["api_key"]
    reader = key_of(served, "reader")
    add(served, writer, "Ann")
    catch_up(postgres, replica)
    assert names(served, reader) == {"Ann"}

    sql(replica, "SELECT pg_wal_replay_pause()")
    add(served, writer, "Bob")
    assert sql(postgres, "SELECT count(*) FROM contacts_contact WHERE first_name = 'Bob'") == "1"
    # The reader is answered by the replica, which does not know yet; the writer by the primary.
    assert names(served, reader) == {"Ann"}
    assert names(served, writer) == {"Ann", "Bob"}
    # A key that the replica has never seen works, and what its owner reads is the replica's.
    assert names(served, key_of(served, "newcomer")) == {"Ann"}

    sql(replica, "SELECT pg_wal_replay_resume()")
    catch_up(postgres, replica)
    assert names(served, reader) == {"Ann", "Bob"}

    replica.stop()
    assert names(served, reader) == {"Ann", "Bob"}
    add(served, writer, "Cid")
    assert names(served, reader) == {"Ann", "Bob", "Cid"}
    assert ask(served, reader, "/health/ready") == {"status": "ok", "replica": "away"}

    # Once it is back it is used again, after it was left alone for a while.
    replica.start()
    catch_up(postgres, replica)
    time.sleep(replica_rules.LEFT_ALONE_FOR_SECONDS)
    sql(replica, "SELECT pg_wal_replay_pause()")
    add(served, writer, "Dan")
    assert names(served, reader) == {"Ann", "Bob", "Cid"}
