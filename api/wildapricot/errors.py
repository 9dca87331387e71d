"""Say no as this protocol does: a code, a sentence and, for values, what is wrong with each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.base.errors import (
    CutShortError,
    ErrorTable,
    Refusal,
    RequestError,
    SlowBodyError,
    TooLargeError,
    UnknownAddressError,
    WrongMethodError,
)
from contacts import errors


class BadFilterError(RequestError):
    """The text of ``$filter`` cannot be read; ``position`` counts characters from 1."""

    def __init__(self, reason: str, position: int) -> None:
        self.reason = reason
        self.position = position
        super().__init__(f"{reason} at {position}")


class BadParameterError(RequestError):
    """A parameter of a list has a value that it cannot have."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name}: {reason}")


@dataclass(frozen=True)
class Restriction:
    """What is wrong with one value of a contact, under the name that the client knows."""

    key: str
    value: object
    words: str


class RejectedError(RequestError):
    """Values break a rule of this protocol's own."""

    def __init__(self, restrictions: Sequence[Restriction]) -> None:
        self.restrictions = tuple(restrictions)
        super().__init__("; ".join(f"{each.key}: {each.words}" for each in restrictions))


class NotArchivedError(RequestError):
    """Only archived contacts can be deleted."""


class FixedFieldError(RequestError):
    """A field that every account has is to be changed or deleted."""


class TokenRefusedError(RequestError):
    """The token service refuses; carries the error code of RFC 6749 and the words."""

    def __init__(self, code: str, words: str) -> None:
        self.code = code
        self.words = words
        super().__init__(code)


class ClientRefusedError(TokenRefusedError):
    """Nobody may have a token with these credentials of a program."""

    def __init__(self) -> None:
        super().__init__("invalid_client", "The API key or client secret is unknown.")


WORDS: Mapping[str, str] = {
    "blank": "Value is required.",
    "invalid": "Invalid value.",
    "too_long": "Value is too long.",
    "too_short": "Value is too short.",
    "too_large": "Value is too large.",
    "too_small": "Value is too small.",
    "not_a_number": "Value is not a number.",
    "not_an_integer": "Value is not a whole number.",
    "not_a_date": "Value is not a date.",
    "not_a_datetime": "Value is not a date.",
    "not_a_boolean": "Value is not true or false.",
    "not_in_list": "Unexpected option.",
    "unknown": "Unexpected option.",
    "taken": "Value must be unique.",
    "not_several": "Only one value is expected.",
    "pattern": "Value does not have the expected form.",
    "read_only": "Field is read-only.",
    "not_allowed": "Value is not allowed.",
    "expired": "Value has expired.",
}

_DETAILS = "Contact details validation error."


def _search(words: str) -> Refusal:
    def text(error: errors.QueryError) -> str:
        place = "" if error.position is None else f" at position {error.position}"
        return f"Syntax error in $filter{place}: {words.format(name=error.name)}"

    return Refusal(400, "Search", text)


ERRORS: ErrorTable = {
    Exception: Refusal(500, "InternalError", "The server could not answer the request."),
    RequestError: Refusal(400, "Validation", "The request cannot be read."),
    CutShortError: Refusal(400, "Validation", "The body of the request is incomplete."),
    SlowBodyError: Refusal(408, "TooSlow", "The body of the request came too slowly."),
    TooLargeError: Refusal(413, "TooLarge", "The request is too large."),
    UnknownAddressError: Refusal(404, "NotFound", "There is nothing at this address."),
    WrongMethodError: Refusal(405, "MethodNotAllowed", "The address does not take this method."),
    BadFilterError: Refusal(
        400,
        "Search",
        lambda error: f"Syntax error in $filter at position {error.position}: {error.reason}",
    ),
    BadParameterError: Refusal(
        400, "Search", lambda error: f"Wrong value of {error.name}: {error.reason}"
    ),
    RejectedError: Refusal(400, "Validation", _DETAILS),
    NotArchivedError: Refusal(400, "Validation", "Only archived contacts can be deleted."),
    FixedFieldError: Refusal(400, "Validation", "System fields cannot be changed or deleted."),
    TokenRefusedError: Refusal(400, "invalid_request", lambda error: error.words),
    ClientRefusedError: Refusal(
        401,
        "invalid_client",
        lambda error: error.words,
        {"WWW-Authenticate": 'Basic realm="API"'},
    ),
    errors.DomainError: Refusal(400, "Validation", "The request cannot be answered."),
    errors.InvalidError: Refusal(400, "Validation", _DETAILS),
    errors.QueryError: _search("the search cannot be made."),
    errors.UnknownFieldError: _search("unknown field '{name}'."),
    errors.BadOperatorError: _search("the operator does not suit the field '{name}'."),
    errors.BadValueError: _search("the value does not suit the field '{name}'."),
    errors.TooComplexError: _search("too complex ({name})."),
    errors.NotFoundError: Refusal(404, "NotFound", "The requested resource was not found."),
    errors.ForbiddenError: Refusal(403, "Forbidden", "Access is denied."),
    errors.AuthenticationError: Refusal(
        401,
        "Unauthorized",
        "A valid access token is required.",
        {"WWW-Authenticate": "Bearer"},
    ),
    errors.ConflictError: Refusal(
        409, "Conflict", "The request conflicts with what is stored or was sent before."
    ),
    errors.StaleError: Refusal(412, "PreconditionFailed", "The record was changed meanwhile."),
    errors.ThrottledError: Refusal(429, "TooManyRequests", "Too many requests."),
    errors.UnavailableError: Refusal(503, "Unavailable", "The service is unavailable."),
    errors.TooSlowError: Refusal(
        503, "Unavailable", "The answer takes too long: filter by more, or sort by another field."
    ),
}
