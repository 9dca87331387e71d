"""Answer a retried request with the first answer: ``Idempotency-Key``."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse
from rest_framework.response import Response

from api.base.errors import MalformedRequestError
from api.base.requests import DialectRequest
from api.base.throttling import actor_key
from contacts.idempotency import Answer, answer_once

HEADER = "Idempotency-Key"
MAX_KEY = 255

# Cookies and request ids belong to one exchange, not to the answer.
_NOT_KEPT = frozenset({"set-cookie", "x-request-id", "date"})


def asks_for_one_effect(request: DialectRequest) -> bool:
    """Say whether the request may be repeated and must act once: a POST with a key."""
    return request.method == "POST" and HEADER in request.headers


def answer_retry(
    request: DialectRequest, produce: Callable[[], HttpResponse | Response]
) -> HttpResponse:
    """Return the answer of ``produce``, or the one stored for the same key and request.

    Raises ``ConflictError`` when the key came with another request.
    """
    key = request.headers[HEADER].strip()
    if not key or len(key) > MAX_KEY or not key.isprintable():
        raise MalformedRequestError(f"unusable {HEADER}")

    def answer() -> Answer:
        response = produce()
        return Answer(response.status_code, _kept(response.items()), bytes(response.content))

    stored = answer_once(
        f"{request.actor.dialect}:{actor_key(request.actor)}",
        key,
        fingerprint=fingerprint_of(request),
        produce=answer,
    )
    response = HttpResponse(stored.body, status=stored.status, headers=dict(stored.headers))
    if stored.replayed:
        response["Idempotent-Replayed"] = "true"
    return response


def fingerprint_of(request: DialectRequest) -> str:
    """Return a digest of everything that makes this request another one."""
    parts = [
        str(request.method),
        request.path,
        str(request.META.get("QUERY_STRING", "")),
        request.content_type,
    ]
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape"))
    digest.update(b"\0" + request.raw)
    return digest.hexdigest()


def _kept(headers: Iterable[tuple[str, Any]]) -> dict[str, str]:
    return {name: str(value) for name, value in headers if name.lower() not in _NOT_KEPT}
