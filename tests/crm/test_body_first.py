"""Requests are taken in whole before work on them begins."""

import gc
import io
import socket
import threading
import urllib.request
import weakref
from collections.abc import Iterable
from itertools import islice
from typing import Any

import pytest

from crm.body_first import CUT_SHORT, KEPT_IN_MEMORY, SLOW, UNREAD, BodyFirst, StartResponse
from crm.body_places import Places
from crm.client_address import client_address
from crm.patience import Pace
from tests.serving import Server

SLOW_CLIENTS = 20
HEAD = (
    "POST /health/live HTTP/1.1\r\n"
    "Host: localhost\r\n"
    # With this cookie Django reads the form, looking for the token that belongs to it.
    f"Cookie: csrftoken={'x' * 32}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 1000\r\n"
    "\r\n"
    "begun=and"
)


def test_clients_that_send_slowly_do_not_keep_others_waiting(server: Server) -> None:
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(SLOW_CLIENTS)]
    for client in slow:
        client.sendall(HEAD.encode())

    for _ in range(SLOW_CLIENTS):
        with urllib.request.urlopen(f"{server.base_url}/health/live", timeout=5) as answer:
            assert answer.status == 200

    for client in slow:
        client.sendall(b"&" * (1000 - len("begun=and")))
        assert client.recv(65536).startswith(b"HTTP/1.1 403")
        client.close()


def echo(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read(), environ.get("CONTENT_LENGTH", "none").encode()]


def body_and_length(environ: dict[str, Any]) -> list[bytes]:
    heads: list[Any] = []
    answer = list(
        BodyFirst(echo, most=10, address_of=client_address)(
            environ, lambda *head: heads.append(head)
        )
    )
    assert heads == [("200 OK", [])]
    return answer


def test_body_of_announced_length_arrives_whole() -> None:
    environ = {"CONTENT_LENGTH": "10", "wsgi.input": io.BytesIO(b"0123456789")}

    assert body_and_length(environ) == [b"0123456789", b"10"]


def test_body_sent_in_chunks_gets_its_length() -> None:
    environ = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": io.BytesIO(b"01234")}

    assert body_and_length(environ) == [b"01234", b"5"]


def unread(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read(), environ.get(UNREAD, "it is there").encode()]


def told_of(application: BodyFirst, environ: dict[str, Any]) -> list[bytes]:
    # An answer to a body that is given up ends when nobody waits for that any more.
    return list(islice(application(environ, lambda *_head: None), 2))


@pytest.mark.parametrize("arrived", [b"name=An", b""])
def test_body_that_is_cut_short_is_no_body(arrived: bytes) -> None:
    """Half a form looks like a whole one: a name that was cut would have been stored."""
    application = BodyFirst(unread, most=10, address_of=client_address)
    environ = {"CONTENT_LENGTH": "10", "wsgi.input": io.BytesIO(arrived)}
    assert told_of(application, environ) == [b"", CUT_SHORT.encode()]


@pytest.mark.parametrize(
    ("end", "is_whole"), [(b"--x--\r\n", True), (b"--x--", True), (b"", False)]
)
def test_chunks_that_break_off_are_no_form_in_parts(end: bytes, is_whole: bool) -> None:
    form = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    environ = {
        "HTTP_TRANSFER_ENCODING": "chunked",
        "CONTENT_TYPE": 'multipart/form-data; boundary="x"',
        "wsgi.input": io.BytesIO(form + end),
    }
    application = BodyFirst(unread, most=1000, address_of=client_address)
    found = [form + end, b"it is there"] if is_whole else [b"", CUT_SHORT.encode()]
    assert told_of(application, environ) == found


class Trickle(io.BytesIO):
    """A body that pauses before each byte, and before the last until it is told."""

    def __init__(self, body: bytes, pause: float, end: threading.Event | None = None) -> None:
        super().__init__(body)
        self.pause, self.end = pause, end

    def read(self, size: int | None = -1) -> bytes:
        chunk = b""
        while len(chunk) < (size or 0) and (byte := super().read(1)):
            threading.Event().wait(self.pause)
            chunk += byte
        if self.end is not None:
            self.end.wait(30)
        return chunk


def test_a_slow_body_that_keeps_its_pace_arrives_whole() -> None:
    pace = Pace(seconds=0.2, bytes_a_second=20)
    application = BodyFirst(unread, most=10, address_of=client_address, pace=pace)
    environ = {"CONTENT_LENGTH": "10", "wsgi.input": Trickle(b"0123456789", 0.03)}
    assert told_of(application, environ) == [b"0123456789", b"it is there"]


def test_a_body_that_does_not_come_in_its_time_is_given_up_and_counts_against_its_address() -> None:
    pace, end = Pace(seconds=0.05, bytes_a_second=1000), threading.Event()
    application = BodyFirst(unread, most=10, address_of=client_address, pace=pace)
    application.places = Places(most=1, most_of_one=2, slow_after=0)

    def send(address: str, body: io.BytesIO) -> list[bytes]:
        environ = {"REMOTE_ADDR": address, "CONTENT_LENGTH": "5", "wsgi.input": body}
        return told_of(application, environ)

    # One after the other finds the only place: the one before has lost it.
    for _ in range(2):
        assert send("192.0.2.1", Trickle(b"01234", 0, end)) == [b"", SLOW.encode()]
    assert send("192.0.2.2", io.BytesIO(b"01234")) == [b"01234", b"it is there"]
    assert b"Too many requests" in send("192.0.2.1", io.BytesIO(b"01234"))[0]
    end.set()
    while application.places.taken:
        end.wait(0.01)
    assert send("192.0.2.1", io.BytesIO(b"01234")) == [b"01234", b"it is there"]


def test_too_large_body_is_not_read_and_keeps_its_length_for_the_refusal() -> None:
    source = io.BytesIO(b"01234567890")

    assert body_and_length({"CONTENT_LENGTH": "11", "wsgi.input": source}) == [b"", b"11"]
    assert source.tell() == 0


def test_endless_chunks_are_read_no_further_than_the_limit() -> None:
    source = io.BytesIO(b"x" * 100)

    answer = body_and_length({"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": source})

    assert answer == [b"x" * 11, b"11"]
    assert source.tell() == 11


def test_bodies_that_never_end_leave_room_for_other_addresses_and_for_requests_without() -> None:
    application = BodyFirst(echo, most=10, address_of=client_address)
    application.places = Places(most=3, most_of_one=2, slow_after=0)
    end = threading.Event()
    told: list[str] = []

    class Endless(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            end.wait(30)
            return b""

    def send(address: str, body: io.BytesIO | None) -> None:
        announced = {"CONTENT_LENGTH": "5"} if body else {}
        environ = {"REMOTE_ADDR": address, "wsgi.input": body or io.BytesIO(), **announced}
        application(environ, lambda status, _headers: told.append(status[:3]))

    held = [threading.Thread(target=send, args=("192.0.2.1", Endless())) for _ in range(2)]
    for sender in held:
        sender.start()
    while len(application.places.taken) < len(held):
        end.wait(0.01)

    send("192.0.2.1", io.BytesIO(b"01234"))
    send("192.0.2.1", None)
    send("192.0.2.2", io.BytesIO(b"01234"))
    assert told == ["503", "200", "200"]
    end.set()
    for sender in held:
        sender.join()

    send("192.0.2.1", io.BytesIO(b"01234"))
    assert told[-1] == "200"
    assert not application.places.taken


class TooLongError(Exception):
    """Of a class of one's own, to which one can refer weakly."""


def test_what_a_large_refused_request_leaves_behind_in_a_circle_is_freed() -> None:
    left: list[weakref.ref[Any]] = []

    def leave(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        error = TooLongError("body")
        error.__context__ = KeyError(error)
        left.append(weakref.ref(error))
        start_response("413 Content Too Large", [])
        return [b""]

    size = KEPT_IN_MEMORY + 1
    application = BodyFirst(leave, most=size, address_of=client_address)
    environ = {"CONTENT_LENGTH": str(size), "wsgi.input": io.BytesIO(bytes(size))}
    gc.disable()
    try:
        application(environ, lambda *head: None)
        application.work.shutdown()
        assert left[0]() is None
    finally:
        gc.enable()


def test_work_is_done_by_one_thread_only() -> None:
    seen = set()

    def note_the_thread(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        seen.add(threading.current_thread().name)
        start_response("200 OK", [])
        return [b""]

    application = BodyFirst(note_the_thread, most=10, address_of=client_address)
    request: tuple[dict[str, Any], StartResponse] = ({}, lambda *head: None)
    callers = [threading.Thread(target=application, args=request) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    assert len(seen) == 1
