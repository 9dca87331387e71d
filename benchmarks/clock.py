"""Processor time: what a request costs however busy the machine is, the database included.

And the time by the clock, for what is worth waiting less on several cores.
"""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Taken:
    """What something took, in seconds: by the clock, and of the processors."""

    seconds: float = 0.0
    spent: float = 0.0


@contextmanager
def timed() -> Iterator[Taken]:
    """Tell after the block what it took."""
    found, started, before = Taken(), time.perf_counter(), spent()
    yield found
    found.seconds = time.perf_counter() - started
    found.spent = (spent() - before) / 1000


def spent() -> float:
    """Return the milliseconds of this process and of the database servers that work for it."""
    from django.db import connections  # noqa: PLC0415 -- needs the set-up of the application

    total = time.process_time_ns()
    for each in connections.all(initialized_only=True):
        if each.vendor == "postgresql" and each.connection is not None:
            total += nanoseconds_of(each.connection.info.backend_pid)
    return total / 1e6


def nanoseconds_of(process: int) -> int:
    """Return the processor time of another process with all its threads; 0 where it is gone."""
    found = 0
    for task in Path(f"/proc/{process}/task").glob("*"):
        try:
            found += int((task / "schedstat").read_text().split()[0])
        except OSError:
            continue
    return found


def milliseconds_of(processes: Iterable[int]) -> float:
    """Return the milliseconds of some processes."""
    return sum(nanoseconds_of(each) for each in processes) / 1e6


def below(process: int) -> list[int]:
    """Return a process and all that it has started, directly or not."""
    parents: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            parents.setdefault(_parent(int(name)), []).append(int(name))
    found = [process]
    for each in found:
        found += parents.get(each, [])
    return found


def _parent(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return 0
    # The name of the program stands in parentheses, and may have spaces in it.
    return int(status.rpartition(")")[2].split()[1])
