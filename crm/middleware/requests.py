"""Give every request a number and a line in the log, and find out who sent it."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from contacts.access.guessing import counted_guesses
from contacts.fields import reference
from crm.client_address import client_address

HEADER = "X-Request-Id"
ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")
SLASHES = re.compile(r"/{2,}")

logger = structlog.get_logger("crm.requests")


class RequestMiddleware:
    """The outermost layer: whatever happens further in, the answer carries the request's id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the server."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        started = time.perf_counter()
        request_id = request_id_of(request)
        request.META["HTTP_X_REQUEST_ID"] = request_id
        request.META["REMOTE_ADDR"] = client_address(request.META)
        if "//" in request.path:
            # Programs join "http://host/" and "/contacts.json"; the originals take both for one.
            request.path = SLASHES.sub("/", request.path)
            request.path_info = SLASHES.sub("/", request.path_info)
        # What another process changed since the last request must be seen by this one.
        reference.forget()
        with structlog.contextvars.bound_contextvars(request_id=request_id), counted_guesses():
            response = self.get_response(request)
            response[HEADER] = request_id
            # The path alone: some protocols carry their credentials in the query string.
            logger.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
            )
        return response


def request_id_of(request: HttpRequest) -> str:
    """Return the id that the client sent, where it is fit for a header and a log, or a new one."""
    sent = request.headers.get(HEADER, "")
    return sent if ACCEPTABLE.fullmatch(sent) else secrets.token_hex(10)
