"""Answer requests that no view could answer.

Addresses of a dialect get the dialect's own refusal, people get a small page. The pages use no
database and no session, for these may be what is broken.
"""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from api.base.fallback import refusal
from contacts.admin import site
from contacts.errors import TooSlowError, outage_of

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refuse what Django itself found wrong with a request."""
    return refusal(request, exception) or page(413 if isinstance(exception, TOO_LARGE) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refuse what a view for people refused."""
    return refusal(request, exception) or page(403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form whose mark of origin is missing or old, or that was too large to be read.

    Signing in renews the mark: of a form that was opened before in another tab, what was typed is
    shown again for sending. Only where the browser itself says that the form is of our own site:
    nobody else may put words into somebody's mouth.
    """
    announced = request.META.get("CONTENT_LENGTH") or ""
    if announced.isdigit() and int(announced) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        # Nothing of it was read, the mark neither.
        return page(413)
    if request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}":
        answer = site.show_again(request)
        if answer is not None:
            return answer
    return page("403_csrf", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing at an address."""
    return refusal(request, exception) or page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke, that the database is away, or that the answer takes too long.

    Django calls this while the exception is at hand.
    """
    error = sys.exception()
    known = error if isinstance(error, Exception) else RuntimeError()
    outage = outage_of(known)
    if outage is None:
        return refusal(request, known) or page(500)
    shown = "503_slow" if isinstance(outage, TooSlowError) else "503"
    answer = refusal(request, known) or page(shown, status=503)
    answer["Retry-After"] = str(outage.wait)
    return answer


def page(name: int | str, status: int | None = None) -> HttpResponse:
    """Return the page for people of that name, which is its status unless given."""
    return HttpResponse(render_to_string(f"{name}.html"), status=status or int(name))
