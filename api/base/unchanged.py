"""Answer 304 before anything is read, where nothing can have changed since the tag was made.

Each process remembers the tags that it has sent, with the versions of the data that came with the
credential. While these are the same, so is the answer. What a clock decides (filters such as "due
today") is looked at again after a minute.
"""

import time
from collections.abc import Hashable
from typing import Any

from django.http import HttpResponse
from django.http.response import ResponseHeaders

from api.base.requests import DialectRequest
from api.base.versions import kept_headers, not_modified
from contacts.access import Actor
from contacts.fields import reference

READING = ("GET", "HEAD")
KEEP_SECONDS = 60
KEEP_AT_MOST = 5_000

# The address as it was sent, in the server's words.
_ADDRESS = (
    *("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"),
    *("HTTP_HOST", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO"),
)

# Question: (until when, versions of the data, the answer without its body).
_sent: dict[Hashable, tuple[float, Hashable, ResponseHeaders]] = {}


def unchanged(request: DialectRequest) -> HttpResponse | None:
    """Return the 304 for a client that has the present answer; None where that is not known."""
    known = request.headers.get("If-None-Match")
    if known is None:
        return None
    found = _sent.get(_question(request))
    if found is None or found[0] < time.monotonic() or found[1] != _versions():
        return None
    headers = kept_headers(found[2])
    return not_modified(headers) if headers["ETag"] in known else None


def remember(request: DialectRequest, response: HttpResponse) -> None:
    """Remember the tag that an answer was given, unless the request has changed something."""
    versions = _versions()
    if versions is None or request.method not in READING or "ETag" not in response:
        return
    if len(_sent) >= KEEP_AT_MOST:
        _sent.clear()
    until = time.monotonic() + KEEP_SECONDS
    _sent[_question(request)] = (until, versions, response.headers)


def forget_sent() -> None:
    """Forget all tags (a test starts with other data)."""
    _sent.clear()


def _question(request: DialectRequest) -> Hashable:
    actor: Actor = request.actor
    return (
        request.view.dialect.name,
        *map(request.META.get, _ADDRESS),
        request.headers.get("Accept"),
        (actor.credential_id, actor.is_read_only, actor.sight, actor.locale, actor.time_zone),
    )


def _versions() -> Hashable:
    """Return what the answer follows from, None once the request has written."""
    data: Any = reference.data_version()
    return None if data is None else (data, *map(reference.version, reference.STAMPS))
