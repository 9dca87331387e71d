"""The pages for people keep what the protocols keep: nothing hidden is shown, nothing breaks them.

Every address for people is generated from what is registered: one that is added is asked here too.
"""

import random
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.contacts.admin.reading import Page
from tests.trust.figures import LONG, enough, tell
from tests.trust.hostile import Hostile, variants
from tests.trust.people import asked
from tests.trust.rows import pages
from tests.trust.rows.filling import comparable, hidden_in, missing_in
from tests.trust.rows.probe import Probe
from tests.trust.test_hostile_input import SEED, SHOWN, send, state_of
from tests.trust.world import MARK, World, ledger

pytestmark = pytest.mark.django_db

# What is another one in every answer; the number of a view that is made is one, too.
_PASSING = re.compile(
    r'nonce="[^"]*"|value="[A-Za-z0-9.:_-]{40,}"|"csrf_?[Tt]oken": ?"[^"]*"|\d+ ms|(?<=\?view=)\d+'
)


class Browser:
    """A browser in which somebody is signed in, and stays so whatever is sent."""

    def __init__(self, world: World, kind: str) -> None:
        self.client = Client(raise_request_exception=False)
        if kind != "nobody":
            self.client.force_login(
                world.people[kind], backend="django.contrib.auth.backends.ModelBackend"
            )
        self.cookies = self.client.cookies.output(header="", sep=";")

    def send(self, hostile: Hostile) -> HttpResponse:
        """Send a request as it is."""
        self.client.cookies = SimpleCookie(self.cookies)
        return send(self, hostile)

    def ask(self, probe: Probe, request: tuple[str, str]) -> HttpResponse:
        """Send a probe."""
        path, body = request
        return self.send(Hostile("", probe.method, path, body.encode(), probe.content_type))


def test_every_address_for_people_has_a_row() -> None:
    assert len(pages.names()) > 150
    assert pages.names() - {probe.name for probe in pages.probes()} == set()


@pytest.mark.parametrize("kind", ["outsider", "none", "nobody"] if LONG else ["outsider"])
def test_hidden_looks_like_missing_on_every_page(kind: str, world: World) -> None:
    browser, before = Browser(world, kind), ledger(world)
    chosen = list(_chosen())
    faults = [fault for probe in chosen for fault in _faults(browser, probe, world, before)]
    assert "\n".join(faults[:SHOWN]) == "", f"{len(faults)} of {len(chosen)}"
    tell(
        "hidden looks like missing: every page for people",
        f"{len(chosen)} probes of {kind} in the browser, 0 leaks",
    )


def _chosen() -> Iterator[Probe]:
    """Yield all requests, or one of each address: they take turns, one in three posts."""
    every = list(pages.probes())
    if LONG:
        yield from every
        return
    by_name: dict[str, list[Probe]] = {}
    for probe in every:
        by_name.setdefault(probe.name, []).append(probe)
    for turn, probes in enumerate(by_name.values()):
        yield probes[-1] if turn % 3 == 0 else probes[turn % len(probes)]


def _faults(browser: Browser, probe: Probe, world: World, before: object) -> Iterator[str]:
    seen = []
    for request in (hidden_in(world, probe, ""), missing_in(probe, "")):
        answer, effects = asked(
            lambda request=request: browser.ask(probe, request),  # type: ignore[misc] # a default binds
            lambda: ledger(world) != before,
        )
        text = _PASSING.sub("#", answer.content.decode("utf-8", "replace"))
        led_to = _PASSING.sub("#", answer.headers.get("Location", ""))
        seen.append((answer.status_code, led_to, text))
        if effects.found:
            yield f"{_told(probe)} changes something hidden"
        if MARK.lower() in text.lower() and "{mark}" not in probe.path + probe.body:
            yield f"{_told(probe)} shows {_around(text)}"
        if answer.status_code >= 500:
            yield f"{_told(probe)} answers {answer.status_code}"
    hidden, missing = ([comparable(world, str(each)) for each in answer] for answer in seen)
    if hidden != missing:
        yield f"{_told(probe)} tells them apart: {_difference(hidden, missing)}"


def _around(text: str) -> str:
    place = text.lower().index(MARK.lower())
    return repr(text[max(0, place - 80) : place + 40])


def _told(probe: Probe) -> str:
    return f"{probe.method} {probe.path} {probe.body[:40]}"


def _difference(hidden: list[str], missing: list[str]) -> str:
    for one, other in zip(hidden, missing, strict=True):
        for place, (left, right) in enumerate(zip(one, other, strict=False)):
            if left != right:
                start = max(0, place - 60)
                return f"{one[start : place + 80]!r} but {other[start : place + 80]!r}"
    return f"{[len(each) for each in hidden]} and {[len(each) for each in missing]}"


def test_hostile_requests_to_pages_break_nothing(world: World) -> None:
    browser, before, faults, count = Browser(world, "administrator"), state_of(world), [], 0
    for hostile in _hostile(browser, world):
        count += 1
        answer, effects = asked(
            lambda hostile=hostile: browser.send(hostile),  # type: ignore[misc] # a default binds
            lambda: state_of(world) != before,
        )
        if answer.status_code >= 500:
            faults.append(f"answers {answer.status_code}: {hostile}")
        elif effects.found and answer.status_code >= 400:
            faults.append(f"refused, but wrote to {sorted(effects.tables)}: {hostile}")
    assert "\n".join(faults[:SHOWN]) == "", f"{len(faults)} of {count}"
    tell("hostile input", f"{count:,} requests in the browser, 0 answers of 500, 0 effects")


def _hostile(browser: Browser, world: World) -> Iterator[Hostile]:
    """Yield variants of each request; a form is sent as its page fills it in, but for one value."""
    dice = random.Random(SEED)  # nothing secret comes of it
    for probe in _chosen():
        # What watches over a server is told of it by the status.
        if probe.is_about_session or probe.path.startswith("/health/"):
            continue
        path, body = hidden_in(world, probe, "")
        if probe.method == "POST":
            body = _filled(browser, path) or body
        every = list(variants(probe, path, body))
        yield from dice.sample(every, min(len(every), enough(1, 12)))


def _filled(browser: Browser, path: str) -> str:
    """Return what the form of a page would send, or nothing where it has none."""
    answer, _ = asked(lambda: browser.send(Hostile("", "GET", path)))
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    forms = [form for form in Page(answer).forms if form.method == "post"]
    filled = max((form.filled() for form in forms), key=len, default={})
    return urlencode(filled, doseq=True)
