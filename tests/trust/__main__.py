"""Run every suite of promises in its long version and print one table: ``make trust``."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.trust.figures import FILE

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
EXAMPLES = "2000"


@dataclass(frozen=True)
class Neighbour:
    """A suite that lives beside what it tests: its promise, and what makes it long."""

    promise: str
    figure: str
    settings: Mapping[str, str] = field(default_factory=dict)


NEIGHBOURS = {
    ROOT / "tests/dialects/vtiger/test_query_properties.py": Neighbour(
        "VTQL finds what a plain reading finds; garbage is refused",
        f"{EXAMPLES} queries a test, 0 differences",
        {"VTQL_EXAMPLES": EXAMPLES},
    ),
    ROOT / "tests/dialects/wildapricot/test_filter_trees.py": Neighbour(
        "$filter finds what a plain reading finds; garbage is refused",
        f"{EXAMPLES} filters a test, 0 differences",
        {"FILTER_EXAMPLES": EXAMPLES},
    ),
    ROOT / "tests/dialects/civicrm/test_language.py": Neighbour(
        "operators of CiviCRM find what a plain reading finds", "240 filters, 0 differences"
    ),
    ROOT / "tests/contacts/query/test_search.py": Neighbour(
        "conditions of the domain find what a plain reading finds", "150 trees, 0 differences"
    ),
    ROOT / "tests/contacts/jobs/test_killed_worker.py": Neighbour(
        "killed workers", "every step once, whoever is killed"
    ),
}


def main(names: list[str]) -> int:
    """Run the suites that are named, or all, and return the status of the process."""
    suites = [*sorted(HERE.glob("test_*.py")), *NEIGHBOURS]
    if names:
        suites = [suite for suite in suites if any(name in suite.stem for name in names)]
    rows: list[tuple[str, str, str]] = []
    for suite in suites:
        print(f"{suite.stem} ...", flush=True)
        begun = time.monotonic()
        figures, is_kept = run(suite)
        spent = f"{time.monotonic() - begun:.0f} s"
        verdict = f"{'kept' if is_kept else 'BROKEN'} ({spent})"
        rows.extend((promise, figure, verdict) for promise, figure in figures)
        if not figures:
            told = NEIGHBOURS.get(suite, Neighbour(suite.stem.removeprefix("test_"), "-"))
            rows.append((told.promise, told.figure, verdict))
    print(table([("promise", "figure", "verdict"), *rows]))
    return 1 if any("BROKEN" in verdict for _, _, verdict in rows) else 0


def run(suite: Path) -> tuple[list[tuple[str, str]], bool]:
    """Run one suite; return its figures and whether all of it holds."""
    more = NEIGHBOURS[suite].settings if suite in NEIGHBOURS else {}
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as noted:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", suite],
            cwd=ROOT,
            env={**os.environ, "TRUST": "long", FILE: noted.name, **more},
            check=False,
            stdout=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            print(done.stdout)
        lines = Path(noted.name).read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return [(each["promise"], each["figure"]) for each in told], done.returncode == 0


def table(rows: list[tuple[str, str, str]]) -> str:
    """Return the rows as a table in Markdown."""
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
