"""Run a command beside a PostgreSQL server that lives in a temporary folder.

    python3 tools/temporary_postgres.py make test

The command finds the server's address in TEST_DATABASE_URL. The server listens on a socket in the
folder only and is gone with it. PostgreSQL refuses to run as root; then it runs as the user
`postgres` or, failing that, `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
# Nothing in it outlives the tests, so it need not survive a loss of power.
OPTIONS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c unix_socket_directories="

# As a small server would be set up.
KEPT = "-c shared_buffers=1GB -c work_mem=16MB -c max_wal_size=4GB"


class NoPostgresError(Exception):
    """Says why no server can be started here."""


class TemporaryPostgres:
    """A server that can be stopped and started again."""

    def __init__(self, folder: Path, binaries: Path, user: str | None) -> None:
        """Remember where everything is."""
        self.folder = folder
        self.binaries = binaries
        self.user = user

    @property
    def url(self) -> str:
        """Return the address of the server's own database."""
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        """Return the address of a database on this server."""
        return f"postgres://postgres@/{database}?host={self.folder}"

    @property
    def is_running(self) -> bool:
        """Tell whether it was started and not stopped since."""
        return self._note_of_process.exists()

    @property
    def process(self) -> int:
        """Return the number of the process that started all others of the server."""
        return int(self._note_of_process.read_text().split("\n")[0])

    @property
    def _note_of_process(self) -> Path:
        return self.folder / "data" / "postmaster.pid"

    def create(self) -> None:
        """Make an empty cluster."""
        self._call("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    def create_from(self, primary: TemporaryPostgres) -> None:
        """Copy another server's cluster, to follow it from then on."""
        here = ("-h", str(primary.folder), "-U", "postgres")
        self._call("pg_basebackup", *here, "-X", "stream", "-R", "--checkpoint=fast", "--no-sync")

    def start(self) -> None:
        """Start and wait until it answers."""
        log = str(self.folder / "log")
        self._call("pg_ctl", "-w", "-l", log, "-o", f"{OPTIONS}{self.folder}", "start")

    def start_again(self, options: str) -> None:
        """Start a cluster that is kept, which therefore has to survive a loss of power."""
        log, socket = str(self.folder / "log"), f"unix_socket_directories={self.folder}"
        settings = f"-c listen_addresses='' -c {socket} {options}"
        self._call("pg_ctl", "-w", "-l", log, "-o", settings, "start")

    def stop_gently(self) -> None:
        """Stop after everything is written."""
        self._call("pg_ctl", "-w", "-t", "300", "-m", "fast", "stop")

    def create_database(self, name: str, *options: str) -> None:
        """Make a database; one that was left half made goes."""
        self.drop_database(name)
        self._run_beside("createdb", *options, name)

    def drop_database(self, name: str) -> None:
        """Let a database go, if it is there."""
        self._run_beside("dropdb", "--if-exists", name)

    def _run_beside(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs that speak with the running server."""
        subprocess.run(
            [str(self.binaries / program), "-h", str(self.folder), *arguments],
            check=True,
            cwd=self.folder,
            user=self.user,
            env={**os.environ, "PGUSER": "postgres"},
            stdout=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        """Stop at once, cutting off every connection."""
        self._call("pg_ctl", "-w", "-m", "immediate", "stop")

    def _call(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs on the cluster."""
        data = str(self.folder / "data")
        subprocess.run(
            [str(self.binaries / program), "-D", data, *arguments],
            check=True,
            cwd=self.folder,
            user=self.user,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def temporary_postgres() -> Iterator[TemporaryPostgres]:
    """Start a server of one's own and take everything away at the end."""
    with _prepared_folder() as server:
        server.create()
        with _running(server):
            yield server


@contextmanager
def kept_postgres(folder: Path) -> Iterator[TemporaryPostgres]:
    """Start a server whose databases stay in a folder for the next time."""
    binaries, user = find_binaries(), unprivileged_user()
    folder.mkdir(parents=True, exist_ok=True)
    if user:
        shutil.chown(folder, user)
    server = TemporaryPostgres(folder, binaries, user)
    if not (folder / "data" / "PG_VERSION").exists():
        server.create()
    server.start_again(KEPT)
    try:
        yield server
    finally:
        server.stop_gently()


@contextmanager
def temporary_replica(primary: TemporaryPostgres) -> Iterator[TemporaryPostgres]:
    """Start a server that follows another one by streaming and answers what only reads."""
    with _prepared_folder() as server:
        server.create_from(primary)
        with _running(server):
            yield server


@contextmanager
def _prepared_folder() -> Iterator[TemporaryPostgres]:
    """Lend a server that has a folder but no cluster yet."""
    binaries, user = find_binaries(), unprivileged_user()
    # Not in TMPDIR: the path of a socket may have 107 characters only.
    folder = Path(tempfile.mkdtemp(prefix="rosetta-pg-", dir="/tmp"))
    try:
        if user:
            shutil.chown(folder, user)
        yield TemporaryPostgres(folder, binaries, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(server: TemporaryPostgres) -> Iterator[None]:
    server.start()
    try:
        yield
    finally:
        # Some users of it have stopped it already, to see what goes on without it.
        if server.is_running:
            server.stop()


def find_binaries() -> Path:
    """Return the folder of the newest PostgreSQL on this machine."""
    versions = [path for path in DEBIAN.glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    raise NoPostgresError("PostgreSQL is not installed. Run: sudo apt install postgresql")


def unprivileged_user() -> str | None:
    """Return whom to run the server as; `None` for whoever is asking."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def main() -> int:
    """Run the command of the command line."""
    if len(sys.argv) == 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with temporary_postgres() as server:
            environment = {**os.environ, "TEST_DATABASE_URL": server.url}
            return subprocess.run(sys.argv[1:], check=False, env=environment).returncode
    except NoPostgresError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
