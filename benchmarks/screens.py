"""What each screen of the browser UI weighs, and how long the server works for it.

`python -m benchmarks.screens [--sizes 100000] [--rounds 15] [--engine postgresql]`

The weight is all that a first visit fetches: the page as it is, style and scripts as they are sent
(compressed). The time is what the server's process computes, the database's work included, for an
administrator, who sees everything.
"""

import gzip
import json
import re
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import command, databases
from benchmarks.clock import spent
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
    "search, part of an e-mail": f"{LIST}?q=777@",
    "search, last digits": f"{LIST}?q=11-22",
    "search, misspelt": f"{LIST}?q=petorva",
    "search, nobody": f"{LIST}?q=qqqqzzzz",
    "quick search": f"{LIST}go/?q=kowal",
    "filter editor": f"{LIST}filter/",
    "contact": f"{LIST}77/",
    "contact, edit": f"{LIST}77/change/",
    "contact, one field": f"{LIST}77/change/?only=job_title",
    "contact, then and now": f"{LIST}77/compare/",
    "contact, QR code": f"{LIST}77/qr/",
    "contact, raw answer": f"{LIST}77/as/redmineup/",
    "similar contacts": f"{LIST}similar/?name=Anna Petrova&email=petrov77@example.com",
    "archive": f"{LIST}archive/",
    "API keys": "/admin/contacts/credential/",
    "webhooks": "/admin/contacts/webhook/",
    "web forms": "/admin/contacts/webform/",
    "form builder": "/admin/contacts/webform/1/change/",
    "custom fields": "/admin/contacts/customfield/",
}
MOST_MILLISECONDS = 200.0
MOST_BYTES = 100_000
# What people do with one button: a contact into the archive, and back by the Undo of the message.
ARCHIVED = "archive a contact"
UNDONE = "undo of it"
CONTACT = 78
LINKED = re.compile(r'(?:href|src)="/static/([^"#?]+\.(?:css|js|svg))')
STATIC = Path(__file__).resolve().parent.parent / "contacts" / "static"
HASHED = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")


def measure(sizes: Sequence[int], rounds: int) -> list[Figure]:
    """Return weight and time of every screen at each size."""
    found = []
    for size in databases.copies(sizes):
        databases.prepared(size)
        databases.manage(size, "collectstatic", "--noinput", "--verbosity=0")
        seen = databases.in_process(size, "screens", "--rounds", str(rounds))
        for name, (milliseconds, weight) in seen.items():
            slow, heavy = milliseconds / MOST_MILLISECONDS, weight / MOST_BYTES
            title, most = f"{name}: time / 200 ms", MOST_MILLISECONDS
            found.append(Figure(title, slow, milliseconds, most, "ms", size, 1.0))
            title, most = f"{name}: weight / 100 kB", MOST_BYTES
            found.append(Figure(title, heavy, weight, most, "bytes", size, 1.0))
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
            started = spent()
            application.get(address, cookie)
            times.append(spent() - started)
        found[name] = (statistics.median(times), weight_of(page))
    return found | press(application, cookie, rounds)


def press(
    application: Application, cookie: dict[str, str], rounds: int
) -> dict[str, tuple[float, int]]:
    """Return the median milliseconds of two buttons, each with the page that they lead to."""
    page = f"{LIST}{CONTACT}/"
    token = "m" * 32
    headers = {**cookie, "Cookie": f"{cookie['Cookie']}; csrftoken={token}"}
    times: dict[str, list[float]] = {ARCHIVED: [], UNDONE: []}
    weights = {}
    for number in range(rounds):
        asked = f"screens-{number}-{time.time_ns()}"
        for name, address, more in (
            (ARCHIVED, f"{page}archive/", {}),
            (UNDONE, "/admin/undo/", {"request": asked, "next": page}),
        ):
            started = spent()
            sent = {"csrfmiddlewaretoken": token, **more}
            application.post_form(address, {**headers, "X-Request-Id": asked}, sent)
            shown = application.get(page, headers)
            times[name].append(spent() - started)
            weights[name] = weight_of(shown)
    return {name: (statistics.median(each), weights[name]) for name, each in times.items()}


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
    """Measure, or be the process that looks."""
    parser = command.parser(__doc__, [100_000])
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    if options.size:
        print(json.dumps(look(options.rounds)))
        return 0
    return command.run(options, lambda: measure(options.sizes, options.rounds))


if __name__ == "__main__":
    sys.exit(main())
