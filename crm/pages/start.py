"""Explain this instance to whoever opens its address, and lead on."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from api.base import discovery
from contacts.admin.doors import doors

_BEARER = re.compile(r"bearer\s+\S", re.IGNORECASE)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show what is here: the browser UI, the protocols that are spoken, their documentation.

    The page names no record and counts nothing, so it may be shown to anybody. Programs of a
    protocol that begins at the root are answered by that.
    """
    answer = _root_of_programs() if _is_program(request) else None
    if answer is not None:
        return answer(request)
    context = {"base_url": settings.BASE_URL, "doors": doors()}
    return render(request, "pages/start.html", context)


def _is_program(request: HttpRequest) -> bool:
    return _BEARER.match(request.headers.get("Authorization", "")) is not None


def _root_of_programs() -> Callable[[HttpRequest], HttpResponse] | None:
    """Return the view of the first dialect that answers at the root, or None."""
    for dialect in discovery.dialects():
        if dialect.root_view:
            view: Callable[[HttpRequest], HttpResponse] = getattr(
                dialect.part("views"), dialect.root_view
            )
            return view
    return None
