"""330 fixed words against four columns looked through with LIKE, both in one run.

`python -m benchmarks.searching [--sizes 100000] [--naive 12] [--engine postgresql]`

LIKE is asked for some of the words only: each takes as long as the table is large.
"""

import json
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from benchmarks import command, databases
from benchmarks.clock import spent
from benchmarks.figures import Figure
from benchmarks.goals import measured
from benchmarks.requests import Application

WORDS = 330
LONGEST, SHORTEST = 9, 3
NAIVE = (
    "SELECT c.id FROM contacts_contact c WHERE lower(c.first_name) LIKE %s"
    " OR lower(c.last_name) LIKE %s OR lower(c.company) LIKE %s OR EXISTS (SELECT 1 FROM"
    " contacts_emailaddress e WHERE e.contact_id = c.id AND lower(e.address) LIKE %s)"
    " ORDER BY c.sort_name, c.id LIMIT 25"
)


def measure(sizes: Sequence[int], naive: int) -> list[Figure]:
    """Return how many times dearer LIKE is, at the 95th percentile."""
    found = []
    for size in sizes:
        key = databases.prepared(size)["redmineup"]["api_key"]
        words = (f"--naive={naive}", "--given", json.dumps({"key": key}))
        times = databases.in_process(size, "searching", *words)
        title = f"LIKE / search p95 (p50 {times['middle']:.1f} ms)"
        found.append(measured("8", title, times["naive"], times["ours"], "ms", size))
    return found


def time_searches(key: str, naive: int) -> dict[str, float]:
    """Return the 95th percentile of milliseconds of both, and the middle of ours."""
    application = Application()
    from django.db import connection  # noqa: PLC0415 -- after the set-up

    headers = {"X-Redmine-API-Key": key}
    words = fixed_words(connection)

    def look_through(word: str) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Helpers of a statement are processes whose time would not be counted.
                cursor.execute("SET max_parallel_workers_per_gather = 0")
            cursor.execute(NAIVE, [f"%{word}%"] * 4)
            cursor.fetchall()

    def search(word: str) -> None:
        application.get(f"/contacts.json?limit=25&search={quote(word)}", headers)

    search(words[0])
    ours = sorted(_milliseconds(search, word) for word in words)
    theirs = sorted(_milliseconds(look_through, word) for word in words[:naive])
    return {"ours": _at(ours, 0.95), "middle": _at(ours, 0.5), "naive": _at(theirs, 0.95)}


def fixed_words(connection: Any) -> list[str]:  # noqa: ANN401 -- Django's
    """Cut words out of what is there to find, of anything that a text has; the same each time."""
    chance = random.Random(330)
    with connection.cursor() as cursor:
        cursor.execute("SELECT narrow FROM contacts_contacttext ORDER BY contact_id LIMIT 5000")
        lines = [line for (text,) in cursor.fetchall() for line in text.split("\n")]
    long = [line for line in lines if len(line) >= LONGEST]
    words = []
    while len(words) < WORDS:
        (line,) = chance.choices(long, [len(each) for each in long])
        length = chance.randint(SHORTEST, LONGEST)
        start = chance.randrange(len(line) - length + 1)
        word = line[start : start + length]
        words += [word] if " " not in word else []
    return words


def _milliseconds(ask: Callable[[str], None], word: str) -> float:
    started = spent()
    ask(word)
    return spent() - started


def _at(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))]


def main() -> int:
    """Measure, or be the process that measures one size."""
    parser = command.parser(__doc__, [100_000])
    parser.add_argument("--naive", type=int, default=12)
    options = parser.parse_args()
    if options.size:
        given: Mapping[str, str] = json.loads(options.given)
        print(json.dumps(time_searches(given["key"], options.naive)))
        return 0
    return command.run(options, lambda: measure(options.sizes, options.naive))


if __name__ == "__main__":
    sys.exit(main())
