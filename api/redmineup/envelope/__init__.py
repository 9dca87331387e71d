"""Wrap what this dialect answers: one record, a page, nothing, a refusal."""

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from rest_framework.response import Response

from api.base.errors import Refusal
from api.base.requests import DialectRequest
from api.redmineup.envelope import pages
from api.redmineup.envelope.formats import is_page, wants_page
from api.redmineup.errors import sentences
from api.redmineup.mapping.shapes import Items, Wire
from contacts.errors import AuthenticationError


def single(name: str, record: object) -> Response:
    """Return one record."""
    return Response({name: record})


def created(request: DialectRequest, name: str, record: Wire, address: str) -> Response:
    """Return a new record with the address at which it lives from now on."""
    response = Response({name: record}, status=HTTPStatus.CREATED)
    response["Location"] = request.build_absolute_uri(address)
    return response


def page(name: str, items: Items, *, total: int, offset: int, limit: int) -> Response:
    """Return one page of a list."""
    return Response({name: items, "total_count": total, "offset": offset, "limit": limit})


def whole(name: str, items: Items, *, with_total: bool = False) -> Response:
    """Return a list that has no pages."""
    return Response({name: items, "total_count": len(items)} if with_total else {name: items})


def empty(request: DialectRequest) -> Response:
    """Say that it is done, without a body.

    python-redmine 1 knows no 204 and always sends its key in the query string; Redmine 4 answered
    200, and so do we to that sign (docs/dialects/redmineup.md, "Answers without a body").
    """
    old = "key" in request.query
    return Response(status=HTTPStatus.OK if old else HTTPStatus.NO_CONTENT)


def refused(request: DialectRequest, refusal: Refusal, error: Exception) -> HttpResponse:
    """Return a refusal: sentences for wrong values, nothing but a status for the rest.

    A person who is not signed in is sent to do so; one who sent a form gets a page.
    """
    is_missing = isinstance(error, AuthenticationError) and error.reason == "missing"
    if is_missing and (is_page(request) or wants_page(request)):
        return to_sign_in(request)
    if is_page(request) and request.method == "POST":
        return pages.refusal_page(request, refusal, error)
    words = sentences(error)
    body = {"errors": Items("error", words)} if words else None
    return Response(body, status=refusal.status)


def with_ignored(response: HttpResponse, names: Sequence[str]) -> HttpResponse:
    """Tell the client which of its filters were not understood."""
    if names:
        response["X-Ignored-Filters"] = ", ".join(names)
    return response


def to_sign_in(request: DialectRequest) -> Response:
    """Send a person to the page where one signs in."""
    back = urlencode({"next": request.get_full_path()})
    return Response(status=HTTPStatus.FOUND, headers={"Location": f"{settings.LOGIN_URL}?{back}"})
