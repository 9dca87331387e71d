"""Take the contacts of a file in, batch by batch, as a job.

A batch and the note of how many rows are done are one transaction: whatever happens, each row comes
in once. Rows that are refused stand in a report beside the file, whose length belongs to that note.
"""

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice
from pathlib import Path

from contacts.access import Actor
from contacts.errors import DomainError, InvalidError
from contacts.fields import reference
from contacts.jobs import Work
from contacts.services.contacts import create_contacts
from contacts.services.records import rehearsed
from contacts.transfer.portable import portable_fields, values_of
from contacts.transfer.reading import Known, Read, read

# What a batch writes is held by one transaction; others who write wait for its end.
BATCH = 500
REPORT = "{name}.rejected.csv"

Rejected = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a file: its format, and the fields of a table's columns where chosen."""

    file_format: str
    keys: Sequence[str] | None = None


def import_file(
    work: Work, actor: Actor, path: Path, said: Said, *, rehearses: bool = False
) -> dict[str, int]:
    """Take in what is left of a file; returns how many rows were taken and refused.

    A rehearsal does all of it, writes the same report and keeps no contact.
    """
    known = {field.key: field for field in portable_fields(actor)}
    found = read(path, said.file_format, known, keys=said.keys)
    rows = islice(found, _number(work, "rows"), None)
    take = _rehearsed if rehearses else _take
    report = report_beside(path)
    while batch := list(islice(rows, BATCH)):
        with work.step():
            rejected = take(actor, batch, known)
            length = _append(report, _number(work, "report"), rejected)
            work.state = {
                "rows": _number(work, "rows") + len(batch),
                "rejected": _number(work, "rejected") + len(rejected),
                "report": length,
            }
            work.done = _number(work, "rows")
    count, refused = _number(work, "rows"), _number(work, "rejected")
    if not refused:
        report.unlink(missing_ok=True)
    return {"accepted" if rehearses else "imported": count - refused, "rejected": refused}


def _number(work: Work, name: str) -> int:
    return int(str(work.state.get(name, 0)))


def _take(actor: Actor, batch: Sequence[Read], known: Known) -> list[Rejected]:
    """Take in what can be taken; returns the rest in the order of the file."""
    rejected: list[Rejected] = []
    rows: list[Read] = []
    values: list[dict[str, object]] = []
    for row in batch:
        try:
            if row.fault:
                rejected.append((row.number, row.fault, row.written))
            else:
                values.append(values_of(row.record, known))
                rows.append(row)
        except DomainError as error:
            rejected.append((row.number, reason_of(error), row.written))
    outcomes = create_contacts(actor, values, entry_channel="import")
    for row, outcome in zip(rows, outcomes, strict=True):
        if isinstance(outcome, DomainError):
            rejected.append((row.number, reason_of(outcome), row.written))
    return sorted(rejected)


def _rehearsed(actor: Actor, batch: Sequence[Read], known: Known) -> list[Rejected]:
    with rehearsed():
        rejected = _take(actor, batch, known)
    # Tags that the batch made are gone again.
    reference.forget()
    return rejected


def reason_of(error: DomainError) -> str:
    """Return why a row is refused: the fields with what is wrong in them."""
    if not isinstance(error, InvalidError):
        return type(error).__name__.removesuffix("Error").lower()
    return "; ".join(f"{fault.key}: {fault.code}" for fault in error.faults)


def report_beside(path: Path) -> Path:
    """Return where the refused rows of a file are reported."""
    return path.with_name(REPORT.format(name=path.name))


def _append(report: Path, length: int, rejected: Sequence[Rejected]) -> int:
    """Write rows after what was noted before; what stands beyond is of a step that was undone."""
    if not rejected:
        return length
    text = StringIO()
    if not length:
        csv.writer(text).writerow(["row", "reason", "written"])
    csv.writer(text).writerows(rejected)
    with report.open("r+b" if report.exists() else "w+b") as file:
        file.truncate(length)
        file.seek(length)
        file.write(text.getvalue().encode())
        return file.tell()


def placed_in(actor: Actor, project_id: int | None) -> Actor:
    """Return the actor whose new contacts go to a project unless they say otherwise."""
    return replace(actor, default_project_id=project_id) if project_id else actor


def digest_of(path: Path) -> str:
    """Return what tells one file from another."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
