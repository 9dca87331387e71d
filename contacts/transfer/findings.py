"""What there is to say of single rows of an import, in files beside the one that is taken in.

The findings are lines of JSON in the order of the rows, for the screen. The refused rows are a
table with the headings of the file, so that it can be mended and sent again.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from contacts.errors import Fault
from contacts.fields.spreadsheets import as_cell, of_cell
from contacts.transfer.reading import Read

REPORT = "{name}.rejected.csv"
FINDINGS = "{name}.findings.jsonl"
REPEATED = "repeated"
# Before the headings of the file; when it comes back, these columns mean nothing.
OWN_HEADINGS = ("row", "problem")


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a row: what is wrong with it, and in `keys` what changed."""

    row: int
    what: str
    faults: tuple[Fault, ...] = ()
    contact: int | None = None
    others: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Return in a line why the row is not in."""
        told = [f"{each.key}: {each.code}" if each.key else each.code for each in self.faults]
        return "; ".join(told) or f"known: contact {self.contact}"


def report_beside(path: Path) -> Path:
    """Return where the refused rows of a file are reported."""
    return path.with_name(REPORT.format(name=path.name))


def findings_beside(path: Path) -> Path:
    """Return where the findings in a file are."""
    return path.with_name(FINDINGS.format(name=path.name))


def findings_of(path: Path) -> Iterator[Finding]:
    """Yield the findings in a file, as far as there are any."""
    place = findings_beside(path)
    if not place.exists():
        return
    with place.open(encoding="utf-8") as file:
        for line in file:
            found = json.loads(line)
            found["faults"] = tuple(map(_fault, found["faults"]))
            yield Finding(**found)


def _fault(told: Mapping[str, Any] | Sequence[str]) -> Fault:
    # A file of the last week may be from before an upgrade: then it says no more than key and code.
    return Fault(**told) if isinstance(told, Mapping) else Fault(told[0], told[1])


def append_findings(path: Path, length: int, findings: Sequence[Finding]) -> int:
    """Write findings after what was noted before; returns the new length."""
    lines = [json.dumps(asdict(each), ensure_ascii=False, default=str) + "\n" for each in findings]
    return _append(findings_beside(path), length, "".join(lines))


def append_rejected(
    path: Path, length: int, headings: Sequence[str], rejected: Sequence[tuple[Finding, Read]]
) -> int:
    """Write refused rows after what was noted before; returns the new length."""
    text = StringIO()
    table = csv.writer(text)
    if rejected and not length:
        table.writerow([*OWN_HEADINGS, *(headings or ["written"])])
    for finding, row in rejected:
        cells = row.cells if headings else [row.written]
        # Of a table of ours a cell may be one already.
        safe = (as_cell(of_cell(cell)) for cell in cells)
        table.writerow([finding.row, finding.reason, *safe])
    return _append(report_beside(path), length, text.getvalue())


def _append(place: Path, length: int, text: str) -> int:
    """Write behind what was noted; what stands beyond is of a step that was undone."""
    if not text and not (place.exists() and place.stat().st_size > length):
        return length
    with place.open("r+b" if place.exists() else "w+b") as file:
        file.truncate(length)
        file.seek(length)
        file.write(text.encode())
        return file.tell()
