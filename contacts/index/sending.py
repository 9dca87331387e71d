"""Let a thread send rows while the next are put together: PostgreSQL works on a core of its own.

Within `sending` what `Inserts` stores is queued. The connection still does one thing after the
other: every other statement first waits until what was sent is stored, and raises what went wrong
with it. So does the end of the block, which therefore lies within the transaction.

SQLite works in this process. There the two threads wait for each other as long as they gain.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# What waits is in memory: so many statements, a dozen to a few hundred contacts.
AHEAD = 24
# Whoever comes back from the database gets the interpreter from the thread that computes after so
# many seconds. Usually it is ten times as long: a fifth of an import.
TURN = 0.0005

Task = Callable[[], None]


class Sender:
    """A thread that does with a connection what it is told, in order, until something fails."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.thread = ThreadPoolExecutor(1, "rows")
        self.sent: deque[Future[None]] = deque()
        self.error: BaseException | None = None

    def send(self, task: Task) -> None:
        """Have something done after all that was sent before."""
        while len(self.sent) >= AHEAD:
            self.sent.popleft().result()
        self.sent.append(self.thread.submit(self._do, task))

    def _do(self, task: Task) -> None:
        if self.error is not None:
            return
        try:
            task()
        except BaseException as error:  # noqa: BLE001  # raised by whoever waits
            self.error = error

    def wait(self) -> None:
        """Wait until everything is done; raises what went wrong with it."""
        while self.sent:
            self.sent.popleft().result()
        if self.error is not None:
            error, self.error = self.error, None
            with self.connection.wrap_database_errors:
                raise error

    def end(self) -> None:
        """Drop what is not begun, and wait for what is."""
        self.thread.shutdown(cancel_futures=True)

    def before(self, execute: Callable[..., Any], *statement: Any) -> Any:  # noqa: ANN401  # Django's
        """Let a statement that goes another way wait."""
        if sender() is self:
            self.wait()
        return execute(*statement)


# The thread of a sender knows of none.
_sender: ContextVar[Sender | None] = ContextVar("sender", default=None)


def sender() -> Sender | None:
    """Return who sends the rows of this thread, if anybody does."""
    return _sender.get()


def can_send() -> bool:
    """Tell whether a thread that sends rows is of any use."""
    return connections[DEFAULT_DB_ALIAS].vendor == "postgresql"


@contextmanager
def sending() -> Iterator[None]:
    """Let rows be sent by a thread, where that is of use, as long as the block does."""
    if not can_send():
        yield
        return
    connection = connections[DEFAULT_DB_ALIAS]
    own = Sender(connection)
    token, usual = _sender.set(own), sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        with connection.execute_wrapper(own.before):
            yield
            own.wait()
    finally:
        _sender.reset(token)
        own.end()
        sys.setswitchinterval(usual)


def roll_back() -> None:
    """Have the innermost block of a transaction undone at its end, though nothing failed.

    What was sent is waited for, and raises what went wrong with it: the thread would be told that
    the transaction is broken, and an error that comes with the undoing is not raised by Django.
    """
    own = sender()
    if own is not None:
        own.wait()
    transaction.set_rollback(True)


def check_references() -> None:
    """Have the references of what was sent checked now: at the end all would wait for it."""
    own = sender()
    if own is None:
        return
    cursor = own.connection.cursor()

    def check() -> None:
        with cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    own.send(check)
