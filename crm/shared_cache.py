# ruff: noqa: ANN401 -- a cache holds anything, and the client passes on what it is given
"""The cache in Redis, which serves on without it.

It holds counts of requests, marks of who has written and failed attempts at signing in. Where Redis
does not answer, nobody is refused for that: each process counts and remembers on its own, so that
whoever guesses passwords is slowed down all the same. Redis is left alone for some seconds then, or
each request would wait for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

LEFT_ALONE_FOR_SECONDS = 5.0
ANSWERS_WITHIN_SECONDS = 2.0

logger = structlog.get_logger(__name__)


class ForgivingClient(RedisCacheClient):
    """Asks Redis, and the memory of this process where that is away."""

    def __init__(self, servers: Any, **options: Any) -> None:
        """Wait for a short while only."""
        names = ("socket_timeout", "socket_connect_timeout")
        waits: dict[str, Any] = dict.fromkeys(names, ANSWERS_WITHIN_SECONDS)
        super().__init__(servers, **waits, **options)
        self.away_until = 0.0
        # What has this name is shared by all threads of the process.
        self.memory = LocMemCache("while redis is away", {})

    def add(self, *call: Any) -> Any:
        """Keep a value unless there is one; tells whether there was none."""
        return self._asked(super().add, self.memory.add, call)

    def get(self, *call: Any) -> Any:
        """Return a value, or the default."""
        return self._asked(super().get, self.memory.get, call)

    def set(self, *call: Any) -> Any:
        """Keep a value."""
        return self._asked(super().set, self.memory.set, call)

    def incr(self, *call: Any) -> Any:
        """Return the number after adding to it; raises ValueError where there is none."""
        return self._asked(super().incr, self.memory.incr, call)

    def delete(self, *call: Any) -> Any:
        """Forget a value; tells whether there was one."""
        return self._asked(super().delete, self.memory.delete, call)

    def get_many(self, *call: Any) -> Any:
        """Return those of the values that are there."""
        return self._asked(super().get_many, self.memory.get_many, call)

    def _asked(
        self, ask: Callable[..., Any], remember: Callable[..., Any], call: tuple[Any, ...]
    ) -> Any:
        if time.monotonic() >= self.away_until:
            try:
                return ask(*call)
            except RedisError as error:
                self.away_until = time.monotonic() + LEFT_ALONE_FOR_SECONDS
                logger.warning("redis away", error=str(error))
        return remember(*call)


class SharedCache(RedisCache):
    """Django's cache in Redis, with the client above."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        """Choose the client."""
        super().__init__(server, params)
        self._class = ForgivingClient
