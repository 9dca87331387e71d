"""An import beside saving the same rows one by one and beside COPY, and the memory that it takes.

`python -m benchmarks.importing [--sizes 10000 100000] [--rows 2000 20000] [--engine postgresql]`

What is saved one by one are the very rows that the import has written, each with `Model.save`, a
contact in a transaction; what PostgreSQL copies are all rows of the import but its documents. Who
waits for an import waits by the clock, and so do the goals: while the server stores rows on one
core, the next are read and checked on another. By processor time it is told beside. A neighbour on
the machine costs each of the three as much: they take turns.

Memory is RssAnon, looked at twenty times a second: pages of the database file that SQLite maps are
no memory of ours. It is compared between two sizes for the export, and between two numbers of rows
for the import.
"""

import json
import re
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import command, databases
from benchmarks.clock import Taken, timed
from benchmarks.copying import copied
from benchmarks.figures import Figure
from benchmarks.goals import measured

LOOK_EVERY = 0.05
MEMORY_AT_MOST = 150.0
# The goals are held to the first.
CLOCKS = ("the clock", "processor time")
# So often each has its turn, the import with a file of its own.
TURNS = 3
# Saving one by one is slow, and the same for each.
SAVED = 70


def measure(sizes: Sequence[int], rows: Sequence[int]) -> list[Figure]:
    """Return how much sooner rows come in than one by one, and the memory of it."""
    found: list[Figure] = []
    exports: dict[int, float] = {}
    imports: dict[int, float] = {}
    for size in databases.copies(sizes):
        databases.prepared(size)
        with tempfile.TemporaryDirectory() as folder:
            exported = _run(size, "export", str(Path(folder) / "all.json"))
            exports[size] = exported["peak"]
            # More rows where they are compared with fewer, once.
            for count in rows if size == min(sizes) else rows[:1]:
                paths = [str(written(Path(folder), count, turn)) for turn in range(TURNS)]
                imported = _run(size, "import", *paths)
                imports.setdefault(count, imported["peak"])
                found += _speeds(imported, size, count)
        for name, peak in (("import", imports[rows[0]]), ("export", exported["peak"])):
            title = f"memory of {name} / 150 MiB"
            found.append(measured("14 most", title, peak, MEMORY_AT_MOST, "MiB", size))
    return found + _grown("export", exports) + _grown("import", imports)


def _speeds(imported: Mapping[str, float], size: int, rows: int) -> list[Figure]:
    found = []
    for floor, goal, title in (("saved", "13 save", "Model.save"), ("copied", "13 floor", "COPY")):
        for clock in CLOCKS if f"{floor} by the clock" in imported else ():
            ours, least = imported[f"imported by {clock}"], imported[f"{floor} by {clock}"]
            name = f"import of {rows} / {title}, {clock}"
            figure = measured(goal, name, ours, least, "rows/s", size)
            held = clock == CLOCKS[0]
            found.append(figure if held else replace(figure, least=None, goal=""))
    return found


def _grown(name: str, peaks: Mapping[int, float]) -> list[Figure]:
    small, large = min(peaks), max(peaks)
    if small == large:
        return []
    title = f"memory of {name}: {large} / {small}"
    return [measured("14 growth", title, peaks[large], peaks[small], "MiB", large)]


def written(folder: Path, rows: int, turn: int = 0) -> Path:
    """Write a table of contacts with two e-mails, two phones and two tags each."""
    path, mark = folder / f"new{turn}.csv", f"{int(time.time())} {turn}"
    lines = (
        f"Bench {mark},No {number},b{number}@example.com; c{number}@example.org,"
        f"+1 555 {number:07d}; +1 556 {number:07d},vip; partner"
        for number in range(rows)
    )
    path.write_text("\n".join(["first_name,last_name,emails,phones,tags", *lines]) + "\n")
    return path


def _run(size: int, *words: str) -> dict[str, float]:
    """Do something in a process of its own; returns what it found out about itself."""
    output = databases.run(size, "-m", "benchmarks.importing", "--given", json.dumps(words))
    found: dict[str, float] = json.loads(output.splitlines()[-1])
    return found


class Memory:
    """The most memory that a process of ours had while the block ran, in MiB."""

    def __init__(self) -> None:
        self.peak = 0.0
        self.ended = threading.Event()
        self.looking = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Memory":
        self.looking.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.ended.set()
        self.looking.join()

    def _look(self) -> None:
        while not self.ended.wait(LOOK_EVERY):
            status = Path("/proc/self/status").read_text()
            kilobytes = re.search(r"RssAnon:\s+(\d+)", status)
            self.peak = max(self.peak, int(kilobytes[1]) / 1024 if kilobytes else 0.0)


def do(what: str, *paths: str) -> dict[str, float]:
    """Import or export files in this process; returns memory, and rows a second by either clock."""
    import django  # noqa: PLC0415 -- only in the process that is measured
    from django.core.management import call_command, load_command_class  # noqa: PLC0415 -- the same

    django.setup()
    # A worker has started long before, with all that any job needs.
    from contacts.jobs.registry import find_definition  # noqa: PLC0415 -- after the set-up

    find_definition(what)
    command = load_command_class("contacts", what)
    options: dict[str, Any] = {"project": "demo"} if what == "import" else {}
    peak, taken = 0.0, defaultdict[str, float](float)
    for path in paths:
        before = _highest_id()
        with Memory() as memory, timed() as took:
            call_command(command, path, json=True, **options)
        # The first time: afterwards there are leavings of what it is compared with.
        peak = peak or memory.peak
        if what == "import":
            _note(taken, "imported", Path(path).read_text().count("\n") - 1, took)
            _note(taken, "copied", *copied(before))
            _note(taken, "saved", SAVED, _saved())
    rates = {
        f"{name} by {clock}": taken[f"{name} rows"] / taken[f"{name} by {clock}"]
        for name in ("imported", "copied", "saved")
        for clock in CLOCKS
        if taken[f"{name} by {clock}"]
    }
    return {"peak": peak, **rates}


def _note(taken: dict[str, float], name: str, rows: int, took: Taken) -> None:
    taken[f"{name} rows"] += rows
    for clock, seconds in zip(CLOCKS, (took.seconds, took.spent), strict=True):
        taken[f"{name} by {clock}"] += seconds


def _highest_id() -> int:
    from contacts.models import Contact  # noqa: PLC0415 -- after the set-up

    return int(Contact.objects.latest("pk").pk)


def _saved() -> Taken:
    """Save copies of the last contact with all its rows, one row at a time."""
    from django.db import transaction  # noqa: PLC0415 -- after the set-up

    from contacts import models  # noqa: PLC0415 -- the same

    names = "EmailAddress Phone ContactTag ContactProject ContactAccess ContactKey ContactText"
    hanging = [getattr(models, name) for name in f"{names} ContactDocument Change".split()]
    contact = models.Contact.objects.latest("pk")
    rows = [row for model in hanging for row in model.objects.filter(contact_id=contact.pk)]
    with timed() as took:
        for _copy in range(SAVED):
            with transaction.atomic():
                contact.pk, contact._state.adding = None, True
                contact.save()
                for row in rows:
                    row.pk, row._state.adding = None, True
                    row.contact_id = contact.pk
                    row.save()
    return took


def main() -> int:
    """Measure, or be the process that is measured."""
    parser = command.parser(__doc__, [10_000, 100_000])
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000, 10_000])
    options = parser.parse_args()
    if options.given:
        print("\n" + json.dumps(do(*json.loads(options.given))))
        return 0
    return command.run(options, lambda: measure(options.sizes, options.rows))


if __name__ == "__main__":
    sys.exit(main())
