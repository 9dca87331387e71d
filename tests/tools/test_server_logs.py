"""A secret in the log of any server that a test starts is found, in whatever way it got there."""

from pathlib import Path
from typing import Any

import pytest

from tests.server_logs import Logs
from tests.serving import Server

SECRET = "0123456789abcdef0123"
KEYS: dict[str, Any] = {
    "concord": {"token": SECRET},
    "project": "demo",
    "username": "somebody long",
}


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """Return a server that only has a log."""
    return Server(tmp_path, "sqlite://", credentials=KEYS)


@pytest.mark.parametrize(
    "line",
    [
        f'{{"path": "/contacts/{SECRET}"}}',
        '{"path": "/contacts.json?key=0011223344556677"}',
        '{"event": "Authorization: Bearer abcdefghijklmnop"}',
        f"Traceback (most recent call last):\n  {SECRET}",
    ],
)
def test_secret_in_a_log_is_found(line: str, server: Server) -> None:
    logs = Logs()
    logs.note(server)
    server.log.write_text(f'{{"path": "/contacts"}}\n{line}\n')

    with pytest.raises(AssertionError, match="secrets stand in logs"):
        logs.require_clean()


def test_what_is_written_after_the_first_look_is_read_too(server: Server) -> None:
    logs = Logs()
    logs.note(server)
    server.log.write_text('{"path": "/contacts"}\n')
    logs.read(server)
    with server.log.open("a") as log:
        log.write(f'{{"path": "/{SECRET}"}}\n')

    with pytest.raises(AssertionError, match="secrets stand in logs"):
        logs.require_clean()


def test_names_and_what_a_new_instance_says_once_are_no_secrets(server: Server) -> None:
    logs = Logs()
    logs.note(server)
    server.log.write_text('{"event": "somebody long demo"}\n')
    logs.require_clean()
    server.credentials = {}
    logs = Logs()
    logs.note(server)
    server.log.write_text('  curl /contacts.json?key=said-only-once-now\n{"event": "ready"}\n')
    logs.require_clean()
    with server.log.open("a") as log:
        log.write('{"event": "/contacts.json?key=said-only-once-now"}\n')

    with pytest.raises(AssertionError, match="secrets stand in logs"):
        logs.require_clean()
