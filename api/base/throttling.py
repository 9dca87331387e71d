"""Limit how often a credential, and an address, may ask.

The rates are those of ``REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]`` under ``credential`` and
``address``, written as ``600/min``, and what the owner of a key allows it in a minute; without a
rate nobody is refused and no cache is touched. The counters live in Django's cache, which all
worker processes share.
"""

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from contacts.access.guessing import count_in_window
from contacts.errors import ThrottledError

if TYPE_CHECKING:
    from contacts.access import Actor


@dataclass(frozen=True)
class Allowance:
    """What is left of a limit, for the headers in which a dialect tells its clients."""

    limit: int
    remaining: int
    resets_at: int


class WindowThrottle(SimpleRateThrottle):
    """Count requests in windows of fixed length.

    DRF keeps the time of every request in a list that is written back whole; one number a window
    is all we need, and adding to it is atomic where the cache can add.
    """

    scope: str
    num_requests: int | None
    duration: int | None

    def get_rate(self) -> str | None:
        """Return the rate of this scope as the settings say now."""
        rates = cast(dict[str, str | None], api_settings.DEFAULT_THROTTLE_RATES)
        return rates.get(self.scope)

    def allow_request(self, request: Request, view: Any) -> bool:  # noqa: ANN401 -- as DRF declares it
        """Count the request and refuse it with ``ThrottledError`` beyond the limit."""
        name = self.get_cache_key(request, view) if self.rate else None
        if name is None:
            return True
        limit, length = cast(int, self.num_requests), cast(int, self.duration)
        now = int(time.time())
        resets_at = now - now % length + length
        count = count_in_window(f"{name}_{resets_at}", length)
        left = Allowance(limit, max(0, limit - count), resets_at)
        tightest = getattr(view, "allowance", None)
        if tightest is None or left.remaining <= tightest.remaining:
            view.allowance = left
        if count > limit:
            raise ThrottledError(resets_at - now)
        return True


class CredentialThrottle(WindowThrottle):
    """Limit each credential, or each user who signs in without one."""

    scope = "credential"

    def get_cache_key(self, request: Request, view: Any) -> str | None:  # noqa: ANN401 -- as DRF declares it
        """Return the name of the counter; requests of nobody are counted by address alone."""
        actor = cast("Actor | None", getattr(request, "actor", None))
        return None if actor is None else f"throttle_{self.scope}_{actor_key(actor)}"


class KeyThrottle(WindowThrottle):
    """Limit a key to what its owner allows, with all the tokens that were made from it."""

    scope = "key"
    duration = 60

    def get_rate(self) -> str | None:
        """Return nothing: each key has a limit of its own, or none."""
        return None

    def allow_request(self, request: Request, view: Any) -> bool:  # noqa: ANN401 -- as DRF declares it
        """Count the request against the limit of its key."""
        actor = cast("Actor | None", getattr(request, "actor", None))
        if actor is None or not actor.per_minute:
            return True
        self.rate, self.num_requests, self.duration = "its own", actor.per_minute, 60
        return super().allow_request(request, view)

    def get_cache_key(self, request: Request, view: Any) -> str | None:  # noqa: ANN401 -- as DRF declares it
        """Return the name of the counter."""
        return f"throttle_{self.scope}_{cast('Any', request).actor.key_id}"


class AddressThrottle(WindowThrottle):
    """Limit each network address."""

    scope = "address"

    def get_cache_key(self, request: Request, view: Any) -> str | None:  # noqa: ANN401 -- as DRF declares it
        """Return the name of the counter."""
        return f"throttle_{self.scope}_{self.get_ident(request)}"


def actor_key(actor: "Actor") -> str:
    """Return a text that stands for the actor in counters and stored answers."""
    if actor.credential_id is not None:
        return f"credential-{actor.credential_id}"
    return f"user-{actor.user_id}"


class UsualPace:
    """Tell clients that pace themselves what a usual rate would leave, where no rate is set.

    It counts in this process alone and refuses nobody, so it costs no statement.
    """

    LIMIT = 600
    SECONDS = 60

    def __init__(self) -> None:
        """Begin with an empty window."""
        self._counts: Counter[str] = Counter()
        self.forget()

    def forget(self) -> None:
        """Count everybody from nothing again."""
        self._resets_at = 0
        self._counts.clear()

    def allowance_of(self, who: str) -> Allowance:
        """Count a request of somebody, and return what is left in the present window."""
        now = int(time.time())
        if now >= self._resets_at:
            self.forget()
            self._resets_at = now - now % self.SECONDS + self.SECONDS
        self._counts[who] += 1
        left = max(0, self.LIMIT - self._counts[who])
        return Allowance(self.LIMIT, left, self._resets_at)


usual_pace = UsualPace()
