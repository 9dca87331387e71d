"""Answer a retried request with the first answer: ``Idempotency-Key``."""

import hashlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from rest_framework.response import Response

from api.base.errors import MalformedRequestError
from api.base.requests import DialectRequest
from api.base.throttling import actor_key
from contacts.access.secrets import decrypt, encrypt
from contacts.errors import ConflictError
from contacts.idempotency import Answer, answer_once

if TYPE_CHECKING:
    from contacts.access import Actor

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

    Answers that hold secrets are stored encrypted. Raises ``ConflictError`` when the key came with
    another request.
    """
    key = request.headers[HEADER].strip()
    if not key or len(key) > MAX_KEY or not key.isprintable():
        raise MalformedRequestError(f"unusable {HEADER}")

    def answer() -> Answer:
        response = produce()
        body = bytes(response.content)
        kept = encrypt(body.decode()) if request.view.hides_answers else body
        return Answer(response.status_code, _kept(response.items()), kept)

    stored = answer_once(
        f"{request.actor.dialect}:{_asker_of(request.actor)}",
        key,
        fingerprint=fingerprint_of(request),
        produce=answer,
    )
    body = _readable(stored.body) if request.view.hides_answers else stored.body
    response = HttpResponse(body, status=stored.status, headers=dict(stored.headers))
    if stored.replayed:
        response["Idempotent-Replayed"] = "true"
    return response


def _asker_of(actor: "Actor") -> str:
    """Return a text for who may get an answer again.

    A token or a session may end between the first request and the retry; the key from which it
    was made does not.
    """
    return actor_key(actor) if actor.key_id is None else f"credential-{actor.key_id}"


def _readable(body: bytes) -> str:
    text = decrypt(body)
    if text is None:
        raise ConflictError("idempotency_key_reused")
    return text


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
