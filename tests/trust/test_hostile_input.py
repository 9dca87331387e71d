"""Whatever is sent, the answer is the dialect's own, and what is refused has changed nothing."""

import random
from collections.abc import Iterator

import pytest
from django.http import HttpResponse

from api.base.dialect import Dialect
from contacts.models import Change, Contact
from tests.dialects.contract.driver import Driver, speakers
from tests.trust.figures import enough, tell
from tests.trust.hostile import Hostile, variants
from tests.trust.people import Effects, asked, speak
from tests.trust.rows import rows_of
from tests.trust.rows.filling import hidden_in
from tests.trust.world import World, ledger

pytestmark = pytest.mark.django_db

SPEAKERS = [(dialect, driver) for dialect, driver in speakers() if dialect.name != "toy"]
# The same requests in every run, others in the long one.
SEED = 20_261_128
SHOWN = 20
# Addresses for people, which dialects lead to.
PAGES = ("/forms/",)


@pytest.mark.parametrize(
    ("dialect", "driver"), SPEAKERS, ids=[dialect.name for dialect, _ in SPEAKERS]
)
def test_hostile_requests_get_the_refusal_of_the_dialect(
    dialect: Dialect, driver: type[Driver], world: World
) -> None:
    speaking = speak("administrator", dialect, driver, world)
    faults, count, before = [], 0, state_of(world)
    for hostile in chosen(dialect, speaking, world):
        count += 1
        answer, effects = asked(
            lambda hostile=hostile: send(speaking, hostile),  # type: ignore[misc]  # a default binds
            lambda: state_of(world) != before,
        )
        fault = fault_of(speaking, hostile.path, answer, effects)
        if fault:
            faults.append(f"{fault}: {hostile}")
    assert "\n".join(faults[:SHOWN]) == "", f"{len(faults)} of {count}"
    tell("hostile input", f"{count:,} requests in {dialect.title}, 0 answers of 500, 0 effects")


def chosen(dialect: Dialect, speaking: Driver, world: World) -> Iterator[Hostile]:
    """Yield a few variants of each request of the permission matrix, in the long run many."""
    dice = random.Random(SEED)  # nothing secret comes of it
    seen: dict[str, int] = {}
    for probe in rows_of(dialect.name).probes():
        seen[probe.kind] = seen.get(probe.kind, 0) + 1
        if probe.is_about_session or seen[probe.kind] > enough(1, 1_000_000):
            continue
        session = getattr(getattr(speaking, "caller", None), "session", "")
        path, body = hidden_in(world, probe, session)
        every = list(variants(probe, path, body))
        yield from dice.sample(every, min(len(every), enough(3, 8)))


def state_of(world: World) -> object:
    """Return what a request may have changed: the records, what points at them, the history."""
    return ledger(world), Contact.objects.count(), Change.objects.count()


def send(speaking: Driver, hostile: Hostile) -> HttpResponse:
    """Send a request as it is."""
    return speaking.client.generic(
        hostile.method,
        hostile.path,
        hostile.body,
        content_type=hostile.content_type,
        headers=dict(hostile.headers),
    )


def fault_of(speaking: Driver, path: str, answer: HttpResponse, effects: Effects) -> str:
    """Return what is wrong with an answer, or nothing."""
    if answer.status_code >= 500:
        return f"answers {answer.status_code}"
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    if is_page and not path.startswith(PAGES):
        return f"answers {answer.status_code} with a page"
    # What was written and undone again has left nothing.
    if effects.found and speaking.is_refusal(answer):
        return f"refused, but wrote to {sorted(effects.tables)}"
    return ""
