"""Answer a request as if it had been done, and do nothing: ``Dry-Run: ?1``.

The header is a boolean of RFC 9651. The answer is the one that the request would have got, ids
included, and says by the same header that nothing was kept. Reading is not rehearsed.
"""

from collections.abc import Callable

from django.http.response import HttpResponseBase

from api.base.errors import MalformedRequestError
from api.base.requests import DialectRequest
from contacts.services.records import rehearsed

HEADER = "Dry-Run"
YES, NO = "?1", "?0"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def asks_for_rehearsal(request: DialectRequest) -> bool:
    """Say whether a change shall only be tried; raises MalformedRequestError for a bad header.

    A header that cannot be read is refused: who sends one does not want the change to happen.
    """
    asked = request.headers.get(HEADER)
    if asked is None or request.method in _READING:
        return False
    if asked.strip() not in (YES, NO):
        raise MalformedRequestError(f"unusable {HEADER}, which is {YES} or {NO}")
    return asked.strip() == YES


def rehearsal(produce: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return the answer of ``produce``, whose changes are undone."""
    with rehearsed():
        response = produce()
    response.headers[HEADER] = YES
    return response
