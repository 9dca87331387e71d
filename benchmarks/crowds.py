"""Sixteen who write and eight who read at once, on a started server: nothing may fail or get lost.

`python -m benchmarks.crowds [--sizes 10000] [--seconds 20] [--engine postgresql]`

On SQLite once with every write on the disk before it is answered (FULL), and once without.
`--address URL --header "X-Redmine-API-Key: KEY"` asks a server that runs already.
"""

import json
import sys
import threading
import time
import urllib.request
from collections.abc import Sequence

from benchmarks import command, databases
from benchmarks.figures import Figure
from benchmarks.goals import measured
from benchmarks.load import Load, Tally, run
from benchmarks.served import serving

WRITERS, READERS = 16, 8
SLOWEST_IN_MILLISECONDS = 1_000
MODES = {"sqlite": ("NORMAL", "FULL"), "postgresql": ("",)}


def measure(sizes: Sequence[int], seconds: float) -> list[Figure]:
    """Return what came of it at each size."""
    return [
        figure
        for size in databases.copies(sizes)
        for mode in MODES[databases.engine()]
        for figure in _crowd(size, mode, seconds)
    ]


def _crowd(size: int, mode: str, seconds: float) -> list[Figure]:
    key = databases.prepared(size)["redmineup"]["api_key"]
    settings = {"SQLITE_SYNCHRONOUS": mode} if mode else {}
    with serving(size, **settings) as served:
        name = f"16 writers + 8 readers {mode}".strip()
        return crowded(served.address, {"X-Redmine-API-Key": key}, seconds, name=name, size=size)


def crowded(
    address: str, headers: dict[str, str], seconds: float, *, name: str, size: int
) -> list[Figure]:
    """Return what failed, what got lost and how slow the slowest were at an address."""
    headers = {"Content-Type": "application/json", **headers}
    mark = f"crowd{int(time.time())}"
    body = json.dumps({"contact": {"first_name": f"{mark} {{n}}", "project_id": "demo"}})
    writes = Load(address, ["/contacts.json"], headers, "POST", body)
    reads = Load(address, ["/contacts.json?limit=100"], headers)
    tallies: dict[str, Tally] = {}
    threads = [
        threading.Thread(target=_note, args=[tallies, word, load, clients, seconds])
        for word, load, clients in (("writes", writes, WRITERS), ("reads", reads, READERS))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored, written = _total(address, headers, mark), tallies["writes"].good
    failed = sum(tally.failures for tally in tallies.values())
    slowest, most = tallies["writes"].slowest(0.99), SLOWEST_IN_MILLISECONDS
    title, values = f"{name}: p99 / 1 s", (slowest, most, "ms", size)
    # With every write on the disk the design promises no time.
    bare = Figure(title, slowest / most, *values)
    return [
        measured("11 failed", f"{name}: failed", failed, 0, "answers", size),
        measured("11 lost", f"{name}: lost of {written}", written - stored, 0, "contacts", size),
        bare if name.endswith("FULL") else measured("11 slowest", title, *values),
    ]


def _note(tallies: dict[str, Tally], name: str, load: Load, clients: int, seconds: float) -> None:
    tallies[name] = run(load, clients, seconds)


def _total(address: str, headers: dict[str, str], mark: str) -> int:
    request = urllib.request.Request(  # noqa: S310 -- ours
        f"{address}/contacts.json?limit=1&search={mark}", headers=headers
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 -- ours
        return int(json.load(answer)["total_count"])


def main() -> int:
    """Measure."""
    parser = command.addressed(command.parser(__doc__, [10_000]))
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    if options.address:
        headers, name = command.headers_of(options), "16 writers + 8 readers"
        found = crowded(options.address, headers, options.seconds, name=name, size=0)
        return command.report(options, found)
    return command.run(options, lambda: measure(options.sizes, options.seconds))


if __name__ == "__main__":
    sys.exit(main())
