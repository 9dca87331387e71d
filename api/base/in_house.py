"""Ask a dialect from within the server: to show an answer, and to try a credential.

The request goes through the same middleware and the same view as one from outside; only the socket
is left out, so a server with a single process can ask itself.
"""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from api.base.examples import Kept, Step, Value
from api.base.rehearsals import HEADER as REHEARSAL
from api.base.rehearsals import YES

if TYPE_CHECKING:
    from contacts.access import Actor

MOST_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a conversation: the last answer, and how long all of it took."""

    status: int
    body: str
    milliseconds: int
    is_good: bool


def read_as(actor: "Actor", asked_in: HttpRequest, path: str) -> HttpResponse:
    """Return a dialect's answer to a GET on behalf of somebody who is signed in."""
    address, _, query = path.partition("?")
    return _answered(_in_house(actor, _request(asked_in, "GET", address, query, {}, b"")))


def asked_as(
    actor: "Actor", asked_in: HttpRequest, step: Step, *, is_rehearsal: bool = False
) -> HttpResponse:
    """Return a dialect's answer to any request on behalf of somebody who is signed in."""
    headers = {REHEARSAL: YES} if is_rehearsal else {}
    ready = replace(step, headers={**step.headers, **headers})
    return _answered(_in_house(actor, _requested(ready, asked_in, {})))


def _in_house(actor: "Actor", request: HttpRequest) -> HttpRequest:
    # Python objects do not come over the wire, so nobody outside can name an actor this way.
    request.actor_in_house = actor  # type: ignore[attr-defined]  # read by DialectView
    return request


def tried(steps: Sequence[Step], asked_in: HttpRequest) -> Tried:
    """Make the requests of an example one after the other, as a program outside would."""
    started, kept = time.perf_counter(), dict[str, str]()
    response, is_good = HttpResponse(status=400), False
    for step in steps:
        response = _sent(step, asked_in, kept)
        is_good = response.status_code < 400 and _keep(step, response, kept)
        if not is_good:
            break
    return Tried(
        response.status_code,
        pretty(response),
        round((time.perf_counter() - started) * 1000),
        is_good,
    )


def is_good(response: HttpResponse) -> bool:
    """Tell whether an answer is no refusal; some protocols say so in the body alone."""
    is_refused = any(word in response.content for word in _REFUSALS)
    return response.status_code < 400 and not is_refused


# How the protocols whose refusals have the status 200 begin them.
_REFUSALS = (b'"is_error":1', b'"success":false')


def pretty(response: HttpResponse) -> str:
    """Return the body of an answer as people read it."""
    text = response.content.decode(errors="replace")
    with suppress(ValueError):
        text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}\n…"


def _sent(step: Step, asked_in: HttpRequest, kept: Mapping[str, str]) -> HttpResponse:
    return _answered(_requested(step, asked_in, kept))


def _requested(step: Step, asked_in: HttpRequest, kept: Mapping[str, str]) -> HttpRequest:
    query = urlencode({name: _value(value, kept) for name, value in step.query.items()})
    headers = {name: _value(value, kept) for name, value in step.headers.items()}
    form = {name: _value(value, kept) for name, value in step.form.items()}
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    elif step.json:
        headers["Content-Type"] = "application/json"
    body = urlencode(form).encode() if form else step.json.encode()
    return _request(asked_in, step.method, step.path, query, headers, body)


def _answered(request: HttpRequest) -> HttpResponse:
    # The middleware sets the language of the inner request for the rest of the outer one.
    with translation.override(translation.get_language()):
        return cast(HttpResponse, _handler().get_response(request))


def _keep(step: Step, response: HttpResponse, kept: dict[str, str]) -> bool:
    """Take out what later requests need; tells whether all of it was there."""
    try:
        answer: Any = json.loads(response.content) if step.keeps else {}
        for name, path in step.keeps.items():
            found = answer
            for part in path:
                found = found[part]
            kept[name] = str(found)
    except (ValueError, KeyError, TypeError, IndexError):
        return False
    return True


def _value(value: Value, kept: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return value
    text = "".join(kept[part.name] if isinstance(part, Kept) else part for part in value.parts)
    return _md5(text) if value.is_md5 else text


def _request(  # the parts of a request
    asked_in: HttpRequest,
    method: str,
    path: str,
    query: str,
    headers: Mapping[str, str],
    body: bytes,
) -> HttpRequest:
    outer = asked_in.META
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": outer.get("SERVER_NAME", ""),
        "SERVER_PORT": outer.get("SERVER_PORT", ""),
        "wsgi.url_scheme": asked_in.scheme,
        "wsgi.input": BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": headers.get("Content-Type", ""),
        "REMOTE_ADDR": outer.get("REMOTE_ADDR", ""),
        "HTTP_ACCEPT": "application/json",
    }
    if "HTTP_HOST" in outer:
        environ["HTTP_HOST"] = outer["HTTP_HOST"]
    for name, value in headers.items():
        if name != "Content-Type":
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return WSGIRequest(environ)


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler
