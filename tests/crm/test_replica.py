"""A replica answers what only reads, writers read from the primary, and all goes on without it.

Replay on the replica is halted in these tests, so that an old answer shows who gave it.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from contacts.access import replica as replica_rules
from tests.replication import add, ask, catch_up, key_of, names, sql
from tests.serving import Server
from tools.temporary_postgres import TemporaryPostgres

pytestmark = pytest.mark.postgres


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
