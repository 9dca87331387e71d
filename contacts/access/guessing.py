"""Slow down who guesses passwords.

Sign-in with every request, as HTTP Basic does, costs a fifth of a second of processor time for
each wrong password. Failures are counted in windows of five minutes: per pair of network address
and user name; per address, so that going through many names does not help; and per name, so that
many addresses do not help. The last limit does not hold for addresses from which the name has
signed in before: strangers cannot lock out the owner of a name.

A program that sends its password with every request is not looked up every time: where a name has
signed in before from an address and nothing was wrong, that is remembered for some seconds by each
process, until it sees any failure itself.

Whoever is signed in and names a current password to set another is counted by itself: that slows
down who guesses it with a stolen key, and locks nobody out.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.core.cache import cache

from contacts.errors import AuthenticationError, ThrottledError

WINDOW_SECONDS = 300
FAILURES_PER_PAIR = 10
FAILURES_PER_NAME = 100
FAILURES_PER_ADDRESS = 100
KNOWN_FOR_SECONDS = 30 * 86_400
FINE_FOR_SECONDS = 5
FINE_AT_MOST = 2_000

# Address and name: until when nothing is thought to be wrong with their counters.
_fine: dict[tuple[str, str], float] = {}
_wrong_guesses: ContextVar[list[int] | None] = ContextVar("wrong guesses", default=None)


class Asking(Protocol):
    """A request, of a browser or of a program."""

    @property
    def META(self) -> Mapping[str, Any]:  # noqa: N802  # as Django calls it
        """Return what the server says of the request."""


@contextmanager
def guarded_sign_in(
    request: Asking, username: str = "", *, is_proof: bool = True
) -> Iterator[None]:
    """Count an ``AuthenticationError`` raised inside; refuse to try after too many.

    Without a name only the address is counted. Raises ``ThrottledError`` without running the
    sign-in. A success clears the pair's counter, where it proves something.
    """
    now = int(time.time())
    who = (str(request.META.get("REMOTE_ADDR", "")), username)
    window = str(now // WINDOW_SECONDS)
    is_fine = _fine.get(who, 0.0) > time.monotonic()
    if not is_fine:
        counters = _Counters(*who, window)
        found = cache.get_many([*counters.limits, counters.known])
        if counters.is_beyond(found):
            raise ThrottledError(WINDOW_SECONDS - now % WINDOW_SECONDS)
    try:
        yield
    except AuthenticationError:
        forget_fine()
        if is_fine:
            counters = _Counters(*who, window, is_known=True)
        for counter in counters.limits:
            count_in_window(counter, WINDOW_SECONDS)
        raise
    if username and is_proof and not is_fine:
        counters.take_proof(found)
        if found.keys() == {counters.known}:
            _remember_fine(who)


def forget_fine() -> None:
    """Look at the counters again for everybody."""
    _fine.clear()


def _remember_fine(who: tuple[str, str]) -> None:
    if len(_fine) >= FINE_AT_MOST:
        _fine.clear()
    _fine[who] = time.monotonic() + FINE_FOR_SECONDS


def require_few_guesses(user_id: int) -> None:
    """Raise ThrottledError after too many wrong answers to the question for a current password."""
    now = int(time.time())
    if cache.get(_current(user_id, now), 0) >= FAILURES_PER_PAIR:
        raise ThrottledError(WINDOW_SECONDS - now % WINDOW_SECONDS)


def note_wrong_guess(user_id: int) -> None:
    """Count a wrong answer to that question when the request is over.

    The counters may be in the database, where they would be taken back with all that a refused
    request has written.
    """
    waiting = _wrong_guesses.get()
    if waiting is not None:
        waiting.append(user_id)
    else:
        count_in_window(_current(user_id, int(time.time())), WINDOW_SECONDS)


@contextmanager
def counted_guesses() -> Iterator[None]:
    """Answer a request; count the wrong guesses in it after everything else."""
    waiting: list[int] = []
    token = _wrong_guesses.set(waiting)
    try:
        yield
    finally:
        _wrong_guesses.reset(token)
        for user_id in waiting:
            note_wrong_guess(user_id)


def _current(user_id: int, now: int) -> str:
    return _mark("current", str(now // WINDOW_SECONDS), str(user_id))


class _Counters:
    """What is counted of a sign-in, by the name of the counter, with its limit."""

    def __init__(self, address: str, username: str, window: str, *, is_known: bool = False) -> None:
        name = username.casefold()
        self.by_pair = _mark("pair", window, address, name)
        self.by_name = _mark("name", window, name)
        self.known = _mark("known", address, name)
        self.limits = {_mark("address", window, address): FAILURES_PER_ADDRESS}
        if username:
            self.limits |= {self.by_name: FAILURES_PER_NAME, self.by_pair: FAILURES_PER_PAIR}
        if is_known:
            del self.limits[self.by_name]

    def is_beyond(self, found: Mapping[str, int]) -> bool:
        """Tell whether there were too many failures."""
        if self.known in found:
            self.limits.pop(self.by_name, None)
        return any(found.get(counter, 0) >= limit for counter, limit in self.limits.items())

    def take_proof(self, found: Mapping[str, int]) -> None:
        """Remember that the name has signed in from the address."""
        if self.by_pair in found:
            cache.delete(self.by_pair)
        if self.known not in found:
            cache.set(self.known, 1, KNOWN_FOR_SECONDS)


def count_in_window(name: str, seconds: int) -> int:
    """Add one to a counter that is named after its window, and return it."""
    if cache.add(name, 1, seconds):
        return 1
    try:
        return cache.incr(name)
    except ValueError:
        # The window closed between the two calls.
        cache.set(name, 1, seconds)
        return 1


def _mark(*parts: str) -> str:
    # A digest, because names may hold anything and some caches refuse blanks and long keys.
    return "guess_" + hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
