"""The same load on any server that speaks one of the protocols: ours, or a peer system's.

`python -m benchmarks.load ADDRESS --header "X-Redmine-API-Key: KEY" --get /contacts.json?limit=100
--post /contacts.json --body '{"contact": {"first_name": "Load {n}"}}' --clients 1 4 16`

`{n}` in a body is another number each time. Every answer that is no success is counted.
"""

import argparse
import http.client
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlsplit

from benchmarks import command
from benchmarks.figures import Figure


@dataclass
class Load:
    """What is asked of a server, and by whom; of several paths each in turn."""

    address: str
    paths: Sequence[str]
    headers: dict[str, str]
    method: str = "GET"
    body: str = ""
    numbers: "count[int]" = field(default_factory=lambda: count(int(time.time() * 1000)))


@dataclass
class Tally:
    """What came of it."""

    milliseconds: list[float] = field(default_factory=list)
    failures: int = 0

    @property
    def good(self) -> int:
        """Return how many answers were a success."""
        return len(self.milliseconds) - self.failures

    def slowest(self, share: float) -> float:
        """Return the milliseconds within which this share of the answers came."""
        return sorted(self.milliseconds)[int(len(self.milliseconds) * share) - 1]


def run(load: Load, clients: int, seconds: float) -> Tally:
    """Ask with so many clients at once for so long."""
    tally, end = Tally(), time.monotonic() + seconds
    threads = [threading.Thread(target=_ask, args=[load, tally, end]) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def _ask(load: Load, tally: Tally, end: float) -> None:
    target = urlsplit(load.address)
    kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
    connection = kind(target.hostname or "", target.port, timeout=60)
    while time.monotonic() < end:
        number = next(load.numbers)
        path = load.paths[number % len(load.paths)]
        body = load.body.replace("{n}", str(number)).encode() or None
        started = time.perf_counter()
        try:
            connection.request(load.method, path, body, load.headers)
            answer = connection.getresponse()
            answer.read()
            is_good = 200 <= answer.status < 300
        except (OSError, http.client.HTTPException):
            connection.close()
            is_good = False
        tally.milliseconds.append((time.perf_counter() - started) * 1000)
        tally.failures += not is_good
    connection.close()


def figures_of(load: Load, clients: list[int], seconds: float, engine: str) -> list[Figure]:
    """Return requests a second for each number of clients, beside those of one."""
    found: list[Figure] = []
    alone = 0.0
    for number in clients:
        tally = run(load, number, seconds)
        rate = len(tally.milliseconds) / seconds
        alone = alone or rate
        slowest = tally.slowest(0.99)
        name = f"{load.method} by {number}: {tally.failures} failed, p99 {slowest:.0f} ms"
        found.append(Figure(name, rate / alone, rate, alone, "/s", number, engine=engine))
    return found


def main() -> int:
    """Load the server that the command line names."""
    parser = command.with_bars(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("address")
    parser.add_argument("--header", action="append", default=[], metavar="NAME: VALUE")
    parser.add_argument("--get", metavar="PATH")
    parser.add_argument("--post", metavar="PATH")
    parser.add_argument("--put", metavar="PATH")
    parser.add_argument("--body", default="")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    headers = command.headers_of(options)
    found: list[Figure] = []
    for method in ("get", "post", "put"):
        path = getattr(options, method)
        if path:
            sent = {"Content-Type": "application/json", **headers} if method != "get" else headers
            body = options.body if method != "get" else ""
            load = Load(options.address, [path], sent, method.upper(), body)
            found += figures_of(load, options.clients, options.seconds, options.address)
    return command.report(options, found)


if __name__ == "__main__":
    sys.exit(main())
