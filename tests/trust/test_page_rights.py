"""Who opens which page, and what is stored from where: roles, and keys that open no page at all.

The addresses are those that are registered; one of a noun without a row fails the tests.
"""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.models import Credential
from tests.builders import make_key
from tests.trust.figures import LONG, tell
from tests.trust.people import Effects, asked
from tests.trust.rows import pages
from tests.trust.rows.filling import hidden_in
from tests.trust.rows.page_levels import REACH, level_of, opens
from tests.trust.rows.probe import Probe
from tests.trust.world import World

pytestmark = pytest.mark.django_db

CLOSED = (401, 403)
LOGIN = "/admin/login/"
# By turns in the short run: one of them at each address.
KINDS = tuple(REACH)
API_KEY = "civicrm_api_key"


class Visitor:
    """A browser in which somebody of a kind stays signed in."""

    def __init__(self, kind: str, world: World) -> None:
        self.client, self.world = Client(raise_request_exception=False), world
        if kind != "nobody":
            self.client.force_login(
                world.people[kind], backend="django.contrib.auth.backends.ModelBackend"
            )
        self.cookies = self.client.cookies.output(header="", sep=";")

    def ask(self, probe: Probe, **headers: str) -> tuple[HttpResponse, Effects]:
        """Send a request, and undo what it did."""
        self.client.cookies = SimpleCookie(self.cookies)
        path, body = hidden_in(self.world, probe, "")
        return asked(
            lambda: self.client.generic(  # type: ignore[arg-type,return-value] # a response
                probe.method, path, body, content_type=probe.content_type, headers=headers
            )
        )


def addresses(method: str) -> list[Probe]:
    """Return the plain request of each address."""
    found: dict[str, Probe] = {}
    for probe in pages.probes():
        if probe.method == method and not probe.is_about_session:
            found.setdefault(probe.name.removeprefix("POST "), probe)
    return list(found.values())


def turns(probes: list[Probe], kinds: tuple[str, ...]) -> Iterator[tuple[Probe, str]]:
    """Yield each address with each kind, or with the one whose turn it is."""
    for place, probe in enumerate(probes):
        for kind in kinds if LONG else [kinds[place % len(kinds)]]:
            yield probe, kind


def test_every_address_has_a_level() -> None:
    assert {probe.name for probe in pages.probes() if level_of(probe.name) is None} == set()


def test_pages_are_open_to_whom_the_table_says(world: World) -> None:
    visitors = {kind: Visitor(kind, world) for kind in KINDS}
    faults, count = [], 0
    for probe, kind in turns(addresses("GET"), KINDS):
        count += 1
        answer, _ = visitors[kind].ask(probe)
        due = opens(kind, probe.name)
        if due and is_shut(answer):
            faults.append(f"{kind} may not open {probe.path}: {answer.status_code}")
        elif due and answer.status_code == 404:
            if visitors["administrator"].ask(probe)[0].status_code != 404:
                faults.append(f"{kind} does not find {probe.path}")
        elif not due and is_open(answer):
            faults.append(f"{kind} opens {probe.path}: {answer.status_code}")
    assert "\n".join(faults) == ""
    tell("one gate: pages in the table of rights", f"{count} cells of the browser, 0 wrong")


def test_nothing_is_stored_from_pages_that_are_closed(world: World) -> None:
    visitors = {kind: Visitor(kind, world) for kind in KINDS}
    faults, count = [], 0
    for probe, kind in turns(addresses("POST"), ("reader", "outsider", "member", "none", "nobody")):
        if opens(kind, probe.name):
            continue
        count += 1
        answer, effects = visitors[kind].ask(probe)
        if effects.tables:
            faults.append(f"{kind} at {probe.path}: {answer.status_code}, {sorted(effects.tables)}")
    assert "\n".join(faults) == ""
    assert count > 50
    tell("one gate: pages in the table of rights", f"{count} forms sent to closed pages, 0 effects")


@pytest.mark.parametrize("narrowing", ["read-only", "project", "whole"])
def test_no_key_opens_a_page_for_people(narrowing: str, world: World) -> None:
    """By no header; in the address only a key that may do all that its user may opens a session."""
    options = {
        "read-only": {"scope": Credential.Scope.READ},
        "project": {"project_id": world.elsewhere.pk},
        "whole": {},
    }
    key = make_key(world.people["administrator"], API_KEY, **options[narrowing])
    headers = {
        "Authorization": f"Bearer {key}",
        "X-Redmine-API-Key": key,
        "X-Civi-Auth": f"Bearer {key}",
    }
    visitor, faults, count = Visitor("nobody", world), [], 0
    for place, probe in enumerate(addresses("GET")):
        if opens("nobody", probe.name) or (not LONG and place % 6):
            continue
        count += 1
        answer, _ = visitor.ask(probe, **headers)
        if is_open(answer):
            faults.append(f"{probe.path} by a header: {answer.status_code}")
        if narrowing != "whole":
            mark = "&" if "?" in probe.path else "?"
            wish = f"{mark}_authx=Bearer+{key}&_authxSes=1"
            offered = Probe(probe.name, "GET", probe.path + wish)
            answer, _ = visitor.ask(offered)
            if is_open(answer) or "sessionid" in answer.cookies:
                faults.append(f"{probe.path} by the address: {answer.status_code}")
    assert "\n".join(faults) == ""
    tell("credentials that may not write", f"{count} pages with a key ({narrowing}), 0 opened")


def is_shut(answer: HttpResponse) -> bool:
    """Tell whether somebody is sent away."""
    return answer.status_code in CLOSED or answer.headers.get("Location", "").startswith(LOGIN)


def is_open(answer: HttpResponse) -> bool:
    """Tell whether a page was shown, or led on."""
    return answer.status_code < 400 and not is_shut(answer)
