"""A filtered list in Wild Apricot's protocol: at once, and begun first and fetched afterwards.

`python -m benchmarks.filtered [--sizes 100000] [--rounds 30] [--json FILE]`
"""

import argparse
import itertools
import json
import sys
from collections.abc import Sequence
from urllib.parse import urlencode

from benchmarks import command, databases
from benchmarks.figures import Figure
from benchmarks.requests import Application, medians

LIST = "/v2.2/accounts/1/contacts"
# Of a state that the synthetic contacts have: a list of nobody would say nothing.
FEW = "'State/Prov' eq 'TX' AND Archived eq false"
MANY = "Balance eq 0 AND 'Profile last updated' ge 2013-06-25"


def measure(sizes: Sequence[int], rounds: int) -> list[Figure]:
    """Return the figures at all sizes."""
    found: list[Figure] = []
    for size in sizes:
        key = databases.prepared(size)["wildapricot"]["api_key"]
        times = databases.in_process(size, "filtered", "--rounds", str(rounds), "--key", key)
        floor = times.pop("floor")
        found += [
            Figure(f"{name} / bare view", ours / floor, ours, floor, "ms", size)
            for name, ours in times.items()
        ]
    return found


def time_lists(key: str, rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each list and of the floor, in this process."""
    application = Application()
    numbers = itertools.count()

    def at_once(text: str, **more: str) -> bytes:
        query = urlencode({"$async": "false", "$filter": text, "apikey": key, **more})
        return application.get(f"{LIST}?{query}")

    def new(text: str) -> str:
        # Another question each time, or the one that is known would be answered.
        return f"{text} AND ID ne {10**9 + next(numbers)}"

    def afterwards(text: str, **more: str) -> bytes:
        asked = {"$filter": new(text), "apikey": key, **more}
        begun = application.get(f"{LIST}?{urlencode(asked)}")
        result = json.loads(begun)["ResultId"]
        return application.get(f"{LIST}?{urlencode({'resultId': result, 'apikey': key})}")

    asks = {
        "filtered page at once": lambda: at_once(MANY, **{"$top": "100"}),
        "filtered page fetched later": lambda: afterwards(MANY, **{"$top": "100"}),
        "whole filtered list at once": lambda: at_once(FEW),
        "whole filtered list fetched later": lambda: afterwards(FEW),
        "count of a filter": lambda: at_once(new(MANY), **{"$count": "true"}),
        "the same count again": lambda: at_once(MANY, **{"$count": "true"}),
        "ids of a filter": lambda: at_once(MANY, idsOnly="true"),
    }
    return medians({"floor": lambda: application.get("/floor/page"), **asks}, rounds)


def main() -> int:
    """Measure, or be the process that measures one size."""
    parser = command.parser(__doc__, [100_000])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--key", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.size:
        print(json.dumps(time_lists(options.key, options.rounds)))
        return 0
    return command.run(options, lambda: measure(options.sizes, options.rounds))


if __name__ == "__main__":
    sys.exit(main())
