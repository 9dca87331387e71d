"""Lead programs past the layers that only browsers need."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from api.base import discovery

Layer = Callable[[HttpRequest], HttpResponse]


class ProgramMiddleware:
    """Let requests of programs skip all layers further in: sessions, forms, sign-ins, messages.

    They were an eighth of what a small answer takes. A program is who sends no cookie to an address
    of a dialect that does not meet browsers; nothing of a session can be wanted there.
    """

    def __init__(self, get_response: Layer) -> None:
        """Wrap the layers for browsers, and find what they wrap."""
        self.get_response = get_response
        self.beyond = beyond(get_response)
        self.others = [each for each in discovery.dialects() if each.meets_browsers]
        self.of_programs = [each for each in discovery.dialects() if not each.meets_browsers]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self.beyond(request) if self.is_of_program(request) else self.get_response(request)

    def is_of_program(self, request: HttpRequest) -> bool:
        """Tell whether a request has no use for the layers."""
        if request.META.get("HTTP_COOKIE"):
            return False
        path = request.path_info
        is_owned = any(each.owns(path) for each in self.of_programs)
        return is_owned and not any(each.owns(path) for each in self.others)


def beyond(layer: Layer) -> Layer:
    """Return the innermost of some layers: what finds the view and calls it.

    Under ASGI the layers cannot be seen through; then it is the outermost.
    """
    while hasattr(layer, "get_response"):
        layer = layer.get_response
    return layer
