"""A database that is away or stuck is said to be away in every dialect, and used again after it."""

import json
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.postgres import lent_postgres
from tests.serving import Server, own_database
from tests.trust.conftest import UNLIMITED
from tests.trust.creating import Creator, creators
from tests.trust.figures import enough, tell
from tests.trust.loading import Refused, under_load
from tests.trust.outages import PATIENCE_IN_SECONDS, faults_of, sent
from tools.temporary_postgres import TemporaryPostgres

STATEMENT_SECONDS = 1
NAMES = (
    "import json; from contacts.models import Contact, Submission; "
    "found = Contact.objects.filter(last_name='Outage').values_list('first_name', flat=True); "
    "waiting = Submission.objects.values_list('prepared__first_name', flat=True); "
    "print(json.dumps([list(found), list(waiting)]))"
)


@contextmanager
def served(folder: Path, address: str, **settings: str) -> Iterator[Server]:
    """Serve on a database."""
    server = Server(folder, address, settings)
    server.prepare()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def all_at_once(programs: list[Creator], name: str) -> list[str]:
    """Let all programs create a contact at the same time; return what is wrong with the answers."""
    with ThreadPoolExecutor(len(programs)) as pool:
        answers = list(pool.map(lambda program: sent(program, name), programs))
    return [
        fault
        for program, answer in zip(programs, answers, strict=True)
        for fault in faults_of(program, answer)
    ]


def require_recovery(programs: list[Creator]) -> float:
    """Wait until every dialect creates contacts again, and return how long that took."""
    begun = time.monotonic()
    for program in programs:
        while not (answer := sent(program, "Back")).is_success:
            assert faults_of(program, answer) == []
            assert time.monotonic() - begun < PATIENCE_IN_SECONDS
            time.sleep(0.2)
        assert program.sign in answer.body.replace(b" ", b"")
    return time.monotonic() - begun


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[TemporaryPostgres]:
    """Start a server that these tests alone stop and start."""
    with lent_postgres() as server:
        yield server


@pytest.fixture(scope="module")
def on_postgres(
    own_postgres: TemporaryPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Serve on it, without limits on how often one asks."""
    folder = tmp_path_factory.mktemp("outages")
    with served(folder, own_postgres.url, **UNLIMITED) as server:
        yield server


@pytest.mark.postgres
def test_restarts_of_postgres_under_load_are_answered_by_503_and_lose_nothing(
    own_postgres: TemporaryPostgres, on_postgres: Server
) -> None:
    times, away, processes = enough(2, 20), [], on_postgres.process
    with under_load(on_postgres) as load:
        for turn in range(times):
            gone = time.monotonic()
            # Gently, or as a crash would.
            stop = own_postgres.stop_gently if turn % 2 else own_postgres.stop
            stop()
            load.wait_for_everyone(load.refusals)
            own_postgres.start()
            away.append((gone, time.monotonic()))
            load.wait_for_everyone(load.answered.__getitem__)
    assert [fault for each in load.refused for fault in each.faults] == []
    assert [each for each in load.refused if not is_within(each, away)] == []
    assert on_postgres.process is processes
    require_everything_once(on_postgres, load.acknowledged)
    tell(
        "PostgreSQL restarted under mixed load",
        f"{times} times, {load.answered.total():,} answered; {len(load.refused):,} refused, all by"
        f" 503 with Retry-After and only while it was away;"
        f" {len(load.acknowledged):,} acknowledged, 0 lost, 0 twice",
    )


def is_within(refused: Refused, away: list[tuple[float, float]]) -> bool:
    """Say whether a time at which the database was away explains a refusal."""
    return any(refused.begun < back and refused.ended > gone for gone, back in away)


def require_everything_once(server: Server, acknowledged: list[str]) -> None:
    """Raise unless each contact is there once, and what is derived fits."""
    contacts, waiting = json.loads(server.manage("shell", "--verbosity=0", "-c", NAMES))
    # A form knows a repetition for a minute, which a restart on a busy machine may outlast.
    stored = Counter([*contacts, *set(waiting)])
    assert [name for name in acknowledged if stored[name] != 1] == []
    server.manage("reindex", "--verify")


@pytest.mark.postgres
def test_statement_that_takes_too_long_is_stopped(
    own_postgres: TemporaryPostgres, on_postgres: Server
) -> None:
    import psycopg  # noqa: PLC0415 - not installed where only SQLite is tested

    on_postgres.stop()
    on_postgres.settings = {**UNLIMITED, "STATEMENT_TIMEOUT": str(STATEMENT_SECONDS)}
    on_postgres.start()
    programs = creators(on_postgres)
    with psycopg.connect(own_postgres.url) as other:
        other.execute("LOCK TABLE contacts_contact IN ACCESS EXCLUSIVE MODE")
        assert all_at_once(programs, "Stuck") == []
        other.rollback()
    require_recovery(programs)
    limit = f"503 after {STATEMENT_SECONDS} s, then back"
    tell("statement timeout", f"{len(programs)} dialects: {limit}")


def test_locked_sqlite_file_is_waited_for_and_then_told_of(tmp_path: Path) -> None:
    with own_database(tmp_path) as address:
        if not address.startswith("sqlite"):
            pytest.skip("PostgreSQL has no file to be locked")
        file = address.removeprefix("sqlite:///")
        with served(tmp_path, address, WEB_CONCURRENCY="5") as server:
            programs = creators(server)
            # A process that is slow: everybody waits for it, and succeeds.
            holding = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
            holding.execute("BEGIN IMMEDIATE")
            threading.Timer(1, lambda: holding.execute("ROLLBACK")).start()
            assert sent(programs[0], "Patient").is_success
            # One that never ends.
            holding.execute("BEGIN IMMEDIATE")
            assert all_at_once(programs, "Locked out") == []
            holding.execute("ROLLBACK")
            holding.close()
            took = require_recovery(programs)
    tell(
        "SQLite file locked",
        f"{len(programs)} dialects: 503 with Retry-After, back in {took:.1f} s",
    )
