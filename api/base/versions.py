"""Tell clients the version of what they read, and hear which version they mean to change.

An ``ETag`` is ``"version~digest"``. The digest of the body makes conditional reads exact whatever
an answer includes; the version alone is what ``If-Match`` compares, so that the tag of a JSON
answer is good for a change sent as XML.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_http_date_safe
from rest_framework.request import Request

from contacts.errors import StaleError

# What services take: values by field key, or a function from the present document to them.
Values = Mapping[str, object]
Change = Values | Callable[[dict[str, Any]], Values]

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_KEPT_IN_304 = ("Cache-Control", "Content-Location", "ETag", "Expires", "Vary", "X-Request-Id")


@dataclass(frozen=True)
class Precondition:
    """What a request demands of a record before it changes it.

    ``versions`` is None without ``If-Match`` and with ``If-Match: *``, which any version meets;
    ``unmodified_since`` is in seconds since 1970.
    """

    versions: frozenset[str] | None = None
    unmodified_since: int | None = None

    def require(
        self, version: object, *, kind: str, record_id: object, modified: datetime | None = None
    ) -> None:
        """Raise ``StaleError`` unless the record is still what the client knows."""
        if self.versions is not None and str(version) not in self.versions:
            raise StaleError(kind, record_id)
        if self.unmodified_since is None or modified is None:
            return
        # HTTP dates have whole seconds, so a change within the same second passes.
        if int(modified.timestamp()) > self.unmodified_since:
            raise StaleError(kind, record_id)

    def require_of(self, document: Mapping[str, Any], *, kind: str, record_id: int) -> None:
        """Raise ``StaleError`` unless the document is still what the client knows."""
        version = str(document["updated_at"])
        self.require(
            version, kind=kind, record_id=record_id, modified=datetime.fromisoformat(version)
        )

    def on(self, values: Values, *, kind: str, record_id: int) -> Change:
        """Return the change that a service makes if the record is still what the client knows.

        The service calls it with the present document while the record is locked, so nothing can
        come between the check and the change.
        """
        if self == Precondition():
            return values

        def change(document: Mapping[str, Any]) -> Values:
            self.require_of(document, kind=kind, record_id=record_id)
            return values

        return change


def precondition_of(request: HttpRequest | Request) -> Precondition:
    """Return what ``If-Match`` or, without it, ``If-Unmodified-Since`` demands."""
    match = request.headers.get("If-Match")
    if match is not None:
        if match.strip() == "*":
            return Precondition()
        return Precondition(frozenset(tag.partition("~")[0] for tag in _TAG.findall(match)))
    since = request.headers.get("If-Unmodified-Since")
    return Precondition(unmodified_since=parse_http_date_safe(since) if since else None)


def mark_version(
    response: HttpResponseBase, version: object, modified: datetime | None = None
) -> None:
    """Say in the headers which version of the record the answer shows."""
    response["ETag"] = f'"{version}"'
    if modified is not None:
        response["Last-Modified"] = http_date(modified.timestamp())


def conditional(request: HttpRequest | Request, response: HttpResponse) -> HttpResponse:
    """Complete the tag of a rendered answer, or answer 304 to a client that has it already."""
    if request.method not in ("GET", "HEAD") or response.status_code != HTTPStatus.OK:
        return response
    digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
    version = response.get("ETag", "").strip('"')
    response["ETag"] = tag = f'"{version}~{digest}"'
    known = request.headers.get("If-None-Match", "")
    if known.strip() != "*" and tag.strip('"') not in _TAG.findall(known):
        return response
    not_modified = HttpResponseNotModified()
    for name in _KEPT_IN_304:
        if name in response:
            not_modified[name] = response[name]
    return not_modified
