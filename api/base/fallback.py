"""Answer for a dialect where no view of it runs: unknown addresses, requests Django refuses."""

from typing import cast

from django.http import HttpRequest, HttpResponse

from api.base.discovery import dialects
from api.base.views import DialectView


def refusal(request: HttpRequest, error: Exception, package: str = "api") -> HttpResponse | None:
    """Return the refusal of the dialect that owns the address, or None for pages of people."""
    for dialect in dialects(package):
        if dialect.owns(request.path):
            view = cast(type[DialectView], getattr(dialect.part("views"), dialect.base_view))
            return view.refuse(request, error)
    return None
