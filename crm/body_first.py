"""Take in the whole of a request before anything works on it.

The WSGI server hands over a request when its head has arrived; whoever reads the body then waits
for the client. One thread a process works on requests (measured: more make full pages slower), and
a few clients that send slowly would keep it waiting for ever. So many cheap threads read bodies,
and the one that works gets only requests that are complete.

A body that comes too slowly is given up (`crm.patience`). Until then it keeps its reader, so bodies
get most of the readers, and those that one address holds back some of them (`crm.body_places`):
requests without a body always find one, and whoever sends slowly keeps no other address from
sending.

Of a body that did not arrive whole the application is told, for it knows whose refusal to send:
`UNREAD` in the environment says why there is none.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from io import BytesIO
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import IO, Any, NamedTuple

from django.utils.http import parse_header_parameters

from crm.body_places import Places
from crm.patience import Pace, Readers, SlowBodyError

# Any, because PEP 3333 promises no more.
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

CHUNK = 64 * 1024
# What may follow the end of a multipart form, and that line itself.
AFTER_THE_LAST_PART = 4096
KEPT_IN_MEMORY = 1024 * 1024
# Threads a process that answer clients; bodies that come and that did not have most of them.
READERS = 96
NO_PLACE = object()
# Why the body of a request is not there.
UNREAD = "crm.unread"
CUT_SHORT, SLOW = "cut short", "slow"


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


class BodyFirst:
    """A WSGI application in front of another one."""

    def __init__(
        self,
        application: Application,
        *,
        most: int,
        address_of: Callable[[Environ], str],
        pace: Pace | None = None,
    ) -> None:
        """Wrap an application that refuses more than so many bytes."""
        self.application = application
        self.address_of = address_of
        self.most = most
        self.pace = pace or Pace()
        self.places = Places()
        self.readers = Readers()
        self.work = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Read the body here, have the request answered there, send the answer from here."""
        place = self._place_for(environ)
        if place is None:
            return refused(start_response, OVERLOADED)
        with SpooledTemporaryFile(max_size=KEPT_IN_MEMORY) as body:
            waited_for = self._take_in_place(environ, body, place)
            arrived = length_of(body)
            if UNREAD not in environ and self._is_cut_short(environ, arrived):
                environ[UNREAD] = CUT_SHORT
            if UNREAD in environ:
                environ |= {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}
            started, chunks = self.work.submit(self._answer, environ).result()
        if arrived > KEPT_IN_MEMORY and not started[0].startswith("2"):
            # A refusal leads round to the request that it is about: a circle that keeps the body
            # until somebody looks for circles, which few requests make happen.
            self.work.submit(gc.collect)
        start_response(*started)
        return chunks if waited_for is None else lingering(chunks, waited_for)

    def _place_for(self, environ: Environ) -> object | None:
        """Return a place for the body, if there is one left; what has no body needs none."""
        length = environ.get("CONTENT_LENGTH") or "0"
        if length == "0" and "HTTP_TRANSFER_ENCODING" not in environ:
            return NO_PLACE
        return self.places.take(self.address_of(environ))

    def _take_in_place(
        self, environ: Environ, body: IO[bytes], place: object
    ) -> Future[bytes] | None:
        """Read the body; return what still waits for it when its time is over."""
        waited_for = None
        try:
            self._take_in(environ, body)
        except SlowBodyError as slow:
            environ[UNREAD] = SLOW
            waited_for = slow.reading
        finally:
            self.places.give_back(place, waited_for)
        return waited_for

    def _take_in(self, environ: Environ, body: IO[bytes]) -> None:
        """Read the body and put the copy in its place."""
        announced = environ.get("CONTENT_LENGTH") or ""
        length = int(announced) if announced.isdigit() else None
        if length is None and "HTTP_TRANSFER_ENCODING" in environ:
            length = self._copied(environ["wsgi.input"], body, self.most + 1)
            environ["CONTENT_LENGTH"] = str(length)
            if length <= self.most and is_open_multipart(environ, body):
                environ[UNREAD] = CUT_SHORT
        # What is too large is not read at all: its announced length is enough to refuse it.
        elif length and length <= self.most:
            self._copied(environ["wsgi.input"], body, length)
        body.seek(0)
        environ["wsgi.input"] = body

    def _copied(self, source: IO[bytes], target: IO[bytes], most: int) -> int:
        """Copy at most so many bytes and return how many there were; raises SlowBodyError."""
        count, begun = 0, monotonic()
        latest = begun
        while count < most:
            size = min(CHUNK, most - count)
            end = self.pace.end(begun, latest, count, size)
            chunk = self.readers.read(source, size, end - latest)
            if not chunk:
                break
            target.write(chunk)
            count += len(chunk)
            latest = monotonic()
        return count

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


def lingering(chunks: Iterable[bytes], waited_for: Future[bytes]) -> Iterator[bytes]:
    """Yield an answer, and end when nobody reads the body any more.

    The server sends what is yielded at once. It lets go of the body at the end, and would wait for
    whoever reads it without letting anything else run (seen).
    """
    yield from chunks
    wait([waited_for])


def is_open_multipart(environ: Environ, body: IO[bytes]) -> bool:
    """Tell whether a body lacks the line that ends a multipart form.

    Chunks that break off look like an end: the server keeps to itself why there are no more. JSON
    and XML show by themselves that something is missing; a form in parts does by this line.
    """
    kind, options = parse_header_parameters(environ.get("CONTENT_TYPE") or "")
    if not kind.startswith("multipart/"):
        return False
    body.seek(max(0, length_of(body) - AFTER_THE_LAST_PART))
    return f"--{options.get('boundary', '')}--".encode() not in body.read()


def length_of(body: IO[bytes]) -> int:
    """Return how long a body is that is read from its beginning."""
    length = body.seek(0, SEEK_END)
    body.seek(0)
    return length
