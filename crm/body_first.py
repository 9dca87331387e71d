"""Take in the whole of a request before anything works on it.

The WSGI server hands over a request when its head has arrived; whoever reads the body then waits
for the client. One thread a process works on requests (measured: more make full pages slower), and
a few clients that send slowly would keep it waiting for ever. So many cheap threads read bodies,
and the one that works gets only requests that are complete.

A body that never ends keeps its reader, and no reader can be called back. So bodies get most of the
readers, and those that one address holds back some of them: requests without a body always find
one, and whoever sends slowly keeps no other address from sending.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from threading import Lock
from time import monotonic
from typing import IO, Any, NamedTuple

# Any, because PEP 3333 promises no more.
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

CHUNK = 64 * 1024
KEPT_IN_MEMORY = 1024 * 1024
# Threads a process that wait for slow clients, and how many of them may read bodies.
READERS = 64
BODIES = 56
SLOW_BODIES_OF_ONE_ADDRESS = 32
SLOW_AFTER_SECONDS = 1.0


class Refusal(NamedTuple):
    """What is said without a look at the request."""

    status: str
    text: bytes
    headers: tuple[tuple[str, str], ...] = ()


OVERLOADED = Refusal(
    "503 Service Unavailable",
    b"Too many requests are being received. Try again soon.\n",
    (("Retry-After", "5"),),
)
CUT_SHORT = Refusal("400 Bad Request", b"The body is shorter than its announced length.\n")


@dataclass
class Places:
    """The bodies that are read at the moment, with their addresses and since when.

    Many that come at once are no slow ones: they wait for their turns a moment.
    """

    most: int = BODIES
    most_of_one: int = SLOW_BODIES_OF_ONE_ADDRESS
    slow_after: float = SLOW_AFTER_SECONDS
    taken: dict[object, tuple[str, float]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def take(self, address: str) -> object | None:
        """Return a new place, or None where there is none for the address."""
        now = monotonic()
        with self.lock:
            if len(self.taken) >= self.most:
                return None
            if len(self.taken) >= self.most_of_one:
                since = [begun for other, begun in self.taken.values() if other == address]
                if sum(now - begun >= self.slow_after for begun in since) >= self.most_of_one:
                    return None
            place = object()
            self.taken[place] = (address, now)
            return place

    def give_back(self, place: object) -> None:
        """Make room for another body."""
        with self.lock:
            del self.taken[place]


class BodyFirst:
    """A WSGI application in front of another one."""

    def __init__(
        self, application: Application, *, most: int, address_of: Callable[[Environ], str]
    ) -> None:
        """Wrap an application that refuses more than so many bytes."""
        self.application = application
        self.address_of = address_of
        self.most = most
        self.places = Places()
        self.work = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Read the body here, have the request answered there, send the answer from here."""
        with SpooledTemporaryFile(max_size=KEPT_IN_MEMORY) as body:
            if not self._take_in_place(environ, body):
                return refused(start_response, OVERLOADED)
            arrived = length_of(body)
            if self._is_cut_short(environ, arrived):
                return refused(start_response, CUT_SHORT)
            started, chunks = self.work.submit(self._answer, environ).result()
        if arrived > KEPT_IN_MEMORY and not started[0].startswith("2"):
            # A refusal leads round to the request that it is about: a circle that keeps the body
            # until somebody looks for circles, which few requests make happen.
            self.work.submit(gc.collect)
        start_response(*started)
        return chunks

    def _take_in_place(self, environ: Environ, body: IO[bytes]) -> bool:
        """Read the body if there is a place for that; what has none takes no place."""
        length = environ.get("CONTENT_LENGTH") or "0"
        if length == "0" and "HTTP_TRANSFER_ENCODING" not in environ:
            self._take_in(environ, body)
            return True
        place = self.places.take(self.address_of(environ))
        if place is None:
            return False
        try:
            self._take_in(environ, body)
        finally:
            self.places.give_back(place)
        return True

    def _take_in(self, environ: Environ, body: IO[bytes]) -> None:
        """Read the body and put the copy in its place."""
        announced = environ.get("CONTENT_LENGTH") or ""
        length = int(announced) if announced.isdigit() else None
        if length is None and "HTTP_TRANSFER_ENCODING" in environ:
            length = copied(environ["wsgi.input"], body, self.most + 1)
            environ["CONTENT_LENGTH"] = str(length)
        # What is too large is not read at all: its announced length is enough to refuse it.
        elif length and length <= self.most:
            copied(environ["wsgi.input"], body, length)
        body.seek(0)
        environ["wsgi.input"] = body

    def _is_cut_short(self, environ: Environ, arrived: int) -> bool:
        """Tell whether a body ended before its announced length; half a form may look whole."""
        announced = environ.get("CONTENT_LENGTH") or ""
        return announced.isdigit() and arrived < int(announced) <= self.most

    def _answer(self, environ: Environ) -> tuple[tuple[Any, ...], Iterable[bytes]]:
        """Return what the application began its answer with, and the answer."""
        started: list[tuple[Any, ...]] = []
        answer = self.application(environ, lambda *head: started.append(head))
        # A stream is made while it is sent, by the thread that sends it.
        if getattr(answer, "streaming", False):
            return started[-1], answer
        try:
            return started[-1], list(answer)
        finally:
            close = getattr(answer, "close", None)
            if close:
                close()


def refused(start_response: StartResponse, refusal: Refusal) -> Iterable[bytes]:
    """Answer a request of which no dialect is asked."""
    start_response(
        refusal.status,
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(refusal.text))),
            ("X-Content-Type-Options", "nosniff"),
            *refusal.headers,
        ],
    )
    return [refusal.text]


def length_of(body: IO[bytes]) -> int:
    """Return how long a body is that is read from its beginning."""
    length = body.seek(0, SEEK_END)
    body.seek(0)
    return length


def copied(source: IO[bytes], target: IO[bytes], most: int) -> int:
    """Copy at most so many bytes and return how many there were."""
    count = 0
    while count < most and (chunk := source.read(min(CHUNK, most - count))):
        target.write(chunk)
        count += len(chunk)
    return count
