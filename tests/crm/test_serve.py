"""One command makes everything ready and serves; the second time it changes nothing."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from crm.announcement import announcement
from tests.serving import PATIENCE_IN_SECONDS, ROOT, Server


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server that has made itself ready and has been stopped again."""
    folder = tmp_path_factory.mktemp("prepared")
    # The folder of the database does not exist before the first start.
    running = Server(folder, f"sqlite:///{folder / 'var' / 'crm.sqlite3'}")
    running.start("--prepare")
    running.stop()
    yield running
    running.stop()


def rows(server: Server) -> str:
    return server.manage(
        "shell",
        "--verbosity=0",
        "-c",
        "from contacts.models import Contact, User; "
        "print(User.objects.count(), Contact.objects.count())",
    ).strip()


def test_first_start_shows_how_to_sign_in_and_one_request_a_dialect(prepared: Server) -> None:
    log = prepared.log.read_text()

    assert f"Rosetta CRM is at {prepared.base_url}/" in log
    assert "Sign in as   admin" in log
    assert "Password     " in log
    assert f"{prepared.base_url}/contacts.json" in log
    assert prepared.base_url in log.partition("ready to paste:")[2]


def test_second_start_is_quick_and_changes_nothing(prepared: Server) -> None:
    before = rows(prepared)
    shown = len(prepared.log.read_text())
    started = time.monotonic()

    prepared.start("--prepare")
    seconds = time.monotonic() - started
    prepared.stop()

    log = prepared.log.read_text()[shown:]
    assert rows(prepared) == before
    assert "Preparing" not in log
    assert "Collecting" not in log
    assert "Password" not in log
    assert seconds < 15


def test_first_start_leaves_contacts_to_look_at(prepared: Server) -> None:
    users, contacts = rows(prepared).split()

    assert int(users) >= 1
    assert int(contacts) >= 300


@pytest.mark.parametrize("whom", ["group", "server"])
@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_server_stops_at_once_when_told_to(
    prepared: Server, which: signal.Signals, whom: str
) -> None:
    """A worker that heard Ctrl+C itself and was then told to stop waited for ever."""
    prepared.start()
    process = prepared.process
    assert process is not None

    # Ctrl+C reaches every process of the group, `kill` the one that is named.
    (os.killpg if whom == "group" else os.kill)(process.pid, which)

    assert process.wait(timeout=10) == 0
    prepared.process = None


def test_server_stops_at_once_while_its_workers_still_load(prepared: Server) -> None:
    """They noted the signal as the server does, and went on to serve until they were killed."""
    with prepared.log.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=prepared.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    made = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    give_up = time.monotonic() + PATIENCE_IN_SECONDS
    while len(made.read_text().split()) < 2 and time.monotonic() < give_up:
        time.sleep(0.01)
    process.terminate()
    try:
        assert process.wait(timeout=10) == 0
    finally:
        process.kill()


def test_taken_port_is_said_in_one_line(prepared: Server) -> None:
    with socket.create_server(("127.0.0.1", prepared.port)):
        done = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=prepared.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert "PORT chooses another one" in done.stderr
    assert done.stderr.count("\n") == 1


def test_missing_tables_are_pointed_out_and_readiness_denied(tmp_path: Path) -> None:
    empty = Server(tmp_path, f"sqlite:///{tmp_path / 'crm.sqlite3'}")
    command = [sys.executable, "manage.py", "serve"]
    with (
        empty.log.open("wb") as log,
        subprocess.Popen(
            command, cwd=ROOT, env=empty.environment, stdout=log, stderr=log
        ) as process,
    ):
        give_up = time.monotonic() + PATIENCE_IN_SECONDS
        while '"status":503' not in empty.log.read_text() and time.monotonic() < give_up:
            time.sleep(0.05)
            with suppress(urllib.error.HTTPError, OSError):
                urllib.request.urlopen(f"{empty.base_url}/health/ready", timeout=5).close()
        process.terminate()

    assert "manage.py migrate" in empty.log.read_text()
    assert '"status":503' in empty.log.read_text()


def test_password_is_shown_on_the_first_run_only() -> None:
    assert "manage.py bootstrap" in announcement(None)
    assert "Password  " not in announcement(None)
