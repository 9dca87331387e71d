"""330 fixed words against four columns looked through with LIKE, both in one run.

`python -m benchmarks.searching [--sizes 100000] [--naive 12] [--engine postgresql]`

LIKE is asked for some of the words only: each takes as long as the table is large. The goal is held
to a page of 25 by name of what a member of ten projects sees (design/performance.md, section 7);
beside it stands the same list over its protocol, with its exact total.
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
        naive, whole = times["naive"], times["whole"]
        title = f"LIKE / search p95 (p50 {times['middle']:.1f} ms)"
        found.append(measured("8", title, naive, times["page"], "ms", size))
        title = f"LIKE / search with its total p95 (p50 {times['middle of whole']:.1f} ms)"
        found.append(Figure(title, naive / whole, naive, whole, "ms", size))
    return found


def time_searches(key: str, naive: int) -> dict[str, float]:
    """Return the 95th percentile of milliseconds of LIKE and of ours, and the middle of ours."""
    application = Application()
    from django.db import connection  # noqa: PLC0415 -- after the set-up

    from api.redmineup.auth import KEY  # noqa: PLC0415 -- the same
    from contacts import query  # noqa: PLC0415 -- the same
    from contacts.access import actor_of_secret  # noqa: PLC0415 -- the same

    actor = actor_of_secret(key, [KEY], dialect="redmineup")
    words = fixed_words(connection)

    def look_through(word: str) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Helpers of a statement are processes whose time would not be counted.
                cursor.execute("SET max_parallel_workers_per_gather = 0")
            cursor.execute(NAIVE, [f"%{word}%"] * 4)
            cursor.fetchall()

    def page(word: str) -> None:
        query.search(actor, query.Query(limit=25, search=word, total=False))

    def whole(word: str) -> None:
        path = f"/contacts.json?limit=25&search={quote(word)}"
        application.get(path, {"X-Redmine-API-Key": key})

    pages, wholes = (_times_of(ask, words) for ask in (page, whole))
    return {
        "page": _at(pages, 0.95),
        "middle": _at(pages, 0.5),
        "whole": _at(wholes, 0.95),
        "middle of whole": _at(wholes, 0.5),
        "naive": _at(sorted(_milliseconds(look_through, word) for word in words[:naive]), 0.95),
    }


def _times_of(ask: Callable[[str], None], words: Sequence[str]) -> list[float]:
    """Return how long each word takes that was never asked for before, in ascending order."""
    from contacts.query.broad import forget_breadths  # noqa: PLC0415 -- after the set-up
    from contacts.query.hints import forget_words  # noqa: PLC0415 -- the same
    from contacts.query.kept_lists import forget_lists  # noqa: PLC0415 -- the same
    from contacts.query.totals import forget_totals  # noqa: PLC0415 -- the same

    ask(words[0])
    for forget in (forget_words, forget_breadths, forget_lists, forget_totals):
        forget()
    return sorted(_milliseconds(ask, word) for word in words)


def fixed_words(connection: Any) -> list[str]:  # noqa: ANN401 -- Django's
    """Cut words out of what is there to find, of anything that a text has; the same each time."""
    chance = random.Random(330)
    with connection.cursor() as cursor:
        cursor.execute("SELECT narrow FROM contacts_contacttext ORDER BY contact_id LIMIT 5000")
        lines = [line for (text,) in cursor.fetchall() for line in text.split("\n")]
    long = [line for line in lines if len(line) >= LONGEST]
    words: list[str] = []
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
