"""Which reads a replica of the database may answer, and which must see the newest.

Who asks is found out in the primary database, so a key that was made or revoked a moment ago
counts at once. A request that only reads is then answered from the replica, unless the same user or
key has written a short while ago: a replica lags behind, and whoever has changed something wants to
see it. A replica that does not answer is left alone for some seconds, and the primary answers.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Model

from contacts.access.actor import Actor
from contacts.access.credentials import take_stamps, with_stamps
from contacts.errors import is_canceled
from contacts.fields import reference
from contacts.models import User

REPLICA = "replica"
# Longer than a replica in good health lags behind.
FRESH_FOR_SECONDS = 30
LEFT_ALONE_FOR_SECONDS = 10

logger = structlog.get_logger(__name__)

Answer = TypeVar("Answer")

_is_reading: ContextVar[bool] = ContextVar("reading_from_replica", default=False)
_away_until: list[float] = [0.0]


class ReplicaRouter:
    """Send the reads of a block to the replica, and everything else to the primary."""

    def db_for_read(self, model: type[Model], **_hints: object) -> str | None:
        """Return where to read."""
        return REPLICA if _is_reading.get() else None

    def db_for_write(self, model: type[Model], **_hints: object) -> str:
        """Return the primary; the request reads what it has written from now on."""
        _is_reading.set(False)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **_hints: object) -> bool:
        """Let records of both databases be related: they are the same ones."""
        return True

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        """Leave the replica's tables to the replication."""
        return db != REPLICA


def answered_by_replica(actor: Actor, answer: Callable[[], Answer]) -> Answer:
    """Return the answer to a request that only reads, from the replica where that may be."""
    if not _may_answer(actor):
        return answer()
    try:
        with _reading():
            return answer()
    except (OperationalError, InterfaceError) as error:
        if is_canceled(error):
            # The question takes too long: no fault of the replica.
            raise
        logger.warning("replica away", error=str(error))
        _away_until[0] = time.monotonic() + LEFT_ALONE_FOR_SECONDS
        connections[REPLICA].close()
    # Nothing was changed, so the question can simply be asked again.
    reference.forget()
    return answer()


def note_write(actor: Actor) -> None:
    """Let this user or key read from the primary for a while."""
    if REPLICA in settings.DATABASES:
        cache.set(_mark_of(actor), 1, FRESH_FOR_SECONDS)


def _may_answer(actor: Actor) -> bool:
    if REPLICA not in settings.DATABASES or time.monotonic() < _away_until[0]:
        return False
    return cache.get(_mark_of(actor)) is None


def _mark_of(actor: Actor) -> str:
    who = f"user:{actor.user_id}" if actor.user_id else f"key:{actor.key_id}"
    return f"wrote:{who}"


@contextmanager
def _reading() -> Iterator[None]:
    """Read from the replica, together with the versions of what is kept in memory."""
    before = _is_reading.set(True)
    try:
        _take_stamps()
        yield
    finally:
        _is_reading.reset(before)


def _take_stamps() -> None:
    """Know the small tables as the replica has them: one that lags has older ones."""
    row = with_stamps(User.objects.order_by("pk")).only("pk").first()
    if row is not None:
        take_stamps(row)
        # The same text may mean something else in another database.
        reference.know_data(f"{REPLICA} {getattr(row, 'stamp_data', '')}")
