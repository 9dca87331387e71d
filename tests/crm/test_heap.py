"""All threads of a server share one heap."""

import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from tests.processes import processes_of
from tests.serving import Server

AT_ONCE = 8
# Those of threads begin where the GNU C library puts them, and take up so much, mostly unused.
RESERVED = 64 * 2**20


def heaps_of_threads(process: Path) -> int:
    """Count the heaps that threads of a process have for themselves."""
    parts = []
    for line in (process / "maps").read_text().splitlines():
        span, rights = line.split()[:2]
        start, _, end = span.partition("-")
        parts.append((int(start, 16), int(end, 16), rights))
    return sum(
        start % RESERVED == 0
        and (rights, rest) == ("rw-p", "---p")
        and (end, rest_end) == (rest_start, start + RESERVED)
        for (start, end, rights), (rest_start, rest_end, rest) in pairwise(parts)
    )


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="reads /proc of Linux")
def test_threads_of_a_server_have_no_heaps_of_their_own(server: Server) -> None:
    at_once = threading.Barrier(AT_ONCE)

    def ask(_number: int) -> int:
        at_once.wait()
        with urllib.request.urlopen(f"{server.base_url}/health/ready", timeout=60) as answer:
            return int(answer.status)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert list(pool.map(ask, range(AT_ONCE))) == [200] * AT_ONCE
    found = {process.name: heaps_of_threads(process) for process in processes_of(server)}
    assert len(found) > 2  # one that starts the others, and two of these
    assert set(found.values()) == {0}, found
