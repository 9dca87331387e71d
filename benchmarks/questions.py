"""What a list costs for whom, where, how sorted and how often asked: goals of the design.

`python -m benchmarks.questions [--sizes 10000 100000] [--rounds 30] [--engine postgresql]`

Users of 1, 10 and 100 projects and an administrator; a filter that keeps little under another sort;
pages in the middle and at the end; what a total adds to a page; a create and an update against a
constant view; a password against a key. `--skewed` asks a database in which nothing is spread
evenly (benchmarks/skewing.py).
"""

import base64
import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from typing import Any
from urllib.parse import quote

from benchmarks import command, databases
from benchmarks.figures import Figure
from benchmarks.goals import measured
from benchmarks.growth import growth_of
from benchmarks.people import PASSWORD
from benchmarks.requests import Application, beside, medians
from benchmarks.skewing import SURNAME, TAG

LIST = "/contacts.json?limit=100"
NEWEST = "&sort=created_on:desc"
# Name of a figure: the goal, what is asked, and what it is compared with, in turns.
RATIOS: Mapping[str, tuple[str, str, str]] = {
    "few of many, other sort / page": ("5", "few", "list anew"),
    "few of many, asked again / page": ("", "few again", "list of member"),
    "page at 99 % / first page": ("6 end", "end", "list of member"),
    "page at 50 % / first page": ("6 middle", "middle", "list of member"),
    "create / constant view": ("", "create", "constant"),
    "update / constant view": ("", "update", "constant"),
    "contact / constant view": ("", "mine", "constant"),
    "filter never asked before / page": ("", "new question", "list of member"),
    "password / key": ("12", "password", "one by key"),
    "a tag of nine in ten / page": ("5", "tag", "list of member"),
    "the same, newest first / page": ("5", "tag, newest", "list of member"),
    "a surname of one in fifty / page": ("5", "surname", "list anew"),
    "the same surname, newest first / page": ("5", "surname, newest", "list anew"),
    "search for that surname / page": ("5", "surname searched", "list anew"),
    "list of narrow / bare view": ("", "list of narrow", "floor"),
    "list of member / bare view": ("1", "list of member", "floor"),
    "list of wide / bare view": ("", "list of wide", "floor"),
    "list of admin / bare view": ("", "list of admin", "floor"),
    "list of member written anew / bare view": ("1", "list anew", "floor"),
}
TOTALS: Mapping[str, str] = {"7 known": "known total", "7 new": "new total"}
USERS = ("narrow", "member", "wide", "admin")


def measure(sizes: Sequence[int], rounds: int, *, skewed: bool = False) -> list[Figure]:
    """Return the figures of all questions at all sizes, and how lists grow for each user."""
    with databases.skewed() if skewed else nullcontext():
        found: list[Figure] = []
        lists: dict[str, dict[int, float]] = {}
        before = "skewed: " if skewed else ""
        for size in databases.copies(sizes):
            given = json.dumps({**databases.people(size), "is_skewed": skewed})
            times = databases.in_process(size, "questions", f"--rounds={rounds}", "--given", given)
            found += _figures(times, size, before)
            for user in USERS:
                ours, floor = times[f"list of {user} / bare view"]
                lists.setdefault(f"{before}list of {user}", {})[size] = ours / floor
        return found + growth_of("4", lists)


def _figures(times: Mapping[str, Sequence[float]], size: int, before: str) -> list[Figure]:
    found = []
    for name, (goal, _asked, _floor) in RATIOS.items():
        if name in times:
            ours, floor = times[name]
            found.append(_figure(goal, before + name, ours, floor, size))
    for goal, name in TOTALS.items():
        whole, without, page = times[name]
        extra = max(0.0, whole - without)
        found.append(_figure(goal, f"{before}what a {name} adds / page", extra, page, size))
    return found


def _figure(goal: str, name: str, ours: float, floor: float, size: int) -> Figure:
    if goal:
        return measured(goal, name, ours, floor, "ms", size)
    return Figure(name, ours / floor, ours, floor, "ms", size)


def time_questions(people: Mapping[str, Any], rounds: int) -> dict[str, Sequence[float]]:
    """Return the median milliseconds of both sides of each figure, in this process.

    Of a total there are three: the page with it, the page without it, and the whole answer.
    """
    application = Application()
    keys = {user: {"X-Redmine-API-Key": people[user]["redmineup"]["api_key"]} for user in USERS}
    member = keys["member"]

    def asking(path: str, headers: Mapping[str, str] = member) -> Callable[[], object]:
        return lambda: application.get(path, headers)

    asks = {f"list of {user}": asking(LIST, headers) for user, headers in keys.items()}
    few = f"{LIST}&last_name={quote(_surname())}{NEWEST}"
    asks |= {
        "floor": asking("/floor/page", {}),
        "few": _anew(asking(few)),
        "few again": asking(few),
        "list anew": _anew(asking(LIST, member)),
    }
    password = base64.b64encode(f"member:{PASSWORD}".encode()).decode()
    asks["one by key"] = asking("/contacts.json?limit=1")
    asks["password"] = asking("/contacts.json?limit=1", {"Authorization": f"Basic {password}"})
    numbers = itertools.count(int(time.time() * 1000))
    # Another question each time, or the answer would be known.
    asks["new question"] = lambda: application.get(f"{LIST}&job_title=!~x{next(numbers)}", member)
    asks |= _skewed(asking) if people["is_skewed"] else {}
    total = json.loads(application.get(LIST, member))["total_count"]
    asks["middle"] = asking(f"{LIST}&offset={total // 2}")
    asks["end"] = asking(f"{LIST}&offset={total - total // 100}")
    found = dict(_compared(asks, rounds))
    of_page = _totals(people["member"]["redmineup"]["api_key"])
    totals = medians({**of_page, "page": asks["list of member"]}, rounds)
    for name in TOTALS.values():
        found[name] = (totals[name], totals["no total"], totals["page"])
    # Reads before writes: after a change there is nothing that a read could know already.
    return found | dict(_compared(_changes(application, member), rounds))


def _compared(
    asks: Mapping[str, Callable[[], object]], rounds: int
) -> Iterator[tuple[str, Sequence[float]]]:
    """Yield the figures of what is asked here, with the medians of both sides."""
    for name, (_goal, asked, floor) in RATIOS.items():
        if asked in asks:
            yield name, beside(asks[floor], {asked: asks[asked]}, rounds)[asked]


def _surname() -> str:
    """Return the surname that is nearest to that of one contact in a hundred."""
    from django.db.models import Count  # noqa: PLC0415 -- after the set-up

    from contacts.models import Contact  # noqa: PLC0415 -- the same

    named = Contact.objects.exclude(last_name="").order_by().values_list("last_name")
    counts = named.annotate(holders=Count("pk"))
    hundredth = Contact.objects.count() / 100
    return str(min(counts, key=lambda row: (abs(row[1] - hundredth), row[0]))[0])


def _totals(key: str) -> dict[str, Callable[[], object]]:
    """Return a page of the domain without a total, with one that is known, with a new one."""
    from api.redmineup.auth import KEY  # noqa: PLC0415 -- after the set-up
    from contacts import query  # noqa: PLC0415 -- the same
    from contacts.access import actor_of_secret  # noqa: PLC0415 -- the same
    from contacts.fields import reference  # noqa: PLC0415 -- the same
    from contacts.query.totals import forget_totals  # noqa: PLC0415 -- the same

    actor = actor_of_secret(key, [KEY], dialect="redmineup")

    def page(*, total: bool) -> object:
        # As in a request: the statement that finds its credential tells the version of the data.
        reference.know_data("as it is")
        return query.search(actor, query.Query(limit=100, total=total))

    def new_total() -> object:
        forget_totals()
        return page(total=True)

    return {
        "no total": partial(page, total=False),
        "known total": partial(page, total=True),
        "new total": new_total,
    }


def _skewed(asking: Callable[[str], Callable[[], object]]) -> dict[str, Callable[[], object]]:
    return {
        "tag": asking(f"{LIST}&tags={TAG}"),
        "tag, newest": asking(f"{LIST}&tags={TAG}{NEWEST}"),
        "surname": _anew(asking(f"{LIST}&last_name={SURNAME}")),
        "surname, newest": _anew(asking(f"{LIST}&last_name={SURNAME}{NEWEST}")),
        "surname searched": _anew(asking(f"{LIST}&search={SURNAME.lower()}")),
    }


def _anew(ask: Callable[[], object]) -> Callable[[], object]:
    """Return the same, found and written each time as if nobody had asked for it before."""
    from api.base.kept_writing import forget_writing  # noqa: PLC0415 -- after the set-up
    from contacts.query.broad import forget_breadths  # noqa: PLC0415 -- the same
    from contacts.query.kept_lists import forget_lists  # noqa: PLC0415 -- the same

    def asked() -> object:
        forget_breadths()
        forget_lists()
        forget_writing()
        return ask()

    return asked


def _changes(
    application: Application, headers: Mapping[str, str]
) -> dict[str, Callable[[], object]]:
    """Return a create and an update, and what only reads what they made."""
    numbers = itertools.count(int(time.time() * 1000))

    def create() -> bytes:
        body = new_contact(next(numbers))
        return application.send("POST", "/contacts.json", headers, body=body, expected="201")

    mine = f"/contacts/{json.loads(create())['contact']['id']}.json"

    def update() -> object:
        body = json.dumps({"contact": {"job_title": f"Title {next(numbers)}"}})
        return application.send("PUT", mine, headers, body=body, expected="20")

    return {
        "create": create,
        "update": update,
        "mine": lambda: application.get(mine, headers),
        "constant": lambda: application.get("/floor/constant"),
    }


def new_contact(number: int) -> str:
    """Return the body of a contact with an e-mail, a phone, two tags and two custom values."""
    return json.dumps(
        {
            "contact": {
                "first_name": f"Load {number}",
                "last_name": "Bench",
                "project_id": "demo",
                "emails": [f"load{number}@example.com"],
                "phones": [f"+1 555 {number % 10**7:07d}"],
                "tag_list": ["vip", "partner"],
                "custom_fields": [{"id": 3, "value": "12345"}, {"id": 5, "value": "blue"}],
            }
        }
    )


def main() -> int:
    """Measure, or be the process that measures one size."""
    parser = command.parser(__doc__, [10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--skewed", action="store_true")
    options = parser.parse_args()
    if options.size:
        print(json.dumps(time_questions(json.loads(options.given), options.rounds)))
        return 0
    asked = (options.sizes, options.rounds)
    return command.run(options, lambda: measure(*asked, skewed=options.skewed))


if __name__ == "__main__":
    sys.exit(main())
