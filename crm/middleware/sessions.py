"""End sessions with their keys, and let a dialect sign a browser in on the way to any page."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from api.base import discovery
from contacts.access import is_session_over


class SessionEndMiddleware:
    """Forget a session before anybody reads it when the key that opened it works no more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the server."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and is_session_over(request.session):
            request.session.flush()
        return self.get_response(request)


class SessionOfferMiddleware:
    """Hand pages whose address offers a credential to the dialect that reads it there.

    The dialect's own addresses read such parameters themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the server, and find the dialects whose addresses offer sessions."""
        self.get_response = get_response
        self.offering = [each for each in discovery.dialects() if each.session_parameter]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if request.method == "GET":
            query = request.META.get("QUERY_STRING", "")
            for dialect in self.offering:
                name = dialect.session_parameter
                # Most queries show at a glance that they do not have it.
                may_have_it = name in query or "%" in query
                if may_have_it and name in request.GET and not dialect.owns(request.path):
                    view = getattr(dialect.part("views"), dialect.session_view)
                    return cast(HttpResponse, view(request))
        return self.get_response(request)
