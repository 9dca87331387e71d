"""A database that is away or stuck is said to be away in every dialect, and used again after it."""

import json
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from tests.postgres import lent_postgres
from tests.serving import Server, own_database
from tests.trust.creating import Creator, creators
from tests.trust.figures import enough, tell
from tools.temporary_postgres import TemporaryPostgres

PATIENCE_IN_SECONDS = 90
# What the refusal of a dialect says of itself; Redmine refuses without a body.
ENVELOPES = {
    "concord": "message",
    "wildapricot": "code",
    "vtiger": "success",
    "civicrm": "is_error",
}
STATEMENT_SECONDS = 1


@dataclass(frozen=True)
class Answer:
    """What a program gets for a new contact."""

    status: int
    wait: str
    media_type: str
    body: bytes

    @property
    def is_success(self) -> bool:
        """Say whether the contact is made."""
        return self.status in (200, 201) and not self.wait


def sent(creator: Creator, name: str) -> Answer:
    """Send a new contact and return whatever comes back."""
    path, headers, body = creator.request(name, "Outage")
    request = urllib.request.Request(
        creator.server.base_url + path, data=body, headers=dict(headers)
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_IN_SECONDS) as answer:
            return Answer(answer.status, "", _type_of(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            wait = error.headers["Retry-After"] or ""
            return Answer(error.code, wait, _type_of(error.headers), error.read())


def _type_of(headers: Message) -> str:
    return headers.get("Content-Type") or ""


def faults_of(creator: Creator, answer: Answer) -> list[str]:
    """Return what an answer lacks of the dialect's own 503 with the seconds to wait."""
    told = f"{creator.dialect}: {answer}"
    if answer.status != 503 or not answer.wait.isdigit():
        return [told]
    if creator.dialect not in ENVELOPES:
        return [told] if answer.body.strip() else []
    if not answer.media_type.startswith("application/json"):
        return [told]
    return [] if ENVELOPES[creator.dialect] in json.loads(answer.body) else [told]


@contextmanager
def served(folder: Path, address: str, **settings: str) -> Iterator[list[Creator]]:
    """Serve on a database, and lend a program of each dialect that is signed in."""
    server = Server(folder, address, settings)
    server.prepare()
    server.start()
    try:
        yield creators(server)
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
) -> Iterator[list[Creator]]:
    """Serve on it; no statement may take long."""
    folder = tmp_path_factory.mktemp("outages")
    with served(folder, own_postgres.url, STATEMENT_TIMEOUT=str(STATEMENT_SECONDS)) as programs:
        yield programs


@pytest.mark.postgres
def test_postgres_is_stopped_and_started(
    own_postgres: TemporaryPostgres, on_postgres: list[Creator]
) -> None:
    took = []
    for turn in range(enough(1, 5)):
        assert all(sent(program, "Before").is_success for program in on_postgres)
        own_postgres.stop()
        assert [f for p in on_postgres for f in faults_of(p, sent(p, f"Away {turn}"))] == []
        own_postgres.start()
        took.append(require_recovery(on_postgres))
    tell(
        "PostgreSQL stopped and started",
        f"{len(took)} times, every dialect 503 with Retry-After, back in {max(took):.1f} s",
    )


@pytest.mark.postgres
def test_statement_that_takes_too_long_is_stopped(
    own_postgres: TemporaryPostgres, on_postgres: list[Creator]
) -> None:
    import psycopg  # noqa: PLC0415 - not installed where only SQLite is tested

    with psycopg.connect(own_postgres.url) as other:
        other.execute("LOCK TABLE contacts_contact IN ACCESS EXCLUSIVE MODE")
        assert all_at_once(on_postgres, "Stuck") == []
        other.rollback()
    require_recovery(on_postgres)
    limit = f"503 after {STATEMENT_SECONDS} s, then back"
    tell("statement timeout", f"{len(on_postgres)} dialects: {limit}")


def test_locked_sqlite_file_is_waited_for_and_then_told_of(tmp_path: Path) -> None:
    with own_database(tmp_path) as address:
        if not address.startswith("sqlite"):
            pytest.skip("PostgreSQL has no file to be locked")
        file = address.removeprefix("sqlite:///")
        with served(tmp_path, address, WEB_CONCURRENCY="5") as programs:
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
