"""Keep a worker running beside the server, so that nobody has to start a second process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

COMMAND = [sys.executable, "manage.py", "worker", "--beside-server"]
ROOT = Path(__file__).resolve().parent.parent

# Visitors first: what the worker loads at its start would take their turn. After a crash as well.
PAUSE_IN_SECONDS = 2.0
LAST_STEPS_IN_SECONDS = 25.0


@contextmanager
def companion(*, wanted: bool) -> Iterator[None]:
    """Keep the worker running as long as the block does."""
    if not wanted:
        yield
        return
    stopping = Event()
    keeper = Thread(target=_keep, args=[stopping], daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join(LAST_STEPS_IN_SECONDS)


def _keep(stopping: Event) -> None:
    """Start the worker again whenever it ends by itself."""
    while not stopping.wait(PAUSE_IN_SECONDS):
        with subprocess.Popen(COMMAND, cwd=ROOT) as worker:  # noqa: S603  # our own command
            while worker.poll() is None:
                if stopping.wait(0.2):
                    _stop(worker)


def _stop(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(LAST_STEPS_IN_SECONDS - 2)
    except subprocess.TimeoutExpired:
        worker.kill()
