"""Run every suite of promises in its long version and print one table: ``make trust``."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.trust.figures import FILE

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def main(names: list[str]) -> int:
    """Run the suites that are named, or all, and return the status of the process."""
    suites = sorted(HERE.glob("test_*.py"))
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
            rows.append((suite.stem.removeprefix("test_").replace("_", " "), "-", verdict))
    print(table([("promise", "figure", "verdict"), *rows]))
    return 1 if any("BROKEN" in verdict for _, _, verdict in rows) else 0


def run(suite: Path) -> tuple[list[tuple[str, str]], bool]:
    """Run one suite; return its figures and whether all of it holds."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as noted:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", suite],
            cwd=ROOT,
            env={**os.environ, "TRUST": "long", FILE: noted.name},
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
