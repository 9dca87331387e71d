"""A started server: how soon it answers; reads, creates and updates by 1, 4 and 16 clients.

`python -m benchmarks.served [--sizes 10000] [--seconds 5] [--json FILE]`

`--address URL --header "X-Redmine-API-Key: KEY"` loads a server that runs already, of any system
that speaks RedmineUP's protocol.
"""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks import command, databases
from benchmarks.figures import Figure
from benchmarks.load import Load, figures_of

CLIENTS = [1, 4, 16]
PATIENCE_IN_SECONDS = 120
# Twice as many contacts as clients: two seldom change the same one at once.
CHANGED = 32
CREATE = '{"contact": {"first_name": "Load {n}", "project_id": "demo"}}'
UPDATE = '{"contact": {"job_title": "Title {n}"}}'


@dataclass(frozen=True)
class Served:
    """A server that was started: where it is, its first process, how soon it answered."""

    address: str
    process: int
    seconds: float


def measure(sizes: Sequence[int], seconds: float) -> list[Figure]:
    """Return the figures of a server at each size."""
    found: list[Figure] = []
    for size in databases.copies(sizes):
        given = databases.prepared(size)["redmineup"]
        bare = _seconds_of("-c", "import django; django.setup()")
        with serving(size) as served:
            name, ours = "server start / bare Django", served.seconds
            found.append(Figure(name, ours / bare, ours, bare, "s", size))
            headers = {"X-Redmine-API-Key": given["api_key"]}
            found += loaded(served.address, headers, seconds, databases.engine())
    return found


def loaded(address: str, headers: dict[str, str], seconds: float, engine: str) -> list[Figure]:
    """Return how many reads, creates and updates a second a server at an address answers."""
    sent = {"Content-Type": "application/json", **headers}
    made = [_made(address, sent) for _contact in range(CHANGED)]
    loads = [
        Load(address, ["/contacts.json?limit=100"], headers),
        Load(address, ["/contacts.json"], sent, "POST", CREATE),
        Load(address, made, sent, "PUT", UPDATE),
    ]
    return [each for load in loads for each in figures_of(load, CLIENTS, seconds, engine)]


def _made(address: str, headers: dict[str, str]) -> str:
    """Create a contact to be changed; returns its path."""
    body = CREATE.replace("{n}", "to be changed").encode()
    asked = urllib.request.Request(f"{address}/contacts.json", body, headers)  # noqa: S310 -- ours
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 -- ours
        return f"/contacts/{json.load(answer)['contact']['id']}.json"


@contextmanager
def serving(size: int, **settings: str) -> Iterator[Served]:
    """Serve the database of that size."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    variables = {
        **databases.environment(size),
        "PORT": str(port),
        "BASE_URL": address,
        "WORKER_BESIDE_SERVER": "off",
        **settings,
    }
    started = time.monotonic()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"], cwd=databases.ROOT, env=variables
    )
    try:
        while not _answers(address):
            if server.poll() is not None or time.monotonic() - started > PATIENCE_IN_SECONDS:
                raise SystemExit("the server did not start")
            time.sleep(0.02)
        yield Served(address, server.pid, time.monotonic() - started)
    finally:
        server.terminate()
        server.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/ready", timeout=5):  # noqa: S310 -- ours
            return True
    except (urllib.error.URLError, OSError):
        return False


def _seconds_of(*words: str) -> float:
    started = time.monotonic()
    variables = {**databases.environment(1), "DJANGO_SETTINGS_MODULE": "crm.settings"}
    subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, *words], cwd=databases.ROOT, env=variables, check=True
    )
    return time.monotonic() - started


def main() -> int:
    """Measure."""
    parser = command.addressed(command.parser(__doc__, [10_000]))
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    if options.address:
        headers = command.headers_of(options)
        found = loaded(options.address, headers, options.seconds, options.address)
        return command.report(options, found)
    return command.run(options, lambda: measure(options.sizes, options.seconds))


if __name__ == "__main__":
    sys.exit(main())
