"""A demand is met or refused wherever a record is changed: no address lets any version pass.

The addresses are those of the permission matrix: one that is added is asked here too. Every address
that shows a record has to take the tag that it gave, and to refuse another before it changes
anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from django.http import HttpResponse

from api.base.dialect import Dialect
from tests.dialects.contract.driver import Driver, speakers
from tests.trust.figures import LONG, tell
from tests.trust.people import Effects, asked, speak
from tests.trust.rows import rows_of
from tests.trust.rows.filling import hidden_in
from tests.trust.rows.probe import Probe
from tests.trust.world import World

pytestmark = pytest.mark.django_db

SPEAKERS = [(dialect, driver) for dialect, driver in speakers() if dialect.name != "toy"]
CHANGING = ("PUT", "PATCH", "DELETE")
OTHER = '"another~version"'


@dataclass(frozen=True)
class Pair:
    """How a record is shown, and how it is changed."""

    shown: Probe
    changed: Probe


def pairs_of(dialect: str) -> Iterator[Pair]:
    """Yield what changes a record, each with what shows it; the short run has one an address."""
    probes = list(rows_of(dialect).probes())
    shown = {_record(probe): probe for probe in reversed(probes) if _is_showing(probe)}
    told: set[tuple[str, str]] = set()
    for probe in probes:
        record = _record(probe)
        key = (probe.name, record if LONG else "")
        if _is_changing(probe) and record in shown and key not in told:
            told.add(key)
            yield Pair(shown[record], probe)


def _is_showing(probe: Probe) -> bool:
    if probe.path.startswith("/webservice.php"):
        return "operation=retrieve&" in probe.path
    return probe.method == "GET" and "?" not in probe.path


def _is_changing(probe: Probe) -> bool:
    if probe.path.startswith("/webservice.php"):
        return probe.name in ("update", "revise", "delete")
    # A collection has no version that a change of one of its records could demand.
    return probe.method in CHANGING and "{" in probe.path


def _record(probe: Probe) -> str:
    """Return what tells which record is meant: in protocols of one address its id."""
    if not probe.path.startswith("/webservice.php"):
        return probe.path
    text = probe.path + probe.body
    return next((part for part in _ids(text)), "")


def _ids(text: str) -> Iterator[str]:
    for part in text.replace("%22", " ").replace("&", " ").replace("=", " ").split():
        if "x{" in part:
            yield part.strip('",}{').partition("x{")[0]


@pytest.mark.parametrize(
    ("dialect", "driver"), SPEAKERS, ids=[dialect.name for dialect, _ in SPEAKERS]
)
def test_every_address_takes_its_own_tag_and_refuses_another(
    dialect: Dialect, driver: type[Driver], world: World
) -> None:
    speaking = speak("administrator", dialect, driver, world)
    faults, count = [], 0
    for pair in pairs_of(dialect.name):
        answer, _ = _send(speaking, pair.shown, world)
        if speaking.is_refusal(answer):
            continue
        count += 1
        made, _ = _send(speaking, pair.changed, world, answer.headers.get("ETag", "none"))
        refused, effects = _send(speaking, pair.changed, world, OTHER)
        if made.status_code == 412:
            faults.append(f"{_told(pair.changed)} refuses the tag of {_told(pair.shown)}")
        if not speaking.is_refusal(refused) or effects.tables:
            faults.append(f"{_told(pair.changed)} lets any version pass: {refused.status_code}")
    assert "\n".join(faults) == ""
    assert count or dialect.name == "civicrm"
    tell("stale If-Match", f"{count} addresses of {dialect.title} take their own tag alone")


def _send(
    speaking: Driver, probe: Probe, world: World, tag: str = ""
) -> tuple[HttpResponse, Effects]:
    path, body = hidden_in(world, probe, getattr(getattr(speaking, "caller", None), "session", ""))
    headers = {"HTTP_IF_MATCH": tag} if tag else {}
    with patch.dict(speaking.client.defaults, headers):
        return asked(lambda: _sent(speaking, probe, path, body))


def _sent(speaking: Driver, probe: Probe, path: str, body: str) -> HttpResponse:
    return speaking.client.generic(probe.method, path, body, content_type=probe.content_type)


def _told(probe: Probe) -> str:
    return f"{probe.method} {probe.path} {probe.body[:80]}"
