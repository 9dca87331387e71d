"""Say no as Vtiger does: a code and a sentence, misspelt where the original misspells them."""

from collections.abc import Callable, Mapping

from api.base.errors import (
    CutShortError,
    ErrorTable,
    Refusal,
    RequestError,
    SlowBodyError,
    TooLargeError,
)
from contacts import errors
from contacts.errors import Fault

DENIED = "Permission to perform the operation is denied"


class VtigerError(RequestError):
    """A refusal in this protocol's own words; operations of other packages raise it too."""

    def __init__(self, code: str | int, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)


def denied(about: str = "") -> VtigerError:
    """Return the refusal that clients know best."""
    return VtigerError("ACCESS_DENIED", f"{DENIED}{about}")


def no_such_name(name: str) -> VtigerError:
    """Return the refusal of a module that does not exist, or not for the caller."""
    return denied(f" for name : {name}")


def wrong_id() -> VtigerError:
    """Return the refusal of an id that is another kind of record."""
    return VtigerError("INVALID_ID_ATTRIBUTE", "Id specified is incorrect")


def bad_syntax(message: str) -> VtigerError:
    """Return the refusal of a query that cannot be read."""
    return VtigerError("QUERY_SYNTAX_ERROR", message)


def missing_value(name: str) -> VtigerError:
    """Return the refusal of a record without one of its mandatory values."""
    return VtigerError("MANDATORY_FIELDS_MISSING", f"{name} does not have a value")


def duplicate() -> VtigerError:
    """Return the refusal of a record that is there already; the original numbers it 0."""
    return VtigerError(0, "Duplicate(s) detected!")


Phrase = str | Callable[[Fault], str]

# What follows the name of the field.
PHRASES: Mapping[str, Phrase] = {
    "blank": "does not have a value",
    "too_long": lambda fault: f"is longer than {fault.params.get('limit')} characters",
    "too_short": lambda fault: f"is shorter than {fault.params.get('limit')} characters",
    "too_large": lambda fault: f"is greater than {fault.params.get('limit')}",
    "too_small": lambda fault: f"is smaller than {fault.params.get('limit')}",
    "not_a_number": "is not a number",
    "not_an_integer": "is not a whole number",
    "not_a_date": "is not a date",
    "not_a_datetime": "is not a date and time",
    "not_a_time": "is not a time",
    "not_a_boolean": "is neither 0 nor 1",
    "not_in_list": "is not in the list",
    "unknown": "does not exist",
    "taken": "is taken",
    "pattern": "has the wrong form",
    "read_only": "cannot be changed",
}


class FieldError(VtigerError):
    """A value that cannot be stored, with the name by which the client knows its field."""

    def __init__(self, name: str, fault: Fault) -> None:
        phrase = PHRASES.get(fault.code, "cannot be stored")
        words = phrase if isinstance(phrase, str) else phrase(fault)
        # The code under which the original reports what its database refuses.
        code = "MANDATORY_FIELDS_MISSING" if fault.code == "blank" else "DATABASE_QUERY_ERROR"
        super().__init__(code, f"{name} {words}")


_SIGN_IN: Mapping[str, tuple[str, str]] = {
    "missing": ("AUTHENTICATION_REQUIRED", "Authencation required"),
    "expired": ("SESSION_EXPIRED", "Session has life span over please login again"),
    "idle": ("SESSION_LEFT_IDLE", "Session has been invalidated to due lack activity"),
}


class SessionError(VtigerError):
    """A session that lets nobody in, by the reason that the domain gives."""

    def __init__(self, reason: str) -> None:
        unknown = ("INVALID_SESSIONID", "Session Identifier provided is Invalid")
        super().__init__(*_SIGN_IN.get(reason, unknown))


def _forbidden(error: errors.ForbiddenError) -> str:
    # Who may not use programs at all may not sign in.
    is_shut_out = error.right in ("use_api", "change_password")
    return DENIED if is_shut_out else "Permission to write is denied"


_UNKNOWN = "Unknown Error while processing request"

ERRORS: ErrorTable = {
    Exception: Refusal(200, "INTERNAL_SERVER_ERROR", _UNKNOWN),
    VtigerError: Refusal(200, words=lambda error: error.message),
    RequestError: Refusal(200, "UNKNOWN_OPERATION", "Unknown operation requested"),
    CutShortError: Refusal(400, "ACCESS_DENIED", "The body of the request is incomplete"),
    SlowBodyError: Refusal(408, "ACCESS_DENIED", "The body of the request came too slowly"),
    TooLargeError: Refusal(200, "ACCESS_DENIED", "The request is too large"),
    errors.DomainError: Refusal(200, "ACCESS_DENIED", DENIED),
    errors.InvalidError: Refusal(
        200,
        "DATABASE_QUERY_ERROR",
        lambda error: "; ".join(FieldError(each.key, each).message for each in error.faults),
    ),
    errors.QueryError: Refusal(
        200, "ACCESS_DENIED", lambda error: f"Permission to access {error.name} attribute denied."
    ),
    errors.ForbiddenError: Refusal(200, "ACCESS_DENIED", _forbidden),
    errors.TooComplexError: Refusal(200, "QUERY_SYNTAX_ERROR", "The query is too long"),
    errors.AuthenticationError: Refusal(
        200, "INVALID_SESSIONID", "Session Identifier provided is Invalid"
    ),
    errors.ConflictError: Refusal(
        200, "ACCESS_DENIED", "The record is in use and cannot be changed this way"
    ),
    errors.StaleError: Refusal(412, "ACCESS_DENIED", "The record was changed in the meantime"),
    # Section 13: clients look at the envelope, and take any other status for a broken server.
    errors.ThrottledError: Refusal(
        200,
        "ACCESS_DENIED",
        lambda error: f"Too many requests, try again in {error.wait} seconds",
    ),
    errors.UnavailableError: Refusal(
        503, "DATABASE_QUERY_ERROR", "Database error while performing requested operation"
    ),
    errors.TooSlowError: Refusal(
        503,
        "DATABASE_QUERY_ERROR",
        "The answer takes too long: ask for less, or order by another field",
    ),
}
