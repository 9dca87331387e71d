"""Files: rows a second and the memory that they take, at two sizes side by side.

`python -m benchmarks.transfer [--sizes 10000 100000] [--json FILE]`
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import command, databases
from benchmarks.figures import Figure
from benchmarks.growth import growth_of

FORMATS = ("csv", "json", "vcf", "xlsx")
ROWS = 2_000


def measure(sizes: Sequence[int]) -> list[Figure]:
    """Return speed and memory of exports and imports."""
    found: list[Figure] = []
    peaks: dict[str, dict[int, float]] = {}
    for size in databases.copies(sizes):
        databases.prepared(size)
        with tempfile.TemporaryDirectory() as folder:
            for name in FORMATS:
                path = Path(folder) / f"contacts.{name}"
                seconds, peak = _run(size, "export", str(path), "--json")
                peaks.setdefault(name, {})[size] = peak
                title = f"export {name}, {peak:.0f} MiB"
                found.append(_rate(title, size, seconds, size))
            found.append(_imported(size, Path(folder)))
    return found + growth_of(
        "14 growth", {f"memory of export {name}": each for name, each in peaks.items()}
    )


def _imported(size: int, folder: Path) -> Figure:
    """Take in rows that are new each time."""
    path, mark = folder / "new.csv", int(time.time())
    lines = (f"Bench {mark},No {number},b{number}@example.com" for number in range(ROWS))
    path.write_text("\n".join(["first_name,last_name,emails", *lines]) + "\n")
    seconds, peak = _run(size, "import", str(path), "--project", "demo", "--json")
    return _rate(f"import csv, {peak:.0f} MiB", ROWS, seconds, size)


def _rate(title: str, rows: int, seconds: float, size: int) -> Figure:
    return Figure(title, rows / seconds, rows, seconds, "rows/s", size)


def _run(size: int, *words: str) -> tuple[float, float]:
    """Run a command; returns its seconds and the most memory that it had, in MiB."""
    started = time.monotonic()
    done = subprocess.run(  # noqa: S603 -- our own module
        [sys.executable, "-m", "benchmarks.transfer", "--run", json.dumps(words)],
        cwd=databases.ROOT,
        env={**databases.environment(size), "DJANGO_SETTINGS_MODULE": "crm.settings"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return time.monotonic() - started, float(done.stdout.splitlines()[-1])


def _run_here(words: list[str]) -> int:
    import django  # noqa: PLC0415 -- only in the process that is measured
    from django.core.management import call_command  # noqa: PLC0415 -- the same

    django.setup()
    call_command(*words)
    print(f"\n{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f}")
    return 0


def main() -> int:
    """Measure, or be the process whose memory is measured."""
    parser = command.parser(__doc__, [10_000, 100_000])
    parser.add_argument("--run", type=json.loads, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        return _run_here(options.run)
    return command.run(options, lambda: measure(options.sizes))


if __name__ == "__main__":
    sys.exit(main())
