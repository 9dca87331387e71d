"""Answer requests that failed on the way to any view, or in one."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from api.base import discovery

RETRY_AFTER_IN_SECONDS = 5


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke, or that the database is away.

    Django calls this while the exception is at hand. The page uses no database and no session,
    for these may be what is broken.
    """
    away = isinstance(sys.exception(), OperationalError | InterfaceError)
    response = _answer(request, status=503 if away else 500)
    if away:
        response["Retry-After"] = str(RETRY_AFTER_IN_SECONDS)
    return response


def _answer(request: HttpRequest, *, status: int) -> HttpResponse:
    """Return a page for people and an empty answer for programs."""
    if any(dialect.owns(request.path) for dialect in discovery.dialects()):
        return HttpResponse(status=status)
    return HttpResponse(render_to_string(f"{status}.html"), status=status)
