"""Say no as Redmine does: a status, and sentences only where values are refused."""

from collections.abc import Callable, Mapping

from api.base.errors import (
    CutShortError,
    ErrorTable,
    NotAcceptableError,
    Refusal,
    RequestError,
    SlowBodyError,
    TooLargeError,
    UnknownAddressError,
    UnreadableTypeError,
    WrongMethodError,
)
from api.redmineup.mapping.labels import label_of
from contacts import errors
from contacts.errors import Fault

CHALLENGE = {"WWW-Authenticate": 'Basic realm="Redmine API"'}


class UnknownUserError(RequestError):
    """Nobody has the name that the administrator wants to act as."""


class LastProjectError(RequestError):
    """A contact would be left without any project."""


Phrase = str | Callable[[Fault], str]

# What follows the label of the field.
PHRASES: Mapping[str, Phrase] = {
    "blank": "cannot be blank",
    "invalid": "is invalid",
    "too_long": lambda fault: f"is too long (maximum is {fault.params.get('limit')} characters)",
    "too_short": lambda fault: f"is too short (minimum is {fault.params.get('limit')} characters)",
    "too_large": lambda fault: f"must be less than or equal to {fault.params.get('limit')}",
    "too_small": lambda fault: f"must be greater than or equal to {fault.params.get('limit')}",
    "not_a_number": "is not a number",
    "not_an_integer": "must be an integer",
    "not_a_date": "is not a valid date",
    "not_a_datetime": "is not a valid date",
    "not_a_boolean": "is not included in the list",
    "not_in_list": "is not included in the list",
    "unknown": "is invalid",
    "taken": "has already been taken",
    "not_several": "is invalid",
    "pattern": "is invalid",
    "read_only": "cannot be changed",
    "not_allowed": "is invalid",
}
OWN_PHRASES: Mapping[tuple[str, str], str] = {
    ("emails", "invalid"): "have incorrect format",
    ("file", "too_large"): "cannot be uploaded because it exceeds the maximum allowed file size",
}


def sentences(error: Exception) -> list[str]:
    """Return what is wrong with the values that were sent, one sentence each."""
    if isinstance(error, errors.InvalidError):
        return list(dict.fromkeys(_sentence(fault) for fault in error.faults))
    if isinstance(error, errors.TooSlowError):
        return ["The answer takes too long: filter by more, or sort by another field"]
    if isinstance(error, errors.TooComplexError):
        return ["Filter is too complex"]
    if isinstance(error, errors.BadValueError) and error.value in ("", ()):
        return [f"{label_of(error.name)} cannot be blank"]
    if isinstance(error, errors.QueryError):
        return [f"{label_of(error.name)} is invalid"]
    return []


def _sentence(fault: Fault) -> str:
    phrase = OWN_PHRASES.get((fault.key, fault.code)) or PHRASES.get(fault.code, "is invalid")
    words = phrase if isinstance(phrase, str) else phrase(fault)
    return f"{label_of(fault.key)} {words}"


def _words(error: Exception) -> str:
    return "\n".join(sentences(error))


ERRORS: ErrorTable = {
    Exception: Refusal(500),
    RequestError: Refusal(400),
    CutShortError: Refusal(400),
    SlowBodyError: Refusal(408),
    TooLargeError: Refusal(413),
    UnknownAddressError: Refusal(404),
    # The original knows no route there; docs/dialects/redmineup.md, "Addresses".
    WrongMethodError: Refusal(404),
    NotAcceptableError: Refusal(406),
    UnreadableTypeError: Refusal(406),
    UnknownUserError: Refusal(412),
    LastProjectError: Refusal(403),
    errors.DomainError: Refusal(400),
    errors.InvalidError: Refusal(422, words=_words),
    errors.QueryError: Refusal(422, words=_words),
    errors.NotFoundError: Refusal(404),
    errors.ForbiddenError: Refusal(403),
    errors.AuthenticationError: Refusal(401, headers=CHALLENGE),
    errors.ConflictError: Refusal(409),
    errors.StaleError: Refusal(412),
    errors.ThrottledError: Refusal(429),
    errors.UnavailableError: Refusal(503),
    errors.TooSlowError: Refusal(503, words=_words),
}
