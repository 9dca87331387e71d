"""Wrap what this dialect answers: one record, a page, an array, nothing, a refusal."""

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlencode

from rest_framework.response import Response

from api.base.errors import Refusal, UnknownAddressError, WrongMethodError
from api.base.requests import DialectRequest
from api.concord.errors import messages_of
from contacts.errors import ForbiddenError, NotFoundError

Wire = dict[str, object]

# How many numbers stand on each side of the present page among the links.
_AROUND = 3
MOST_OF_ROUTE = 200
_GAP: Wire = {"url": None, "label": "...", "active": False}


def single(record: Wire) -> Response:
    """Return one record, flat."""
    return Response(record)


def created(record: Wire) -> Response:
    """Return a record that the request has made."""
    return Response(record, status=HTTPStatus.CREATED)


def listed(records: Sequence[object]) -> Response:
    """Return a list without pages."""
    return Response(list(records))


def empty() -> Response:
    """Say that it is done."""
    return Response(status=HTTPStatus.NO_CONTENT)


def page(
    request: DialectRequest, records: Sequence[object], *, total: int, number: int, per_page: int
) -> Response:
    """Return one page of a list with Laravel's links and figures."""
    last = max(1, -(-total // per_page))
    start = (number - 1) * per_page + 1 if records else None
    path = request.build_absolute_uri(request.path).rstrip("/")
    beginning = f"{path}?{_kept_query(request)}page="

    def url(to: int | None) -> str | None:
        return None if to is None else f"{beginning}{to}"

    before = number - 1 if number > 1 else None
    after = number + 1 if number < last else None
    return Response(
        {
            "data": list(records),
            "links": {"first": url(1), "last": url(last), "prev": url(before), "next": url(after)},
            "meta": {
                "current_page": number,
                "from": start,
                "last_page": last,
                "links": [
                    _link(url(before), "&laquo; Previous", before),
                    *(
                        _GAP if each is None else _link(url(each), str(each), each, here=number)
                        for each in _numbers(number, last)
                    ),
                    _link(url(after), "Next &raquo;", after),
                ],
                "path": path,
                "per_page": per_page,
                "to": None if start is None else start + len(records) - 1,
                "total": total,
            },
        }
    )


def _link(url: str | None, label: str, number: int | None, here: int = 0) -> Wire:
    return {"url": url, "label": label, "page": number, "active": number == here}


def _numbers(number: int, last: int) -> list[int | None]:
    """Return the page numbers to show, as Laravel chooses them; None is a gap."""
    window = _AROUND + 4
    if last < 2 * _AROUND + 8:
        return list(range(1, last + 1))
    if number <= window:
        return [*range(1, window + _AROUND + 1), None, last - 1, last]
    if number > last - window:
        return [1, 2, None, *range(last - window - _AROUND + 1, last + 1)]
    around = range(number - _AROUND, number + _AROUND + 1)
    return [1, 2, None, *around, None, last - 1, last]


def _kept_query(request: DialectRequest) -> str:
    """Return the query string without the page, for another to follow; all the rest is kept.

    The original drops it; docs/dialects/concord.md, "Lists".
    """
    kept = [(name, value) for name, value in request.query_fields if name != "page"]
    return f"{urlencode(kept)}&" if kept else ""


def refused(request: DialectRequest, refusal: Refusal, error: Exception) -> Response:
    """Return a refusal: a message, and for values what is wrong under each key."""
    if isinstance(error, ForbiddenError) and error.right == "use_api":
        # The one refusal that the original writes under another key.
        words = "Your account is not authorized to perform API requests."
        return Response({"error": words}, status=refusal.status)
    body: dict[str, object] = {"message": _message(request, refusal, error)}
    messages = messages_of(error)
    if messages:
        body["errors"] = messages
    return Response(body, status=refusal.status)


def _message(request: DialectRequest, refusal: Refusal, error: Exception) -> str:
    """Return the sentence of a refusal; those about routes name the address as Laravel does."""
    route = request.path.strip("/")[:MOST_OF_ROUTE]
    if isinstance(error, WrongMethodError):
        methods = [name for name in request.view.allowed_methods if name != "OPTIONS"]
        listed = ", ".join(dict.fromkeys(methods))
        return (
            f"The {error.method} method is not supported for route {route}. "
            f"Supported methods: {listed}."
        )
    is_route = isinstance(error, NotFoundError) and error.kind == "resource"
    if isinstance(error, UnknownAddressError) or is_route:
        return f"The route {route} could not be found."
    return refusal.text(error)
