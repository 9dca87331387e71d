"""Explain this instance to whoever opens its address, and lead on."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.admin.doors import doors


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show what is here: the browser UI, the protocols that are spoken, their documentation.

    The page names no record and counts nothing, so it may be shown to anybody.
    """
    context = {"base_url": settings.BASE_URL, "doors": doors()}
    return render(request, "pages/start.html", context)
