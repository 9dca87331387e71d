"""Bodies that are large, packed, or never end are refused at every door, in bounded memory.

They are sent to the real server, whose memory is looked at while they are there.
"""

import gzip
import http.client
import json
import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache

import pytest

from tests.processes import memory_of
from tests.serving import Server
from tests.trust.conftest import serving_unlimited
from tests.trust.creating import FORM, JSON, creators, visitor
from tests.trust.figures import LONG, enough, tell
from tests.trust.rows import rows_of

MEGABYTE = 2**20
SIZE = int(os.environ.get("BODY_MEGABYTES", enough(1, 10))) * MEGABYTE
# What the two processes of the server may need besides: each a few times a body, as text, as its
# values and as what is written back, and what they had no reason to load before. What is packed
# would unpack to more than that.
MOST = 80 * MEGABYTE + 2 * 15 * SIZE
# Fewer than the server has readers: whoever holds all of them is kept out by a proxy.
SLOW = enough(20, 100)
PATIENCE = 90
BOUNDARY = "frontier"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True)
class Door:
    """An address that takes a body, with who may send one there."""

    dialect: str
    path: str
    headers: Mapping[str, str]
    # A body that is right but for a first name that is too long.
    body: bytes
    is_creating: bool = True


def _doors(server: Server) -> Iterator[Door]:
    """Yield where contacts are created; in the long run every address that takes a body."""
    for each in (*creators(server), visitor(server)):
        path, headers, body = each.request("x" * SIZE, "Long")
        yield Door(each.dialect, path, headers, body)
        others = rows_of(each.dialect).probes() if LONG and each.dialect != "form" else ()
        paths = {probe.path.partition("?")[0] for probe in others if probe.is_writing}
        for other in sorted(paths - {path}):
            named = other.replace("{", "").replace("}", "")
            yield Door(each.dialect, named, headers, body, is_creating=False)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve with little patience; large bodies have a second more for each of their kilobytes."""
    with serving_unlimited(tmp_path_factory.mktemp("running"), BODY_SECONDS="1") as server:
        yield server


@pytest.fixture(scope="module")
def doors(running: Server) -> list[Door]:
    """Return all of them."""
    return list(_doors(running))


def bodies(door: Door) -> Iterator[tuple[str, str, Mapping[str, str], bytes]]:
    """Yield what is sent: its name, type, more headers and bytes."""
    kind = door.headers.get("Content-Type", JSON)
    yield "a long name", kind, {}, door.body
    yield "a long text", JSON, {}, json.dumps({"a": "x" * SIZE}).encode()
    yield "a packed bomb", kind, {"Content-Encoding": "gzip"}, _bomb()
    yield "a packed body", kind, {"Content-Encoding": "gzip"}, gzip.compress(door.body)
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    yield "a large part", MULTIPART, {}, part.encode() + bytes(SIZE) + b"\r\n--frontier--\r\n"
    field = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'
    yield "many parts", MULTIPART, {}, field.encode() * (SIZE // len(field)) + b"--frontier--\r\n"
    yield "many fields", FORM, {}, b"a[]=1&" * (SIZE // 6)


def tried_at(door: Door, place: int) -> Iterator[tuple[str, str, Mapping[str, str], bytes]]:
    """Yield every body where contacts are created, and one after the other everywhere else."""
    every = list(bodies(door))
    yield from every if door.is_creating else every[place % len(every) :][:1]


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(40 * SIZE))


def status_of(server: Server, door: Door, kind: str, more: Mapping[str, str], body: bytes) -> int:
    """Send a body and return the status of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        headers = {**door.headers, "Content-Type": kind, **more}
        connection.request("POST", door.path, body=body, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


class Watch:
    """Looks at the memory of a server again and again, and keeps the most."""

    def __init__(self, server: Server) -> None:
        self.server, self.is_over = server, threading.Event()
        self.before = self.most = memory_of(server)
        self.thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        while not self.is_over.wait(0.05):
            self.most = max(self.most, memory_of(self.server))

    def __enter__(self) -> "Watch":
        self.thread.start()
        return self

    def __exit__(self, *_told: object) -> None:
        self.is_over.set()
        self.thread.join()

    @property
    def grown(self) -> int:
        """Return by how many bytes it grew."""
        return self.most - self.before


def test_large_bodies_are_answered_in_bounded_memory(running: Server, doors: list[Door]) -> None:
    faults, count = [], 0
    # Each process loads what it needs for answers at all, before its memory is looked at.
    for door in doors * 2:
        status_of(running, door, JSON, {}, b"{}")
    with Watch(running) as watch:
        for place, door in enumerate(doors):
            for name, kind, more, body in tried_at(door, place):
                count += 1
                status = status_of(running, door, kind, more, body)
                if status >= 500:
                    faults.append(f"{name} at {door.path}: {status}")
    assert "\n".join(faults) == ""
    assert watch.grown < MOST, f"{watch.grown / MEGABYTE:.0f} MB more"
    tell(
        "hostile input",
        f"{count} bodies of {SIZE // MEGABYTE} MB at {len(doors)} addresses, 0 answers of 500,"
        f" at most {watch.grown / MEGABYTE:.0f} MB more memory",
    )


def test_what_is_announced_too_large_is_refused_unread(running: Server, doors: list[Door]) -> None:
    for door in doors:
        with socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE) as sent:
            sent.sendall(_head(door, running, 10 * 2**30))
            status = int(sent.recv(64).split()[1])
        # Some protocols refuse with 200 whatever it is.
        assert status < 500, door.path
    assert running.is_ready()


def test_bodies_that_never_end_keep_nobody_waiting(running: Server, doors: list[Door]) -> None:
    with ExitStack() as opened, Watch(running) as watch:
        for place in range(SLOW):
            door = doors[place % len(doors)]
            held = opened.enter_context(
                socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE)
            )
            held.sendall(_head(door, running, MEGABYTE) + b'{"a": "')
        waited = []
        for _time in range(5):
            started = time.monotonic()
            assert running.is_ready()
            waited.append(time.monotonic() - started)
    assert watch.grown < MOST
    tell(
        "hostile input",
        f"{SLOW} bodies that never end: others waited {max(waited):.2f} s at most,"
        f" {watch.grown / MEGABYTE:.0f} MB more memory",
    )


def test_a_body_that_drips_is_given_up_and_keeps_nobody_waiting(running: Server) -> None:
    lines = ("POST /contacts.json HTTP/1.1", "Host: localhost", "Content-Length: 9", "", "")
    head = "\r\n".join(lines)
    with ExitStack() as opened:
        # One for each process at least.
        held = [
            opened.enter_context(
                socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE)
            )
            for _ in range(6)
        ]
        for each in held:
            each.sendall(head.encode() + b"{")
        for each in held:
            assert each.recv(64).startswith(b"HTTP/1.1 408 ")
            each.sendall(b"{")
        started = time.monotonic()
        assert all(running.is_ready() for _ in range(6))
        assert time.monotonic() - started < 5


def _head(door: Door, server: Server, length: int) -> bytes:
    headers = {**door.headers, "Host": f"127.0.0.1:{server.port}", "Content-Length": str(length)}
    lines = [f"POST {door.path} HTTP/1.1", *(f"{name}: {text}" for name, text in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()
