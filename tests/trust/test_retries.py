"""A creating request that is sent twice with one Idempotency-Key acts once, in every dialect.

The requests are those of the permission matrix: every operation that is registered is tried.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from api.base.dialect import Dialect
from contacts.fields import reference
from contacts.query.totals import forget_totals
from tests.dialects.contract.driver import Driver, speakers
from tests.trust.figures import tell
from tests.trust.people import Effects, speak
from tests.trust.rows import rows_of
from tests.trust.rows.filling import hidden_in
from tests.trust.rows.probe import FORM, JSON, Probe
from tests.trust.world import World

pytestmark = pytest.mark.django_db

SPEAKERS = [(dialect, driver) for dialect, driver in speakers() if dialect.name != "toy"]


@dataclass(frozen=True)
class Sent:
    """An answer, and the tables that the request has written to."""

    answer: HttpResponse
    tables: frozenset[str]


@pytest.mark.parametrize(
    ("dialect", "driver"), SPEAKERS, ids=[dialect.name for dialect, _ in SPEAKERS]
)
def test_what_creates_acts_once_for_one_key(
    dialect: Dialect, driver: type[Driver], world: World
) -> None:
    speaking = speak("administrator", dialect, driver, world)
    faults: list[str] = []
    tried: set[str] = set()
    for probe in rows_of(dialect.name).probes():
        if probe.method != "POST" or probe.is_about_session or probe.kind in tried:
            continue
        found = _of(speaking, probe, world)
        if found is not None:
            tried.add(probe.kind)
            faults += [f"{probe.kind}: {fault} ({probe.path} {probe.body})" for fault in found]
    assert "\n".join(faults) == "", sorted(tried)
    # Some rows name the first user, whose number a sequence of PostgreSQL may have left behind.
    assert len(tried) > 2, sorted(tried)
    tell(
        "retries are safe", f"{len(tried)} operations of {dialect.title}, each acts once for a key"
    )


def _of(speaking: Driver, probe: Probe, world: World) -> list[str] | None:
    """Return what is wrong with the retries of a request; None where it does nothing at all."""
    path, body = hidden_in(world, probe, getattr(getattr(speaking, "caller", None), "session", ""))
    bodies = (body, body, _other(body, probe.content_type))
    with transaction.atomic():
        first, again, other = (_sent(speaking, probe, path, each) for each in bodies)
        transaction.set_rollback(True)
    reference.forget()
    forget_totals()
    if speaking.is_refusal(first.answer) or not first.tables:
        return None
    return list(_faults(speaking, first, again, other))


def _faults(speaking: Driver, first: Sent, again: Sent, other: Sent) -> Iterator[str]:
    if again.tables:
        yield f"acts again on {sorted(again.tables)}"
    if again.answer.content != first.answer.content:
        yield f"answers {again.answer.content[:200]!r} after {first.answer.content[:200]!r}"
    if again.answer.status_code != first.answer.status_code:
        yield f"answers {again.answer.status_code} after {first.answer.status_code}"
    if other.tables or not speaking.is_refusal(other.answer):
        yield f"takes another body: {other.answer.status_code} {other.answer.content[:200]!r}"
    if other.answer.status_code not in (200, 409, 422):
        yield f"refuses another body with {other.answer.status_code}"


def _other(body: str, content_type: str) -> str:
    if content_type == FORM:
        return f"{body}&another=1"
    assert content_type == JSON
    document = json.loads(body or "{}")
    return json.dumps({**document, "another": 1} if isinstance(document, dict) else [document])


def _sent(speaking: Driver, probe: Probe, path: str, body: str) -> Sent:
    effects = Effects()
    with connection.execute_wrapper(effects.watch):
        answer = speaking.client.generic(
            probe.method,
            path,
            body,
            content_type=probe.content_type,
            headers={"Idempotency-Key": "the same"},
        )
    return Sent(answer, frozenset(effects.tables))
