"""Wait for what clients send, though not for ever.

Nothing calls a thread back that waits for a client. So such threads are apart from those that
answer: one that waits too long is left where it is, the client is told, and another takes its
place. It comes back when the client sends more or goes away.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread
from typing import IO


class SlowBodyError(Exception):
    """A client has not sent enough in time; carries the reading that still waits for it."""

    def __init__(self, reading: Future[bytes]) -> None:
        self.reading = reading
        super().__init__()


@dataclass(frozen=True)
class Pace:
    """How slowly a body may come: so many seconds for nothing, and one for so many bytes."""

    seconds: float = 30
    bytes_a_second: int = 1024

    def end(self, begun: float, latest: float, arrived: int, size: int) -> float:
        """Return when so many more bytes have to be there.

        All of a body in its time, so that nobody holds a place for as long as they like; and each
        part of it, so that a body that begins well does not buy hours of silence.
        """
        whole = begun + (arrived + size) / self.bytes_a_second
        part = latest + size / self.bytes_a_second
        return self.seconds + min(whole, part)


Asked = tuple[IO[bytes], int, "Future[bytes]"]


@dataclass
class Readers:
    """Threads that wait for clients, as many as wait at once."""

    asked: SimpleQueue[Asked] = field(default_factory=SimpleQueue)
    idle: int = 0
    lock: Lock = field(default_factory=Lock)

    def read(self, source: IO[bytes], size: int, seconds: float) -> bytes:
        """Return what a source gives; raises SlowBodyError if that takes longer."""
        reading: Future[bytes] = Future()
        with self.lock:
            is_one_idle = self.idle > 0
            if is_one_idle:
                self.idle -= 1
        if not is_one_idle:
            # It must not keep the process when that is told to end.
            Thread(target=self._serve, name="reader", daemon=True).start()
        self.asked.put((source, size, reading))
        try:
            return reading.result(timeout=max(0.0, seconds))
        except TimeoutError:
            raise SlowBodyError(reading) from None

    def _serve(self) -> None:
        while True:
            self._read(*self.asked.get())

    def _read(self, source: IO[bytes], size: int, reading: Future[bytes]) -> None:
        try:
            chunk, error = source.read(size), None
        except Exception as raised:  # noqa: BLE001 - it is raised where somebody waits for it
            chunk, error = b"", raised
        # Before the result is told: whoever waits for it may ask for more at once.
        with self.lock:
            self.idle += 1
        if error is None:
            reading.set_result(chunk)
        else:
            reading.set_exception(error)
