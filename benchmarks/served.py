"""A started server: how soon it answers, and reads and creates by 1, 4 and 16 clients.

`python -m benchmarks.served [--sizes 10000] [--seconds 5] [--json FILE]`
"""

import argparse
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from benchmarks import databases, figures
from benchmarks.figures import Figure
from benchmarks.load import Load, figures_of

CLIENTS = [1, 4, 16]
PATIENCE_IN_SECONDS = 120


def measure(sizes: Sequence[int], seconds: float) -> list[Figure]:
    """Return the figures of a server at each size."""
    found: list[Figure] = []
    for size in sizes:
        given = databases.prepared(size)["redmineup"]
        headers = {"X-Redmine-API-Key": given["api_key"], "Content-Type": "application/json"}
        bare = _seconds_of("-c", "import django; django.setup()")
        with _serving(size) as (address, started):
            name = "server start / bare Django"
            found.append(Figure(name, started / bare, started, bare, "s", size, databases.ENGINE))
            body = '{"contact": {"first_name": "Load {n}", "project_id": "demo"}}'
            loads = [
                Load(address, "/contacts.json?limit=100", headers),
                Load(address, "/contacts.json", headers, "POST", body),
            ]
            for load in loads:
                found += figures_of(load, CLIENTS, seconds, databases.ENGINE)
    return found


@contextmanager
def _serving(size: int) -> Iterator[tuple[str, float]]:
    """Serve the database of that size; lends the address and the seconds until it answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    variables = {
        **databases.environment(size),
        "PORT": str(port),
        "BASE_URL": address,
        "WORKER_BESIDE_SERVER": "off",
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
        yield address, time.monotonic() - started
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    return figures.report(measure(options.sizes, options.seconds), options.json)


if __name__ == "__main__":
    sys.exit(main())
