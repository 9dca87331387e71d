"""Refuse requests whose body did not arrive whole, as each address refuses."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from api.base.errors import CutShortError, RequestError, SlowBodyError
from api.base.fallback import refusal
from crm.body_first import CUT_SHORT, SLOW, UNREAD
from crm.pages.errors import page

REFUSALS: dict[str, tuple[int, type[RequestError]]] = {
    CUT_SHORT: (400, CutShortError),
    SLOW: (408, SlowBodyError),
}


class UnreadBodyMiddleware:
    """Before anything looks at the form, which would seem to be empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the server."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        why = request.META.get(UNREAD)
        if why is None:
            return self.get_response(request)
        status, error = REFUSALS[why]
        answer = refusal(request, error()) or page(400, status)
        # What is left of the body would be taken for the next request.
        answer["Connection"] = "close"
        return answer
