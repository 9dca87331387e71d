"""Lend tests a PgBouncer before a PostgreSQL server."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.serving import PATIENCE_IN_SECONDS, free_port
from tools.temporary_postgres import TemporaryPostgres

# Fewer connections than there are processes and threads that ask.
SETTINGS = """
[databases]
* = host={server.folder} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
max_client_conn = 100
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
"""


@contextmanager
def pooled(server: TemporaryPostgres, folder: Path) -> Iterator[str]:
    """Yield an address of the server that leads through a pooler in transaction mode."""
    # Debian puts it where only administrators look.
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail("pgbouncer is not installed")
        pytest.skip("pgbouncer is not installed. Run: sudo apt install pgbouncer")
    port = free_port()
    file = folder / "pgbouncer.ini"
    file.write_text(SETTINGS.format(server=server, port=port, folder=folder))
    if server.user is not None:
        # It refuses to run as root, as PostgreSQL does.
        for path in (folder, file):
            shutil.chown(path, server.user)
    process = subprocess.Popen(
        [program, "-q", str(file)], user=server.user, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, process)
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    give_up = time.monotonic() + PATIENCE_IN_SECONDS
    while time.monotonic() < give_up:
        assert process.poll() is None, "pgbouncer has ended"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail("pgbouncer does not answer")
