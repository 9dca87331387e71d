"""Who may be the same as one contact, against a bare view.

`python -m benchmarks.duplicates [--sizes 100000] [--rounds 10] [--engine postgresql]`
"""

import json
import sys
from collections.abc import Callable, Sequence

from benchmarks import command, databases
from benchmarks.figures import Figure
from benchmarks.goals import measured
from benchmarks.requests import Application, medians

CONTACTS = 20


def measure(sizes: Sequence[int], rounds: int) -> list[Figure]:
    """Return what one look costs at each size.

    A database that was grown has each contact ten times over, so there is more to compare.
    """
    found = []
    for size in sizes:
        given = databases.prepared(size)["redmineup"]["api_key"]
        times = databases.in_process(size, "duplicates", f"--rounds={rounds}", "--given", given)
        ours, floor = times["duplicates"] / CONTACTS, times["floor"]
        title = "duplicates of a contact / bare view"
        found.append(measured("16", title, ours, floor, "ms", size))
    return found


def time_looks(key: str, rounds: int) -> dict[str, float]:
    """Return the median milliseconds of twenty looks, and of the floor."""
    application = Application()
    from api.redmineup.auth import KEY  # noqa: PLC0415 -- after the set-up
    from contacts import query  # noqa: PLC0415 -- the same
    from contacts.access import actor_of_secret  # noqa: PLC0415 -- the same
    from contacts.admin.address_book.similar import similar_to  # noqa: PLC0415 -- the same

    actor = actor_of_secret(key, [KEY], dialect="redmineup")
    people = query.where(actor, "kind", "eq", "person")
    # Not the first ones of the list, who have no e-mail more often than others.
    asked = query.Query(condition=people, offset=CONTACTS, limit=CONTACTS, total=False)
    documents = query.search(actor, asked).documents
    if not documents:
        raise SystemExit("nobody is there to look at")

    def look() -> None:
        for place in range(CONTACTS):
            similar_to(actor, documents[place % len(documents)])

    asks: dict[str, Callable[[], object]] = {"duplicates": look}
    return medians({"floor": lambda: application.get("/floor/page"), **asks}, rounds)


def main() -> int:
    """Measure, or be the process that measures one size."""
    parser = command.parser(__doc__, [100_000])
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    if options.size:
        print(json.dumps(time_looks(options.given, options.rounds)))
        return 0
    return command.run(options, lambda: measure(options.sizes, options.rounds))


if __name__ == "__main__":
    sys.exit(main())
