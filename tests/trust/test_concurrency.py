"""Many programs write at once, and nothing is done twice or refused for that."""

import json
import threading
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.serving import Server
from tests.trust.conversations import ask
from tests.trust.creating import creators
from tests.trust.figures import enough, tell

CLIENTS = 4
# More than are read at once, and than the network holds for who does not read.
LONG_LIST = 4_000
# Less than a writer waits for the lock of SQLite.
PATIENCE_IN_SECONDS = 15


def test_the_same_request_sent_at_once_has_one_effect_in_every_dialect(running: Server) -> None:
    rounds = enough(1, 20)
    for creator in creators(running):
        for number in range(rounds):
            name, key = f"{creator.dialect}-{number}", f"once-{creator.dialect}-{number}"
            answers: list[bytes] = []
            together(
                lambda _client, creator=creator, name=name, key=key, answers=answers: (
                    answers.append(creator.create(name, "Once", key=key))
                )
            )
            assert len(set(answers)) == 1
    headers = {"X-Redmine-API-Key": running.credentials["redmineup"]["api_key"]}
    found = json.loads(ask(running, "/contacts.json?last_name=%3DOnce", headers=headers))
    assert found["total_count"] == len(creators(running)) * rounds
    tell(
        "Idempotency-Key",
        f"{found['total_count']} creates sent {CLIENTS} times at once in 5 dialects, 0 twice",
    )


def test_whoever_reads_a_long_list_slowly_keeps_nobody_from_writing(running: Server) -> None:
    """The list was read by the connection with which the server went on writing for others.

    SQLite refuses a write to a connection that still reads an older state, so that all writers
    waited until the list was sent, or were told of a locked database.
    """
    running.manage("demo", f"--contacts={LONG_LIST}")
    programs, each = creators(running), enough(2, 20)
    (reader,) = [program for program in programs if program.dialect == "wildapricot"]
    path, headers, _body = reader.request("x", "y")
    asked = urllib.request.Request(f"{running.base_url}{path}?$async=false", headers=dict(headers))
    waits = []
    with urllib.request.urlopen(asked, timeout=60) as answer:
        begun = answer.read(1)
        for number in range(each):
            for program in programs:
                before = time.monotonic()
                program.create(f"Beside {number}", "List", key=f"beside-{program.dialect}-{number}")
                waits.append(time.monotonic() - before)
        found = json.loads(begun + answer.read())["Contacts"]
    assert len(found) >= LONG_LIST
    assert max(waits) < PATIENCE_IN_SECONDS
    tell(
        "writes beside a long list that is read slowly",
        f"{len(waits)} written, the slowest in {max(waits):.1f} s, 0 refused",
    )


def test_nobody_was_told_of_a_locked_database(running: Server) -> None:
    log = running.log.read_text(errors="replace")
    assert "database is locked" not in log
    assert '"status": 500' not in log


def together(work: Callable[[int], object]) -> None:
    """Let every client do the work, all from the same moment on."""
    start = threading.Barrier(CLIENTS)

    def begin(client: int) -> None:
        start.wait()
        work(client)

    with ThreadPoolExecutor(CLIENTS) as clients:
        for done in [clients.submit(begin, client) for client in range(CLIENTS)]:
            done.result()
