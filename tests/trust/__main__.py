"""Run every suite of promises in its long version and print one table: ``make trust``."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

from tests.trust.figures import FILE
from tests.trust.plan import ROOT, Suite, every_suite

# Set where nothing may be written beside the sources.
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
BYTECODE = f"rosetta-compiled-{os.getuid()}"
# A test that hangs fails and says where, and the others are run all the same. The longest, a mixed
# load, is meant to take a quarter of these seconds.
BOUND = {"PYTEST_TIMEOUT": "3600"}
HEAD = ("promise", "what", "to reach", "seen", "reached")


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    promise: str
    what: str
    to_reach: str
    seen: str
    reached: str


def main(arguments: Sequence[str]) -> int:
    """Run the suites that are named, or all, and return the status of the process."""
    asked = options().parse_args(arguments)
    suites = chosen(asked.names)
    if not suites:
        print("No suite has such a name.")
        return 2
    lines: list[Line] = []
    logs: list[Mapping[str, int]] = []
    for place, suite in enumerate(suites, 1):
        for is_on_postgres in (False, True) if suite.on_both else (False,):
            where = " on PostgreSQL" if is_on_postgres else ""
            title = f"[{place}/{len(suites)}] {suite.row}: {suite.path.stem}{where}"
            print(f"{title} ...", flush=True)
            begun = time.monotonic()
            lines += run(suite, is_short=asked.short, is_on_postgres=is_on_postgres, logs=logs)
            print(f"{title}: {lines[-1].reached} after {time.monotonic() - begun:.0f} s")
    lines += told_of_logs(logs)
    print(table(lines))
    if asked.json:
        told = json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1)
        asked.json.write_text(told + "\n", encoding="utf-8")
    return 0 if all(line.reached == "yes" for line in lines) else 1


def options() -> argparse.ArgumentParser:
    """Return what may be said on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of names of promises or suites")
    parser.add_argument("--short", action="store_true", help="as among all other tests")
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the table here as well")
    return parser


def chosen(names: Sequence[str]) -> list[Suite]:
    """Return the suites that are named, or all of them."""
    suites = every_suite()
    return [s for s in suites if not names or any(name.lower() in s.names for name in names)]


def run(
    suite: Suite, *, is_short: bool, is_on_postgres: bool, logs: list[Mapping[str, int]]
) -> list[Line]:
    """Run one suite and return its lines of the table; add what was read of the logs."""
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider"]
    if is_on_postgres:
        command = [sys.executable, "tools/temporary_postgres.py", *command]
    where = " (PostgreSQL)" if is_on_postgres else ""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as noted:
        settings = {FILE: noted.name} if is_short else {FILE: noted.name, "TRUST": "long"}
        done = subprocess.run(
            [*command, str(suite.path)],
            cwd=ROOT,
            env=environment(settings),
            check=False,
            stdout=subprocess.PIPE,
            text=True,
        )
        told = Path(noted.name).read_text(encoding="utf-8").splitlines()
    if done.returncode:
        print(done.stdout)
    notes = [json.loads(line) for line in told]
    logs += [note["logs"] for note in notes if "logs" in note]
    figures = [note for note in notes if "logs" not in note]
    found = [
        Line(suite.row, each["promise"] + where, suite.reach, each["figure"], each["reached"])
        for each in figures
    ]
    last = done.stdout.strip().splitlines()[-1:] or ["nothing"]
    if done.returncode or not found:
        reached = "no" if done.returncode else "yes"
        found.append(Line(suite.row, suite.path.stem + where, suite.reach, last[0], reached))
    return found


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a suite, in which every process after the first starts quickly.

    What Python compiles is kept beside the sources or, where that is not wished, elsewhere.
    """
    kept = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    if NO_BYTECODE in os.environ:
        kept.setdefault("PYTHONPYCACHEPREFIX", str(Path(tempfile.gettempdir()) / BYTECODE))
    return {**BOUND, **kept, **settings}


def told_of_logs(logs: Sequence[Mapping[str, int]]) -> list[Line]:
    """Return the line about the logs of all servers that the suites have started."""
    if not logs:
        return []
    servers, characters, secrets, found = (
        sum(each[name] for each in logs) for name in ("servers", "characters", "secrets", "found")
    )
    seen = f"{servers} servers, {characters:,} characters read for {secrets} secrets, {found} found"
    reached = "no" if found else "yes"
    return [Line("secrets", "logs of all servers above", "0 in any log", seen, reached)]


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a table in Markdown."""
    rows = [HEAD, *map(astuple, lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    printed = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    printed.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(printed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
