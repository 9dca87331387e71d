"""Explain this instance to whoever opens its address, and lead on."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from api.base import discovery
from api.base.dialect import Dialect
from contacts.admin.doors import doors

_BEARER = re.compile(r"bearer\s+\S", re.IGNORECASE)


@csrf_exempt  # The page changes nothing, and programs bring credentials of their own.
def start(request: HttpRequest) -> HttpResponse:
    """Show what is here: the browser UI, the protocols that are spoken, their documentation.

    The page names no record and counts nothing, so it may be shown to anybody. Programs of a
    protocol that begins at the root are answered by that.
    """
    answer = _root_of_programs(request)
    return page(request) if answer is None else answer(request)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the page to people."""
    context = {"base_url": settings.BASE_URL, "doors": doors()}
    return render(request, "pages/start.html", context)


def _root_of_programs(request: HttpRequest) -> Callable[[HttpRequest], HttpResponse] | None:
    """Return the view of the first dialect that the request is for, or None."""
    for dialect in discovery.dialects():
        if dialect.root_view and _is_for(request, dialect):
            view: Callable[[HttpRequest], HttpResponse] = getattr(
                dialect.part("views"), dialect.root_view
            )
            return view
    return None


def _is_for(request: HttpRequest, dialect: Dialect) -> bool:
    if dialect.root_parameter:
        return dialect.root_parameter in request.GET
    has_token = _BEARER.match(request.headers.get("Authorization", "")) is not None
    return has_token and request.method in ("GET", "HEAD")
