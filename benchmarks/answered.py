"""What a contact, a create and an update cost a started server, against a constant view.

`python -m benchmarks.answered [--sizes 10000] [--rounds 10] [--engine postgresql]`

Over HTTP with a real key, in processor time of all the server's processes and of PostgreSQL's.
"""

import http.client
import itertools
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks import clock, command, databases
from benchmarks.figures import Figure
from benchmarks.goals import measured
from benchmarks.questions import new_contact
from benchmarks.served import Served, serving

# So many at once, since one alone is shorter than what is counted is exact.
TOGETHER = 20
FLOORS = "benchmarks.settings"


@dataclass
class Client:
    """A client with one lasting connection and a key."""

    address: str
    headers: dict[str, str]

    def __post_init__(self) -> None:
        target = urlsplit(self.address)
        self.connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=60)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_error: object) -> None:
        self.connection.close()

    def ask(self, method: str, path: str, body: str = "") -> bytes:
        """Return an answer; anything but a success is an error."""
        self.connection.request(method, path, body.encode() or None, self.headers)
        answer = self.connection.getresponse()
        found = answer.read()
        if not 200 <= answer.status < 300:
            message = f"{method} {path}: {answer.status}: {found[:300]!r}"
            raise SystemExit(message)
        return found


def measure(sizes: Sequence[int], rounds: int) -> list[Figure]:
    """Return the figures of a server at each size."""
    found: list[Figure] = []
    for size in databases.copies(sizes):
        given = databases.prepared(size)["redmineup"]
        headers = {"X-Redmine-API-Key": given["api_key"], "Content-Type": "application/json"}
        settings = {"DJANGO_SETTINGS_MODULE": FLOORS, "WEB_CONCURRENCY": "1"}
        with serving(size, **settings) as served, Client(served.address, headers) as client:
            times = times_of(client, served, rounds)
        floor = times["constant"]
        for name, goal in (("contact", "9"), ("create", "10"), ("update", "")):
            title, values = f"{name} / constant view over HTTP", (times[name], floor, "ms", size)
            figure = Figure(title, times[name] / floor, *values)
            found.append(measured(goal, title, *values) if goal else figure)
    return found


def times_of(client: Client, served: Served, rounds: int) -> dict[str, float]:
    """Return the median milliseconds of processor time of each request."""
    numbers = itertools.count(int(time.time() * 1000))
    shown = client.ask("GET", "/contacts.json?limit=1&is_company=0")
    path = f"/contacts/{json.loads(shown)['contacts'][0]['id']}.json"

    def create() -> bytes:
        return client.ask("POST", "/contacts.json", new_contact(next(numbers)))

    mine = f"/contacts/{json.loads(create())['contact']['id']}.json"

    def update() -> bytes:
        body = f'{{"contact": {{"job_title": "Title {next(numbers)}"}}}}'
        return client.ask("PUT", mine, body)

    asks: dict[str, Callable[[], bytes]] = {
        "constant": lambda: client.ask("GET", "/floor/constant"),
        "contact": lambda: client.ask("GET", path),
        "create": create,
        "update": update,
    }
    return {name: statistics.median(each) for name, each in _rounds(asks, served, rounds).items()}


def _rounds(
    asks: dict[str, Callable[[], bytes]], served: Served, rounds: int
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in asks}
    # The first time is for what is kept in memory from then on.
    for number in range(rounds + 1):
        for name, ask in asks.items():
            before = clock.milliseconds_of(_workers(served))
            for _again in range(TOGETHER):
                ask()
            spent = (clock.milliseconds_of(_workers(served)) - before) / TOGETHER
            times[name] += [spent] if number else []
    return times


def _workers(served: Served) -> Iterable[int]:
    """Return the processes of the server, and of the database that it asks."""
    postgres = databases.server()
    return [*clock.below(served.process), *(clock.below(postgres.process) if postgres else ())]


def main() -> int:
    """Measure."""
    parser = command.parser(__doc__, [10_000])
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    return command.run(options, lambda: measure(options.sizes, options.rounds))


if __name__ == "__main__":
    sys.exit(main())
