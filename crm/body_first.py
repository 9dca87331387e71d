"""Take in the whole of a request before anything works on it.

The WSGI server hands over a request when its head has arrived; whoever reads the body then waits
for the client. One thread a process works on requests (measured: more make full pages slower), and
a few clients that send slowly would keep it waiting for ever. So many cheap threads read bodies,
and the one that works gets only requests that are complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any

# Any, because PEP 3333 promises no more.
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

CHUNK = 64 * 1024
KEPT_IN_MEMORY = 1024 * 1024


class BodyFirst:
    """A WSGI application in front of another one."""

    def __init__(self, application: Application, *, most: int) -> None:
        """Wrap an application that refuses more than so many bytes."""
        self.application = application
        self.most = most
        self.work = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Read the body here, have the request answered there, send the answer from here."""
        with SpooledTemporaryFile(max_size=KEPT_IN_MEMORY) as body:
            self._take_in(environ, body)
            started, chunks = self.work.submit(self._answer, environ).result()
        start_response(*started)
        return chunks

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


def copied(source: IO[bytes], target: IO[bytes], most: int) -> int:
    """Copy at most so many bytes and return how many there were."""
    count = 0
    while count < most and (chunk := source.read(min(CHUNK, most - count))):
        target.write(chunk)
        count += len(chunk)
    return count
