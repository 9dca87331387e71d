"""What is told of single rows of an import can be read again, as it was or as it used to be."""

import json
from pathlib import Path

from contacts.errors import Fault
from contacts.transfer.findings import Finding, append_findings, findings_beside, findings_of


def test_findings_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    told = [
        Finding(2, "refused", (Fault("nickname", "too_long", {"limit": 255}),)),
        Finding(3, "changed", contact=7, others=(8,), keys=("job_title",)),
    ]
    append_findings(path, 0, told)

    first, second = findings_of(path)
    assert first.faults == told[0].faults
    assert (second.row, second.contact, [*second.others]) == (3, 7, [8])


def test_findings_from_before_an_upgrade_say_key_and_code(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    line = {"row": 2, "what": "refused", "faults": [["birthday", "not_a_date"], ["", "no object"]]}
    findings_beside(path).write_text(json.dumps(line) + "\n")

    (found,) = findings_of(path)
    assert found.reason == "birthday: not_a_date; no object"
