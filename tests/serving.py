"""Start the real server for tests that speak to it over HTTP."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests import migrated
from tests.server_logs import started

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_IN_SECONDS = 180


@dataclass
class Server:
    """A server process with a database and folders of its own."""

    folder: Path
    database_url: str
    settings: Mapping[str, str] = field(default_factory=dict)
    credentials: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.log = self.folder / "server.log"

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of every process that belongs to this server."""
        return {
            **os.environ,
            "BASE_URL": self.base_url,
            "DATABASE_URL": self.database_url,
            "LOG_LEVEL": "INFO",
            "MEDIA_ROOT": str(self.folder / "media"),
            "PORT": str(self.port),
            "VAR_DIR": str(self.folder),
            "WEB_CONCURRENCY": "2",
            # Tests that want one say so: it would only take turns from the server.
            "WORKER_BESIDE_SERVER": "off",
            **self.settings,
        }

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.fail(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def prepare(self) -> None:
        """Create the tables and an administrator with a credential for every dialect."""
        self.manage("migrate", "--verbosity=0")
        words = ["--username=admin", f"--password={secrets.token_urlsafe(12)}", "--json"]
        self.credentials = json.loads(self.manage("bootstrap", *words))

    def start(self, *options: str) -> None:
        """Start serving and wait until the server says that it is ready."""
        started.note(self)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", *options],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                # A group of its own, as a shell gives to what it starts.
                start_new_session=True,
            )
        give_up = time.monotonic() + PATIENCE_IN_SECONDS
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > give_up:
                pytest.fail(f"The server did not become ready:\n{self.log.read_text()}")
            time.sleep(0.05)

    def is_ready(self) -> bool:
        """Ask the server itself."""
        try:
            with urllib.request.urlopen(f"{self.base_url}/health/ready", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """Stop serving, gently at first."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=PATIENCE_IN_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
        # Some folders go with the test.
        started.read(self)


def free_port() -> int:
    """Return a port on which nobody listens just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """Lend the address of a database without records, of the kind that this run is on.

    It has its tables already: it is a copy of the image of them where one is kept.
    """
    address = os.environ.get("TEST_DATABASE_URL")
    if not address or address.startswith("sqlite"):
        file = folder / "rosetta.sqlite3"
        if migrated.image().is_file():
            shutil.copyfile(migrated.image(), file)
        yield f"sqlite:///{file}"
        return
    import psycopg  # noqa: PLC0415 - not installed where only SQLite is tested

    def sibling(database: str) -> str:
        before, _, options = address.partition("?")
        return f"{before.rpartition('/')[0]}/{database}" + (f"?{options}" if options else "")

    def migrate(database: str) -> None:
        Server(folder, sibling(database)).manage("migrate", "--verbosity=0")

    template = migrated.template(address, migrate)
    name = f"rosetta_server_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield sibling(name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Lend a served installation: the real process, a database of its own, an administrator."""
    with own_database(folder) as database_url:
        running = Server(folder, database_url)
        running.prepare()
        running.start()
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve for the whole run, to all tests that bear with what others left in the database."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def _no_secrets_in_logs() -> Iterator[None]:
    """Fail in the end if the log of any server that was started holds a secret."""
    yield
    started.require_clean()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show the end of the server's log beside a test that failed with it."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined] # pluggy gives more than it says
    running = getattr(item, "funcargs", {}).get("server")
    if report.failed and isinstance(running, Server) and running.log.exists():
        lines = running.log.read_text(errors="replace").splitlines()[-60:]
        report.sections.append(("server log", "\n".join(lines)))
