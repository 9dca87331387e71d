"""Let a page of ours show another one in a frame; the policy forbids it everywhere else."""

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse


def framing(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return a page that may hold frames with our own pages."""
    return _with(request, response, csp_update({"frame-src": [SELF]}))


def framed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return a page that our own pages may hold in a frame."""
    response["X-Frame-Options"] = "SAMEORIGIN"
    return _with(request, response, csp_replace({"frame-ancestors": [SELF]}))


def _with(request: HttpRequest, response: HttpResponse, decorator: object) -> HttpResponse:
    def answer(request: HttpRequest) -> HttpResponse:
        return response

    return decorator(answer)(request)  # type: ignore[operator]  # untyped
