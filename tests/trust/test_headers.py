"""What every address tells browsers, and what it lets pages of other sites do.

The addresses are those that are registered, for programs and for people: one that is added is asked
here too.
"""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from api.base.dialect import Dialect
from api.base.discovery import dialects
from tests.dialects.contract.driver import Driver, speakers
from tests.trust.figures import LONG, tell
from tests.trust.people import asked, speak
from tests.trust.rows import pages, rows_of
from tests.trust.rows.filling import hidden_in
from tests.trust.rows.probe import Probe
from tests.trust.world import World

pytestmark = pytest.mark.django_db

SPEAKERS = [(dialect, driver) for dialect, driver in speakers() if dialect.name != "toy"]
IDS = [dialect.name for dialect, _ in SPEAKERS]
ELSEWHERE = "https://elsewhere.example"
PREFLIGHT = {"HTTP_ORIGIN": ELSEWHERE, "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "PUT"}
ALWAYS = ("X-Content-Type-Options", "Referrer-Policy", "X-Request-Id")
# Pages that are shown within pages: of this site, or of any where a form stands.
FRAMED = ("SAMEORIGIN", "DENY")
# What anybody may send, from pages of any site: forms of visitors, a language, the start page.
FOR_ANYBODY = ("/forms/", "/health/", "/docs/")
UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:")


def probes_of(dialect: str) -> list[Probe]:
    """Return a request for each address and method, or for each kind of call."""
    by_name: dict[str, Probe] = {}
    for probe in rows_of(dialect).probes():
        by_name.setdefault(probe.name if LONG else probe.kind, probe)
    return list(by_name.values())


def faults_of(answer: HttpResponse) -> Iterator[str]:
    """Yield what is missing from any answer."""
    yield from (f"no {name}" for name in ALWAYS if name not in answer.headers)
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "types may be guessed"
    policy = answer.headers.get("Content-Security-Policy", "")
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        sources = policy.replace(";", " ").split()
        yield from (f"policy with {word}" for word in UNSAFE if word in sources)
        if "script-src" not in sources and "default-src 'none'" not in policy:
            yield "no policy for scripts"
    for cookie in answer.cookies.values():
        if not (cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["secure"]):
            yield f"cookie {cookie.key} is open: {cookie.OutputString()[-90:]}"


def origin_faults(answer: HttpResponse, *, is_for_all: bool) -> Iterator[str]:
    """Yield what pages of another site are allowed to do."""
    if answer.headers.get("Access-Control-Allow-Credentials"):
        yield "cookies of other sites' visitors count"
    if "Access-Control-Allow-Origin" in answer.headers and not is_for_all:
        yield "other sites may read"


@pytest.fixture(autouse=True)
def _secure(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.LANGUAGE_COOKIE_SECURE = True


@pytest.mark.parametrize(("dialect", "driver"), SPEAKERS, ids=IDS)
def test_every_answer_to_a_program_has_its_headers(
    dialect: Dialect, driver: type[Driver], world: World
) -> None:
    speaking, faults = speak("administrator", dialect, driver, world), []
    chosen = probes_of(dialect.name)
    for probe in chosen:
        answer, _ = asked(lambda probe=probe: _sent(speaking, probe, world))  # type: ignore[misc] # a default binds
        told = [*faults_of(answer), *origin_faults(answer, is_for_all=dialect.is_for_all_sites)]
        is_script = "javascript" in answer.headers.get("Content-Type", "")
        if "public" in answer.headers.get("Cache-Control", "public") and not is_script:
            told.append("may be kept by others")
        faults += [f"{probe.method} {probe.path}: {each}" for each in told]
    for path in {probe.path.partition("?")[0] for probe in chosen}:
        answer = Client(raise_request_exception=False).options(path, **PREFLIGHT)
        told = list(origin_faults(answer, is_for_all=dialect.is_for_all_sites))
        faults += [f"OPTIONS {path}: {each}" for each in told]
    assert "\n".join(faults) == ""
    tell("headers", f"{len(chosen)} requests in {dialect.title}, 0 answers without their headers")


def _sent(speaking: Driver, probe: Probe, world: World) -> HttpResponse:
    session = getattr(getattr(speaking, "caller", None), "session", "")
    path, body = hidden_in(world, probe, session)
    return speaking.client.generic(
        probe.method, path, body, content_type=probe.content_type, HTTP_ORIGIN=ELSEWHERE
    )


def _page_probes(method: str) -> Iterator[Probe]:
    told: set[str] = set()
    for probe in pages.probes():
        if probe.method == method and probe.name not in told:
            told.add(probe.name)
            yield probe


def _signed_in(world: World, *, enforce: bool = False) -> Client:
    client = Client(raise_request_exception=False, enforce_csrf_checks=enforce)
    client.force_login(
        world.people["administrator"], backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_every_page_has_its_headers(world: World) -> None:
    client, faults, count = _signed_in(world), [], 0
    cookies = client.cookies.output(header="", sep=";")
    for probe in _page_probes("GET"):
        if probe.is_about_session:
            continue
        count += 1
        client.cookies, (path, _body) = SimpleCookie(cookies), hidden_in(world, probe, "")
        answer, _ = asked(lambda p=path: client.get(p, HTTP_ORIGIN=ELSEWHERE))  # type: ignore[misc] # a default binds
        told = [*faults_of(answer), *origin_faults(answer, is_for_all=False)]
        is_shown = answer.headers.get("Content-Type", "").startswith("text/html")
        if is_shown and path.startswith("/admin/"):
            if answer.headers.get("X-Frame-Options") not in FRAMED:
                told.append("any site may show it in a frame")
            if answer.status_code == 200 and "public" in answer.headers.get("Cache-Control", ""):
                told.append("may be kept by others")
        faults += [f"{path}: {each}" for each in told]
    assert "\n".join(faults) == ""
    assert count > 100
    tell("headers", f"{count} pages, 0 without their headers")


def test_no_page_is_sent_anything_from_another_site(world: World) -> None:
    client, faults, count = _signed_in(world, enforce=True), [], 0
    for probe in _page_probes("POST"):
        path, body = hidden_in(world, probe, "")
        if path.startswith(FOR_ANYBODY):
            continue
        count += 1
        answer, effects = asked(
            lambda p=path, b=body, kind=probe.content_type: client.generic(  # type: ignore[misc] # defaults bind
                "POST", p, b, content_type=kind, HTTP_ORIGIN=ELSEWHERE
            )
        )
        if effects.tables:
            faults.append(f"{path}: {answer.status_code}, wrote to {sorted(effects.tables)}")
    assert "\n".join(faults) == ""
    tell("headers", f"{count} forms sent from another site, 0 effects")


@pytest.mark.parametrize("dialect", dialects(), ids=lambda dialect: dialect.name)
def test_a_session_of_the_browser_is_no_credential_for_pages_of_other_sites(
    dialect: Dialect, world: World
) -> None:
    client, faults, count = _signed_in(world, enforce=True), [], 0
    for probe in probes_of(dialect.name):
        if not probe.is_writing or probe.is_about_session:
            continue
        count += 1
        path, body = hidden_in(world, probe, "")
        answer, effects = asked(
            lambda p=path, b=body, probe=probe: client.generic(  # type: ignore[misc] # defaults bind
                probe.method, p, b, content_type=probe.content_type, HTTP_ORIGIN=ELSEWHERE
            )
        )
        if effects.tables:
            faults.append(f"{probe.method} {path}: {answer.status_code}, {sorted(effects.tables)}")
    assert "\n".join(faults) == ""
    tell("headers", f"{count} requests with a browser's session in {dialect.title}, 0 effects")
