"""Slow down who guesses passwords.

Sign-in with every request, as HTTP Basic does, costs a fifth of a second of processor time for
each wrong password. Failures are counted per pair of network address and user name, so that a
stranger cannot lock out the owner of a name, and per address, so that going through many names
does not help either.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.http import HttpRequest
from rest_framework.request import Request

from contacts.errors import AuthenticationError, ThrottledError

WINDOW_SECONDS = 300
FAILURES_PER_NAME = 10
FAILURES_PER_ADDRESS = 100


@contextmanager
def guarded_sign_in(request: Request | HttpRequest, username: str) -> Iterator[None]:
    """Count an ``AuthenticationError`` raised inside; refuse to try after too many.

    Raises ``ThrottledError`` without running the sign-in. A success clears the pair's counter.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    limits = {
        _counter(address, username.casefold()): FAILURES_PER_NAME,
        _counter(address): FAILURES_PER_ADDRESS,
    }
    failures = cache.get_many(list(limits))
    if any(failures.get(name, 0) >= limit for name, limit in limits.items()):
        raise ThrottledError(WINDOW_SECONDS)
    try:
        yield
    except AuthenticationError:
        for name in limits:
            cache.set(name, failures.get(name, 0) + 1, WINDOW_SECONDS)
        raise
    pair = next(iter(limits))
    if pair in failures:
        cache.delete(pair)


def _counter(*parts: str) -> str:
    # A digest, because names may hold anything and some caches refuse blanks and long keys.
    return "guess_" + hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
