"""What each screen of the browser UI weighs, and how long the server works for it.

`python -m benchmarks.screens [--size 100000] [--rounds 15] [--json FILE]`

The weight is all that a first visit fetches: the page as it is, style and scripts as they are sent
(compressed). The time is what the server's process computes, the database's work included, for an
administrator, who sees everything.
"""

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from pathlib import Path

from benchmarks import databases, figures
from benchmarks.figures import Figure
from benchmarks.requests import Application

LIST = "/admin/contacts/contact/"
WHERE = (
    '{"and":[{"field":"city","operator":"contains","value":"ber"},'
    '{"field":"kind","operator":"eq","value":"person"}]}'
)
SCREENS = {
    "start": "/admin/",
    "list": LIST,
    "list, page 100": f"{LIST}?page=100",
    "list, newest first": f"{LIST}?sort=-created",
    "list, one tag": f"{LIST}?tag=1",
    "list, advanced filter": f"{LIST}?where={WHERE}",
    "search, name": f"{LIST}?q=petrov",
    "search, part of an e-mail": f"{LIST}?q=person777@",
    "search, last digits": f"{LIST}?q=11-22",
    "search, misspelt": f"{LIST}?q=petorva",
    "search, nobody": f"{LIST}?q=qqqqzzzz",
    "quick search": f"{LIST}go/?q=kowal",
    "filter editor": f"{LIST}filter/",
    "contact": f"{LIST}77/",
    "contact, edit": f"{LIST}77/change/",
    "contact, raw answer": f"{LIST}77/as/redmineup/",
    "similar contacts": f"{LIST}similar/?name=Anna Petrova&email=person77@example.com",
    "archive": f"{LIST}archive/",
    "API keys": "/admin/contacts/credential/",
    "web forms": "/admin/contacts/webform/",
    "form builder": "/admin/contacts/webform/1/change/",
    "custom fields": "/admin/contacts/customfield/",
}
MOST_MILLISECONDS = 200.0
MOST_BYTES = 100_000
LINKED = re.compile(r'(?:href|src)="/static/([^"#?]+\.(?:css|js|svg))')
STATIC = Path(__file__).resolve().parent.parent / "contacts" / "static"
HASHED = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")


def measure(size: int, rounds: int) -> list[Figure]:
    """Return weight and time of every screen at a size."""
    databases.prepared(size)
    databases.manage(size, "collectstatic", "--noinput", "--verbosity=0")
    found = []
    measured = databases.in_process(size, "screens", "--inside", "--rounds", str(rounds))
    for name, (milliseconds, weight) in measured.items():
        spent = milliseconds / MOST_MILLISECONDS
        heavy = weight / MOST_BYTES
        title = f"{name}: time / 200 ms"
        found.append(
            Figure(title, spent, milliseconds, MOST_MILLISECONDS, "ms", size, "sqlite", 1.0)
        )
        title = f"{name}: weight / 100 kB"
        found.append(Figure(title, heavy, weight, MOST_BYTES, "bytes", size, "sqlite", 1.0))
    return found


def look(rounds: int) -> dict[str, tuple[float, int]]:
    """Return the median milliseconds and the weight of every screen, in this process."""
    application = Application()
    cookie = {"Cookie": f"sessionid={session_of_administrator()}"}
    found = {}
    for name, address in SCREENS.items():
        page = application.get(address, cookie)
        times = []
        for _round in range(rounds):
            # The processor's time: neighbours on the machine do not count.
            started = time.process_time()
            application.get(address, cookie)
            times.append((time.process_time() - started) * 1_000)
        found[name] = (statistics.median(times), weight_of(page))
    return found


def session_of_administrator() -> str:
    """Return the key of a session in which the administrator has signed in."""
    # Not at the top: they need the application's set-up.
    from django.contrib import auth  # noqa: PLC0415 -- see above
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415 -- the same

    from contacts.models import User  # noqa: PLC0415 -- the same

    user = User.objects.get(username="admin")
    session = SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def weight_of(page: bytes) -> int:
    """Return the bytes of a page with its style, scripts and drawings."""
    linked = {HASHED.sub("", name) for name in LINKED.findall(page.decode())}
    files = (STATIC / name for name in linked)
    return len(page) + sum(len(gzip.compress(each.read_bytes())) for each in files if each.exists())


def main() -> int:
    """Measure and report; with --inside print what this process finds as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screens", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--inside", action="store_true")
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(look(options.rounds)))
        return 0
    return figures.report(measure(options.size, options.rounds), options.json)


if __name__ == "__main__":
    sys.exit(main())
