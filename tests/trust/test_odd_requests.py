"""Requests that no library would send are answered at every entrance, or the connection ends.

They are written byte by byte: heads that say nonsense, bodies in frames that contradict each other,
addresses that mean to lead elsewhere, and senders that never come to an end. Only the long run
starts a server for it; what single requests say wrongly is tried in `test_hostile_input.py` too.
"""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.serving import Server
from tests.trust.creating import creators, visitor
from tests.trust.figures import LONG, tell

pytestmark = pytest.mark.skipif(not LONG, reason="starts a server of its own: make trust")

ELSEWHERE = "elsewhere.example"
HEADERS = (
    ("Accept", "*/*;q=abc"),
    ("Accept", ";;;,"),
    ("Accept-Language", "x" * 3_000),
    ("Accept-Language", "../../etc"),
    ("Accept-Charset", "utf-7"),
    ("Accept-Encoding", "br;q=nan, gzip;q=1e9"),
    ("Authorization", "Basic !!!"),
    ("Authorization", "Basic " + "A" * 5_000),
    ("Authorization", "Bearer \xff"),
    ("Authorization", "Bearer"),
    ("Content-Encoding", "gzip"),
    ("Cookie", "a=b; =" * 200),
    ("Cookie", "sessionid=\xff\xfe"),
    ("Idempotency-Key", "k" * 10_000),
    ("Idempotency-Key", "\xe9\x80"),
    ("If-Match", '"' * 500),
    ("If-Modified-Since", "nonsense"),
    ("If-None-Match", 'W/"'),
    ("If-Unmodified-Since", "99999999"),
    ("Origin", "null"),
    ("Range", "bytes=0-,1-,2-"),
    ("Referer", f"http://{ELSEWHERE}/"),
    ("Upgrade", "websocket"),
    ("X-Forwarded-For", "'; drop"),
    ("X-Forwarded-Host", ELSEWHERE),
    ("X-HTTP-Method-Override", "TRACE"),
)
FRAMES = (
    ("Content-Length: -5", b"01234"),
    ("Content-Length: 5, 6", b"01234"),
    ("Content-Length: 5\r\nContent-Length: 7", b"0123456"),
    ("Content-Length: 5\r\nTransfer-Encoding: chunked", b"zz\r\n\r\n"),
    ("Content-Length: 99999999999999999999", b"01234"),
    ("Transfer-Encoding: chunked", b"zz\r\n\r\n"),
)
METHODS = ("TRACE", "OPTIONS", "HEAD", "PROPFIND", "FOO")
PATHS = (
    f"//{ELSEWHERE}/",
    f"/\\{ELSEWHERE}",
    f"/%2f%2f{ELSEWHERE}/",
    f"/admin//{ELSEWHERE}",
    f"/admin/login/?next=//{ELSEWHERE}",
    "/static/../crm/settings.py",
    "/static/%2e%2e/%2e%2e/manage.py",
    "/media/",
    "/.env",
    "/forms/%00",
    "/" + "a" * 9_000,
    "/" + "%" * 50,
    "/api/..%2f..%2fcontacts",
)
# More than all processes of the server wait for at once.
SLOW = 300
PATIENCE = 60


def sent(server: Server, head: str, body: bytes = b"") -> bytes:
    """Return the head of the answer, or nothing where the connection was closed instead."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as client:
        client.sendall(head.encode("latin-1") + b"\r\n\r\n" + body)
        answer = b""
        while b"\r\n\r\n" not in answer and (more := client.recv(65_536)):
            answer += more
    return answer.partition(b"\r\n\r\n")[0]


def head_of(server: Server, method: str, path: str, *lines: str) -> str:
    first = f"{method} {path} HTTP/1.1"
    return "\r\n".join((first, f"Host: 127.0.0.1:{server.port}", "Connection: close", *lines))


def requests(server: Server) -> Iterator[tuple[str, bytes]]:
    """Yield heads and bodies."""
    for each in (*creators(server), visitor(server)):
        path, headers, body = each.request("Odd", "Request")
        for name, value in HEADERS:
            own = [f"{key}: {text}" for key, text in headers.items() if key != name]
            lines = (*own, f"{name}: {value}")
            yield head_of(server, "GET", path, *lines), b""
            yield head_of(server, "POST", path, *lines, f"Content-Length: {len(body)}"), body
        own = [f"{key}: {text}" for key, text in headers.items()]
        for frame, tail in FRAMES:
            yield head_of(server, "POST", path, *own, frame), tail
        for method in METHODS:
            yield head_of(server, method, path, *own), b""
    for path in PATHS:
        yield head_of(server, "GET", path), b""


def test_odd_requests_are_answered_and_lead_nowhere(running: Server) -> None:
    count, faults = 0, []
    for head, body in requests(running):
        count += 1
        answer = sent(running, head, body)
        known = re.match(rb"HTTP/1\.1 (\d+)", answer)
        leading = re.search(rb"(?im)^location: ([^?\r]*)", answer)
        if answer and (known is None or int(known[1]) >= 500):
            faults.append(f"{head[:200]!r}: {answer[:100]!r}")
        if leading and re.match(rb"(https?:)?//(?!127\.0\.0\.1)", leading[1]):
            faults.append(f"{head[:200]!r} leads to {leading[1]!r}")
    assert faults == []
    tell("odd requests", f"{count} at six entrances, 0 answers of 500, 0 lead elsewhere")


def test_bodies_that_never_end_keep_no_reader_waiting(running: Server) -> None:
    path, headers, body = creators(running)[0].request("Slow", "Body")
    own = [f"{key}: {text}" for key, text in headers.items()]
    endless = head_of(running, "POST", path, *own, "Content-Length: 1000").encode() + b"\r\n\r\nx"
    with ExitStack() as open_ones:
        for _ in range(SLOW):
            client = socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE)
            open_ones.enter_context(client).sendall(endless)
        for _ in range(10):
            begun = time.monotonic()
            assert sent(running, head_of(running, "GET", "/health/live")).startswith(
                b"HTTP/1.1 200"
            )
            assert time.monotonic() - begun < PATIENCE / 2
        whole = head_of(running, "POST", path, *own, f"Content-Length: {len(body)}")
        refused = sent(running, whole, body)
        assert refused.startswith(b"HTTP/1.1 503")
        assert b"retry-after" in refused.lower()
    give_up = time.monotonic() + PATIENCE
    while not sent(running, whole, body).startswith(b"HTTP/1.1 201"):
        assert time.monotonic() < give_up, "no place is given back"
        time.sleep(0.1)
    tell("odd requests", f"{SLOW} bodies that never end: pages answered, more bodies 503")
