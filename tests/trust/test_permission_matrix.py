"""Nobody reads, changes or guesses what is hidden from them, by whatever address.

Two matrices. The first is a table: kind of user by kind of contact by action, the same for every
dialect. The second is generated from what is registered: every route and operation is asked for
hidden records and for missing ones by people who see neither, and the two answers must be the same.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse

from api.base.dialect import Dialect
from tests.dialects.contract.driver import Driver, speakers
from tests.trust.figures import LONG, enough, tell
from tests.trust.people import BLIND, KINDS, asked, speak
from tests.trust.rows import rows_of
from tests.trust.rows.filling import comparable, hidden_in, missing_in
from tests.trust.rows.probe import Probe
from tests.trust.world import MARK, World, ledger

pytestmark = pytest.mark.django_db

SPEAKERS = [(dialect, driver) for dialect, driver in speakers() if dialect.name != "toy"]
IDS = [dialect.name for dialect, _ in SPEAKERS]
RECORDS = ("public", "project", "private", "trashed")

# Which contacts each kind of user reads, and which it may change and delete.
READS = {
    "administrator": {"public", "project", "private"},
    "manager": {"public", "project", "private"},
    "read-only": {"public", "project", "private"},
    "member": {"public", "project"},
    "reader": {"public", "project"},
    "outsider": {"public"},
}
UPDATES = {
    "administrator": {"public", "project", "private"},
    "manager": {"public", "project", "private"},
    "member": {"public", "project"},
}
DELETES = {"administrator": UPDATES["administrator"], "manager": UPDATES["manager"]}
# Dialects in which what is in the trash is still read.
READ_TRASH = {"wildapricot"}
# Dialects that change what is in the trash, and who may do that there.
CHANGE_TRASH = {"wildapricot": UPDATES, "civicrm": DELETES}


@pytest.fixture(params=SPEAKERS, ids=IDS)
def speaker(request: pytest.FixtureRequest) -> tuple[Dialect, type[Driver]]:
    """Return a dialect with its driver."""
    found: tuple[Dialect, type[Driver]] = request.param
    return found


def test_every_route_and_operation_has_a_row(speaker: tuple[Dialect, type[Driver]]) -> None:
    rows = rows_of(speaker[0].name)
    assert rows.names() - {probe.name for probe in rows.probes()} == set()


@pytest.mark.parametrize("kind", KINDS if LONG else ("member", "outsider", "read-only", "nobody"))
def test_contacts_are_open_to_whom_the_table_says(
    kind: str, speaker: tuple[Dialect, type[Driver]], world: World
) -> None:
    dialect, driver = speaker
    speaking = speak(kind, dialect, driver, world)
    wrong = [
        f"{kind} may {'' if is_done else 'not '}{action} a contact that is {record}"
        for record in RECORDS
        for action, is_done, is_due in _cells(kind, record, speaking, world)
        if is_done != is_due
    ]
    assert wrong == []
    tell(
        "one gate: contacts in the table of rights",
        f"{len(RECORDS) * 4} cells of {kind} in {dialect.title}, 0 wrong",
    )


def _cells(
    kind: str, record: str, speaking: Driver, world: World
) -> Iterator[tuple[str, bool, bool]]:
    number, dialect = world.contacts[record], speaking.dialect.name
    reads = record in READS.get(kind, ())
    if record == "trashed" and dialect in READ_TRASH:
        reads = kind in READS and kind != "outsider"
    yield "read", not _refused(speaking, lambda: speaking.read(number)), reads
    listed, _ = asked(lambda: speaking.list("Matrix"))
    is_listed = not speaking.is_refusal(listed) and number in speaking.ids_of(listed)
    yield "list", is_listed, reads
    # A right over records of the project holds for its trash, where the dialect reaches there.
    judged = "project" if record == "trashed" and dialect in CHANGE_TRASH else record
    changes = CHANGE_TRASH[dialect] if judged != record else UPDATES
    updates = judged in changes.get(kind, ())
    values = {"first_name": "Changed", "last_name": "Matrix"}
    yield "update", not _refused(speaking, lambda: speaking.update(number, values)), updates
    if "delete" in speaking.can:
        deletes = judged in DELETES.get(kind, ())
        yield "delete", not _refused(speaking, lambda: speaking.delete(number)), deletes


def _refused(speaking: Driver, send: Callable[[], HttpResponse]) -> bool:
    return speaking.is_refusal(asked(send)[0])


@pytest.mark.parametrize("kind", BLIND if LONG else ("outsider",))
def test_hidden_looks_like_missing_at_every_address(
    kind: str, speaker: tuple[Dialect, type[Driver]], world: World
) -> None:
    dialect, driver = speaker
    speaking = speak(kind, dialect, driver, world)
    before = ledger(world)
    chosen = list(_chosen(dialect))
    faults: list[str] = []
    for probe in chosen:
        faults.extend(_faults(speaking, probe, world, before))
    assert "\n".join(faults) == ""
    tell(
        "hidden looks like missing: every route and operation",
        f"{len(chosen)} probes of {kind} in {dialect.title}, 0 leaks",
    )


@pytest.mark.parametrize("kind", ["read-only", "form key", "nobody"] if LONG else ["read-only"])
def test_a_key_that_may_not_write_writes_nothing(
    kind: str, speaker: tuple[Dialect, type[Driver]], world: World
) -> None:
    dialect, driver = speaker
    speaking = speak(kind, dialect, driver, world)
    writing = [
        probe for probe in _chosen(dialect) if probe.is_writing and not probe.is_about_session
    ]
    faults = []
    for probe in writing:
        request = hidden_in(world, probe, _session(speaking))
        answer, effects = asked(
            lambda request=request, probe=probe: _send(speaking, probe, request)
        )
        if effects.tables and not speaking.is_refusal(answer):
            faults.append(f"{_told(probe)} wrote to {effects.tables}")
    assert "\n".join(faults) == ""
    tell(
        "credentials that may not write",
        f"{len(writing)} writing requests with {kind} in {dialect.title}, 0 effects",
    )


def _chosen(dialect: Dialect) -> Iterator[Probe]:
    """Yield all requests, or one of each kind that the dialect knows."""
    tried: Counter[str] = Counter()
    for probe in rows_of(dialect.name).probes():
        tried[probe.kind] += 1
        if tried[probe.kind] <= enough(1, 1_000_000):
            yield probe


def _faults(speaking: Driver, probe: Probe, world: World, before: object) -> Iterator[str]:
    seen = []
    requests = (hidden_in(world, probe, _session(speaking)), missing_in(probe, _session(speaking)))
    for request in requests:
        answer, effects = asked(
            lambda request=request: _send(speaking, probe, request),  # type: ignore[misc] # a default binds
            lambda: ledger(world) != before,
        )
        text = answer.content.decode("utf-8", "replace")
        seen.append((answer.status_code, text, bool(effects.tables)))
        if effects.found:
            yield f"{_told(probe)} changes something hidden"
        if MARK.lower() in text.lower() and "{mark}" not in probe.path + probe.body:
            yield f"{_told(probe)} shows {_around(text)}"
        if answer.status_code >= 500:
            yield f"{_told(probe)} answers {answer.status_code}"
    (hidden, told, writes), (missing, told_of_missing, _) = seen
    if hidden != missing or comparable(world, told, masks_numbers=writes) != comparable(
        world, told_of_missing, masks_numbers=writes
    ):
        yield (
            f"{_told(probe)} tells them apart: {hidden} {told[:300]!r} "
            f"but {missing} {told_of_missing[:300]!r}"
        )


def _send(speaking: Driver, probe: Probe, request: tuple[str, str]) -> HttpResponse:
    path, body = request
    return speaking.client.generic(probe.method, path, body, content_type=probe.content_type)


def _session(speaking: Driver) -> str:
    return getattr(getattr(speaking, "caller", None), "session", "")


def _told(probe: Probe) -> str:
    return f"{probe.method} {probe.path} {probe.body}"


def _around(text: str) -> str:
    found = re.search(MARK, text, re.IGNORECASE)
    assert found is not None
    return repr(text[max(0, found.start() - 80) : found.end() + 40])
