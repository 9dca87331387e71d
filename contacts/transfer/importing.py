"""Take the contacts of a file in, batch by batch, as a job.

A batch and the note of how many rows are done are one transaction: whatever happens, each row comes
in once. What there is to say of single rows stands in files beside it, whose lengths belong to that
note: the refused rows as a table to be mended, and the findings (`findings`).
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from contacts.access import Actor
from contacts.errors import DomainError, Fault, InvalidError
from contacts.fields import reference
from contacts.index.sending import can_send, sending
from contacts.jobs import Work
from contacts.services.records import rehearsed
from contacts.services.taking_in import (
    ASKED,
    CHANGED,
    FILL,
    NEW,
    OVERWRITE,
    REFUSED,
    SAME,
    SKIP,
    SKIPPED,
    Rule,
    Taken,
    Written,
    take_in,
    written_of,
)
from contacts.transfer.columns import NUMBER, new_field_faults
from contacts.transfer.findings import (
    REPEATED,
    Finding,
    append_findings,
    append_rejected,
    report_beside,
)
from contacts.transfer.portable import portable_fields, values_of
from contacts.transfer.reading import Known, Read, beginning, read
from contacts.transfer.saying import Said
from contacts.transfer.tables import TABLES, rows_of

# What a batch writes is held by one transaction; others who write wait for its end.
BATCH = 500
# Where a thread sends rows it is to have some to send: so many times as many.
TIMES_SENT = 4
# To change a contact takes several times as long as to make one among many.
BATCH_OF_KNOWN = 100
# What is kept of one cell in the history of a contact.
LONGEST_KEPT = 1_000

# What is counted, by what became of a row: when it is done, and when it is rehearsed.
COUNTED = {
    NEW: ("imported", "accepted"),
    CHANGED: ("changed", "would_change"),
    SAME: ("unchanged", "unchanged"),
    SKIPPED: ("passed_over", "passed_over"),
    ASKED: ("to_decide", "to_decide"),
    REPEATED: ("repeated", "repeated"),
    REFUSED: ("rejected", "rejected"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file, what is said of it, and what people call it."""

    path: Path
    said: Said
    name: str = ""


@dataclass(slots=True)
class _Import:
    """What stays the same from batch to batch, and the signs of the rows before."""

    actor: Actor
    source: Source
    known: Known
    headings: Sequence[str]
    seen: set[int]

    def taken(self, batch: Sequence[Read]) -> list[tuple[Finding, Read]]:
        """Take in what can be taken; returns what became of each row, in their order."""
        found: list[tuple[Finding, Read]] = []
        rows: list[Read] = []
        written: list[Written] = []
        for row in batch:
            try:
                written.append(self._written(row))
                rows.append(row)
            except DomainError as error:
                found.append((_refused(row, error), row))
        outcomes = take_in(self.actor, self.source.said.rule, written)
        for row, each, taken in zip(rows, written, outcomes, strict=True):
            found.append((self._finding(row, each, taken), row))
        return sorted(found, key=lambda pair: pair[0].row)

    def pass_over(self, rows: Iterator[Read]) -> None:
        """Know the signs of rows that were taken in before."""
        rule = self.source.said.rule
        if not rule.match:
            for _row in rows:
                pass
            return
        for row in rows:
            self._note(written_of(rule, row.record, {}).signs)

    def _written(self, row: Read) -> Written:
        if row.fault:
            raise InvalidError([Fault("", row.fault)])
        faults = new_field_faults(row.record)
        if faults:
            raise InvalidError(faults)
        # What is no field of ours, as those that are still to be made, is not among the values.
        values = values_of(row.record, self.known)
        if NUMBER in row.record:
            values[NUMBER] = row.record[NUMBER]
        return written_of(self.source.said.rule, values, self._origin(row))

    def _origin(self, row: Read) -> dict[str, object]:
        """Return what the history tells: the file, the row, and what was written there."""
        pairs = zip(self.headings, row.cells, strict=False)
        cells = [[heading, cell[:LONGEST_KEPT]] for heading, cell in pairs if cell.strip()]
        if not row.cells:
            cells = [["", row.written[: 10 * LONGEST_KEPT]]]
        return {"file": self.source.name, "row": row.number, "written": cells}

    def _finding(self, row: Read, written: Written, taken: Taken) -> Finding:
        marks = {*self._marks(written.signs)}
        if taken.contact_id is not None and taken.what != NEW and self.source.said.rule.match:
            marks |= {*self._marks([f"#{taken.contact_id}"])}
        is_repeated = not marks.isdisjoint(self.seen)
        self.seen |= marks
        if taken.error is not None:
            return replace(_refused(row, taken.error), contact=taken.contact_id)
        what = REPEATED if is_repeated else taken.what
        contact = None if taken.what == NEW else taken.contact_id
        others, keys = tuple(taken.others), tuple(taken.keys)
        return Finding(row.number, what, contact=contact, others=others, keys=keys)

    def _note(self, signs: Sequence[str]) -> None:
        self.seen.update(self._marks(signs))

    def _marks(self, signs: Sequence[str]) -> Iterator[int]:
        # Millions of rows have to fit: a number is shorter than a text.
        return (hash(sign) for sign in signs)


def import_file(
    work: Work, actor: Actor, source: Source, *, rehearses: bool = False
) -> Mapping[str, int]:
    """Take in what is left of a file; returns how many rows there were of each kind.

    A rehearsal does all of it, writes the same reports and keeps no contact.
    """
    said, path = source.said, source.path
    known = {field.key: field for field in portable_fields(actor)}
    rows = read(path, said, known)
    running = _Import(actor, source, known, headings_of(path, said), set())
    running.pass_over(islice(rows, _number(work, "rows")))
    take = _rehearsing(running) if rehearses else running.taken
    work.total = work.total or _length_of(path, said)
    of_new = BATCH * TIMES_SENT if can_send() else BATCH
    length = BATCH_OF_KNOWN if said.rule.match else of_new
    batch = list(islice(rows, length))
    while batch:
        with work.step(), sending():
            found = take(batch)
            following = _ahead(rows, length)
            counts = Counter(work.state.get("counts") or {})  # type: ignore[call-overload]  # as it is put there
            counts.update(finding.what for finding, _row in found)
            work.state = {
                "rows": _number(work, "rows") + len(batch),
                "counts": dict(counts),
                **_reported(work, path, running.headings, found),
            }
            work.done = _number(work, "rows")
        batch = following()
    counts = Counter(work.state.get("counts") or {})  # type: ignore[call-overload]  # the same
    if not counts[REFUSED] + counts[ASKED]:
        report_beside(path).unlink(missing_ok=True)
    return _result(said.rule, counts, rehearses=rehearses)


def _ahead(rows: Iterator[Read], length: int) -> Callable[[], list[Read]]:
    """Read the next rows; what is wrong with the file is raised when they are asked for."""
    try:
        batch = list(islice(rows, length))
    except Exception as error:  # noqa: BLE001  # the rows before are none the worse for it
        fault = error

        def fail() -> list[Read]:
            raise fault

        return fail
    return lambda: batch


def _rehearsing(running: _Import) -> Callable[[Sequence[Read]], list[tuple[Finding, Read]]]:
    def take(batch: Sequence[Read]) -> list[tuple[Finding, Read]]:
        with rehearsed():
            found = running.taken(batch)
        # Tags that the batch made are gone again.
        reference.forget()
        return found

    return take


def _length_of(path: Path, said: Said) -> int | None:
    """Return how many rows there are, for the progress; None where telling takes long."""
    if said.file_format != "csv":
        return None
    return sum(1 for row in rows_of(path, said) if any(row)) - said.has_headings


def headings_of(path: Path, said: Said) -> list[str]:
    """Return the headings of a table; other files have none."""
    return beginning(path, said, 0)[0] if said.file_format in TABLES else []


def _reported(
    work: Work, path: Path, headings: Sequence[str], found: Sequence[tuple[Finding, Read]]
) -> dict[str, int]:
    """Write what there is to say of the rows; returns how long the files are now."""
    refused = [pair for pair in found if pair[0].what in (REFUSED, ASKED)]
    told = [finding for finding, _row in found if finding.what not in (NEW, SAME) or finding.others]
    return {
        "report": append_rejected(path, _number(work, "report"), headings, refused),
        "findings": append_findings(path, _number(work, "findings"), told),
    }


def _result(rule: Rule, counts: Mapping[str, int], *, rehearses: bool) -> dict[str, int]:
    """Return the numbers that say something: without a rule nobody is known."""
    kinds = [NEW, REFUSED]
    if rule.match:
        known = {SKIP: [SKIPPED], FILL: [CHANGED, SAME], OVERWRITE: [CHANGED, SAME]}
        kinds = [NEW, *known.get(rule.on_match, [ASKED]), REPEATED, REFUSED]
    return {COUNTED[kind][rehearses]: counts[kind] for kind in kinds}


def _number(work: Work, name: str) -> int:
    return int(str(work.state.get(name, 0)))


def _refused(row: Read, error: DomainError) -> Finding:
    if not isinstance(error, InvalidError):
        word = type(error).__name__.removesuffix("Error").lower()
        return Finding(row.number, REFUSED, faults=(Fault("", word),))
    faults = tuple(replace(fault, params=_told_with(fault)) for fault in error.faults)
    return Finding(row.number, REFUSED, faults=faults)


def _told_with(fault: Fault) -> dict[str, object]:
    """Return what the words for a fault may name; what could be chosen instead is long."""
    return {name: fault.params[name] for name in ("limit", "reason") if name in fault.params}


def placed_in(actor: Actor, project_id: int | None) -> Actor:
    """Return the actor whose new contacts go to a project unless they say otherwise."""
    return replace(actor, default_project_id=project_id) if project_id else actor


def digest_of(path: Path) -> str:
    """Return what tells one file from another."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
