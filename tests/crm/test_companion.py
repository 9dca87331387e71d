"""A worker runs beside the server, comes back when it dies, and goes with the server."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.serving import Server, own_database

PATIENCE_IN_SECONDS = 60


@pytest.fixture
def attended(tmp_path: Path) -> Iterator[Server]:
    """Serve with a worker beside."""
    with own_database(tmp_path) as database_url:
        running = Server(tmp_path, database_url, settings={"WORKER_BESIDE_SERVER": "on"})
        running.manage("migrate", "--verbosity=0")
        running.start()
        yield running
        running.stop()


def workers_of(server: Server) -> set[int]:
    """Return the ids of the worker processes that belong to a server."""
    mark = f"VAR_DIR={server.folder}".encode()
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            if b"worker\0--beside-server" in command and mark in (process / "environ").read_bytes():
                found.add(int(process.name))
        except OSError:
            continue
    return found


def wait_for(condition: Callable[[], object]) -> None:
    give_up = time.monotonic() + PATIENCE_IN_SECONDS
    while not condition():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.1)


def test_worker_does_its_work_comes_back_and_ends_with_the_server(attended: Server) -> None:
    wait_for(lambda: '"event":"job done"' in attended.log.read_text())
    (first,) = workers_of(attended)

    os.kill(first, signal.SIGKILL)
    wait_for(lambda: workers_of(attended) - {first})
    attended.stop()
    wait_for(lambda: not workers_of(attended))
