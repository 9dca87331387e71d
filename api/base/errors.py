"""Turn whatever goes wrong into one of the errors that a dialect has words for.

A request can fail before the domain hears of it. Those failures are the tree below; together with
``contacts.errors`` it is all that a dialect's ``errors.py`` has to know.

    RequestError
    ├── UnknownAddressError     nothing lives at this address
    ├── WrongMethodError        something does, but not by this method
    ├── NotAcceptableError      the client takes no format that we write
    ├── UnreadableTypeError     the body is in a format that we do not read
    ├── MalformedRequestError   the body or the query string is broken
    ├── CutShortError           the body ended before its announced length
    ├── SlowBodyError           the body did not come in its time
    └── TooLargeError           longer or deeper than the limits
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core import exceptions as django_errors
from django.http import Http404, UnreadablePostError
from django.urls import Resolver404
from rest_framework import exceptions as rest_errors

from api.wire.errors import LimitError, WireError
from contacts.errors import (
    AuthenticationError,
    DomainError,
    ForbiddenError,
    NotFoundError,
    ThrottledError,
)


class RequestError(Exception):
    """The root of what can be wrong with a request whatever it asks for."""


class UnknownAddressError(RequestError):
    """Nothing lives at this address."""


class WrongMethodError(RequestError):
    """The address does not know the method."""

    def __init__(self, method: str) -> None:
        self.method = method
        super().__init__(method)


class NotAcceptableError(RequestError):
    """The client takes no format that this address writes."""


class UnreadableTypeError(RequestError):
    """The body is of a type that this address does not read."""

    def __init__(self, content_type: str) -> None:
        self.content_type = content_type
        super().__init__(content_type)


class MalformedRequestError(RequestError):
    """The body or the query string is not what it claims to be."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class CutShortError(RequestError):
    """The body ended before it was complete."""


class SlowBodyError(RequestError):
    """The body did not come in its time."""


class TooLargeError(RequestError):
    """The request is beyond a limit of ours."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


@dataclass(frozen=True)
class Refusal:
    """One row of a dialect's table: how it says one kind of no.

    ``words`` is a text, or a function that gets the error and makes the text of its data.
    """

    status: int
    code: str = ""
    # Each function is written for the error of its own row, so the table cannot name one type.
    words: str | Callable[[Any], str] = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def text(self, error: Exception) -> str:
        """Return the words for this error."""
        return self.words if isinstance(self.words, str) else self.words(error)


ErrorTable = Mapping[type[Exception], Refusal]

# A dialect's table must lead every error to a row; these rows cover both trees and the unknown.
REQUIRED_ROWS: frozenset[type[Exception]] = frozenset({Exception, DomainError, RequestError})


def refusal_for(error: Exception, table: ErrorTable) -> Refusal:
    """Return the row of the error's class or of its nearest ancestor."""
    for ancestor in type(error).__mro__:
        if issubclass(ancestor, Exception) and ancestor in table:
            return table[ancestor]
    raise LookupError("an error table needs a row for Exception")


def known_error(error: Exception) -> Exception:
    """Return the domain or request error that this exception of a library means.

    Errors of ours, and those nobody foresaw, come back unchanged.
    """
    for kinds, translate in _TRANSLATIONS:
        if isinstance(error, kinds):
            return translate(error)
    return error


_Translation = tuple[type[Exception] | tuple[type[Exception], ...], Callable[[Any], Exception]]

# The first that fits counts: Django's size limits are SuspiciousOperations themselves.
_TRANSLATIONS: tuple[_Translation, ...] = (
    (LimitError, lambda error: TooLargeError(error.what)),
    (WireError, lambda error: MalformedRequestError(str(error))),
    (
        (
            django_errors.RequestDataTooBig,
            django_errors.TooManyFieldsSent,
            django_errors.TooManyFilesSent,
        ),
        lambda error: TooLargeError("body"),
    ),
    (
        (
            django_errors.SuspiciousOperation,
            django_errors.BadRequest,
            UnreadablePostError,
            rest_errors.ParseError,
        ),
        lambda error: MalformedRequestError("unreadable request"),
    ),
    (
        (rest_errors.NotAuthenticated, rest_errors.AuthenticationFailed),
        lambda error: AuthenticationError("unknown"),
    ),
    (
        (django_errors.PermissionDenied, rest_errors.PermissionDenied),
        lambda error: ForbiddenError("request"),
    ),
    (Resolver404, lambda error: UnknownAddressError()),
    ((Http404, rest_errors.NotFound), lambda error: NotFoundError("record")),
    (rest_errors.MethodNotAllowed, lambda error: WrongMethodError(str(error.detail))),
    (rest_errors.NotAcceptable, lambda error: NotAcceptableError()),
    (rest_errors.UnsupportedMediaType, lambda error: UnreadableTypeError(str(error.detail))),
    (rest_errors.Throttled, lambda error: ThrottledError(math.ceil(error.wait or 1))),
)
