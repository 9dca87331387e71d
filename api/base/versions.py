"""Tell clients the version of what they read, and hear which version they mean to change.

An ``ETag`` is ``"version~digest"``. The digest of the body makes conditional reads exact whatever
an answer includes; the version alone is what ``If-Match`` compares, so that the tag of a JSON
answer is good for a change sent as XML.
"""

import hashlib
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_http_date_safe
from rest_framework.request import Request

from contacts import history
from contacts.access import demanding
from contacts.errors import StaleError
from contacts.fields import BUILT_IN
from contacts.fields.types import written_moment

TIME = "updated_at"
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

    def meet(self, kind: str, record_id: int, changed_at: datetime | None) -> None:
        """Raise ``StaleError`` unless a record is still what the client knows."""
        version: object
        if changed_at is None:
            version, changed_at = history.last_entry(kind, record_id)
        else:
            version = written_moment(changed_at)
        self.require(version, kind=kind, record_id=record_id, modified=changed_at)


def precondition_of(request: HttpRequest | Request) -> Precondition:
    """Return what ``If-Match`` or, without it, ``If-Unmodified-Since`` demands."""
    match = request.headers.get("If-Match")
    if match is not None:
        if match.strip() == "*":
            return Precondition()
        return Precondition(frozenset(tag.partition("~")[0] for tag in _TAG.findall(match)))
    since = request.headers.get("If-Unmodified-Since")
    return Precondition(unmodified_since=parse_http_date_safe(since) if since else None)


def demanded(request: HttpRequest | Request) -> AbstractContextManager[None]:
    """Let the first record that is changed inside be the one that the client knows."""
    asked = precondition_of(request)
    return nullcontext() if asked == Precondition() else demanding(asked.meet)


def version_of(kind: str, document: Mapping[str, object]) -> str:
    """Return the version of a record that is shown, as a demand compares it.

    It is the time of the last change; kinds that keep none have the number of the last entry in
    their history. It is blank where the actor may not know it, and no demand is met by that.
    """
    if TIME in document:
        return str(document[TIME])
    if any(field.key == TIME for field in BUILT_IN.get(kind, ())):
        return ""
    return str(history.version_of(kind, int(str(document["id"]))))


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
    # Processors have instructions for this one.
    digest = hashlib.sha256(response.content, usedforsecurity=False).hexdigest()[:24]
    version = response.get("ETag", "").strip('"')
    response["ETag"] = tag = f'"{version}~{digest}"'
    known = request.headers.get("If-None-Match", "")
    if known.strip() != "*" and tag.strip('"') not in _TAG.findall(known):
        return response
    return not_modified(kept_headers(response.headers))


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that are the same with and without the body."""
    return {name: headers[name] for name in _KEPT_IN_304 if name in headers}


def not_modified(headers: Mapping[str, str]) -> HttpResponse:
    """Return the answer without its body."""
    response = HttpResponseNotModified()
    for name, value in headers.items():
        response[name] = value
    return response
