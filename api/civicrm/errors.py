"""Say no in this protocol's words: a message, often a code, and what a program may want to know.

Everything that goes wrong becomes a ``CiviApiError``. Its ``error_code`` of None means that the
original answers without a code, and then without entity and action too.
"""

from collections.abc import Callable, Mapping
from typing import Any

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
from contacts import errors

Document = dict[str, Any]  # an answer: JSON of any shape


class CiviApiError(RequestError):
    """A call of the API failed; what ``civicrm_api3`` raises."""

    def __init__(
        self, message: str, error_code: str | int | None = None, /, **extra: object
    ) -> None:
        self.message = message
        self.error_code = error_code
        self.extra = extra
        super().__init__(message)

    def document(self, entity: str = "", action: str = "") -> Document:
        """Return the answer; keys in the order of the original."""
        found: Document = dict(self.extra)
        if self.error_code is not None:
            found["error_code"] = self.error_code
            found.setdefault("entity", entity)
            found.setdefault("action", action)
        found["is_error"] = 1
        found["error_message"] = self.message
        return found


class PlainError(CiviApiError):
    """An error that the original returns instead of raising: it names no entity and no action."""

    def document(self, entity: str = "", action: str = "") -> Document:
        """Return the answer; its code, where it has one, is among what it tells more."""
        return {**self.extra, "is_error": 1, "error_message": self.message}


class DoorError(CiviApiError):
    """A request got nowhere near the kernel; written in the order in which the original does."""

    def document(self, entity: str = "", action: str = "") -> Document:
        """Return the answer."""
        return {"error_message": self.message, "is_error": 1, **self.extra}


def missing_params(*names: str) -> CiviApiError:
    """Return the error for parameters that have to be there."""
    listed = ", ".join(names)
    message = f"Mandatory key(s) missing from params array: {listed}"
    return CiviApiError(message, "mandatory_missing", fields=list(names))


def bad_integer(name: str) -> CiviApiError:
    """Return the error for text where a whole number has to be."""
    return CiviApiError(f"{name} is not a valid integer", 2001, error_field=name, type="integer")


def bad_value(name: str, kind: str) -> CiviApiError:
    """Return the error for a value of the wrong kind, such as a list where text has to be."""
    return CiviApiError(f"{name} is not a valid {kind}", 2001, error_field=name, type=kind)


def bad_option(name: str, value: object) -> CiviApiError:
    """Return the error for a value that is not among the options of a field."""
    message = f"'{shown(value)}' is not a valid option for field {name}"
    return CiviApiError(message, 2001, error_field=name)


def bad_date(name: str, value: object) -> CiviApiError:
    """Return the error for a text that is no date."""
    return CiviApiError(f"{name} is not a valid date: {shown(value)}")


def bad_reference(name: str, value: object) -> CiviApiError:
    """Return the error for the id of a record that is not there."""
    return CiviApiError(f"{name} is not valid : {shown(value)}", -3)


def too_long(name: str, length: int, limit: int) -> CiviApiError:
    """Return the error for a text beyond its limit; the original writes two blanks."""
    message = (
        f"Value for {name} is {length} characters  - "
        f"This field has a maxlength of {limit} characters."
    )
    return CiviApiError(message, 2100, field=name)


def already_exists() -> CiviApiError:
    """Return the error for a value that another record has and that must be unique."""
    return CiviApiError("DB Error: already exists", -5)


def bad_operator(name: str) -> CiviApiError:
    """Return the error for an operator that does not exist or does not suit the field.

    The original crashes or ignores it (specification, section 12.5).
    """
    return CiviApiError(f"Invalid operator for field {name}", "invalid_operator", field=name)


def bad_sort(name: str) -> CiviApiError:
    """Return the error for an order by something that is no field."""
    return CiviApiError(f"Unknown field specified for sort. Cannot order by '{name}'", 0)


def denied(entity: str, action: str, needed: str) -> CiviApiError:
    """Return the error for a caller that lacks the permission for a call as such."""
    message = (
        f"API permission check failed for {entity}/{action} call; "
        f"insufficient permission: require {needed}"
    )
    return CiviApiError(message, "unauthorized")


def shown(value: object) -> str:
    """Return a value of a request as messages show it."""
    return str(value)[:255] if isinstance(value, str | int | float) else "Array"


# From the key of a catalogue field to its name on the wire.
Naming = Callable[[str], str]


def translated(error: errors.DomainError, naming: Naming, entity: str) -> CiviApiError:
    """Return what this protocol says for an error of the domain."""
    if isinstance(error, errors.InvalidError):
        return _of_fault(error.faults[0], naming, entity)
    for kind, make in _TRANSLATIONS:
        if isinstance(error, kind):
            return make(error, naming)
    return CiviApiError("The request cannot be answered", 0)


def _of_fault(fault: errors.Fault, naming: Naming, entity: str) -> CiviApiError:
    name, value = naming(fault.key), fault.params.get("value", "")
    if fault.code == "unknown" and fault.key in _REFERENCES:
        named = value[0] if isinstance(value, list | tuple) and value else value
        return bad_reference(name, named)
    make = _FAULTS.get(fault.code)
    return make(name, value, fault) if make else CiviApiError(f"{name} is not valid", 2001)


_REFERENCES = frozenset(
    {
        *("contact", "contact_a", "contact_b", "employer", "companies", "group", "customer"),
        *("parent", "sources", "targets", "assignees"),
    }
)

_Of = Callable[[str, object, errors.Fault], CiviApiError]
_FAULTS: Mapping[str, _Of] = {
    "blank": lambda name, value, fault: missing_params(name),
    "too_long": lambda name, value, fault: too_long(
        name,
        len(str(value)) if value else int(str(fault.params.get("limit", 0))) + 1,
        int(str(fault.params.get("limit", 0))),
    ),
    "not_in_list": lambda name, value, fault: bad_option(name, value),
    "unknown": lambda name, value, fault: bad_option(name, value),
    "taken": lambda name, value, fault: already_exists(),
    "not_a_date": lambda name, value, fault: bad_date(name, value),
    "not_a_datetime": lambda name, value, fault: bad_date(name, value),
    "not_a_number": lambda name, value, fault: bad_integer(name),
    "not_an_integer": lambda name, value, fault: bad_integer(name),
    "not_a_boolean": lambda name, value, fault: bad_value(name, "boolean"),
}

_Make = Callable[[Any, Naming], CiviApiError]
_TRANSLATIONS: tuple[tuple[type[errors.DomainError], _Make], ...] = (
    (
        errors.NotFoundError,
        lambda error, naming: bad_reference(
            "contact_id" if error.kind == "contact" else "id", error.record_id
        ),
    ),
    (
        errors.ForbiddenError,
        lambda error, naming: CiviApiError("Permission denied to modify record", "unauthorized"),
    ),
    (errors.BadOperatorError, lambda error, naming: bad_operator(naming(error.name))),
    (errors.BadValueError, lambda error, naming: bad_option(naming(error.name), error.value)),
    (
        errors.UnknownFieldError,
        lambda error, naming: CiviApiError(f"{naming(error.name)} is no field to filter by", 0),
    ),
    (
        errors.TooComplexError,
        lambda error, naming: CiviApiError("The call has more filters than are allowed", 0),
    ),
    (
        errors.ConflictError,
        lambda error, naming: CiviApiError("The record is in use and cannot be deleted", 0),
    ),
)


UNREADABLE = "The request cannot be read."
NOT_ALLOWED = "You are not allowed to do this."
# Errors of the API answer 200 whatever they are; what never reached it tells intermediaries too.
ERRORS: ErrorTable = {
    Exception: Refusal(200, words="The server failed to answer. The reference is {reference}."),
    RequestError: Refusal(400, words=UNREADABLE),
    CiviApiError: Refusal(200, words=lambda error: error.message),
    CutShortError: Refusal(400, words="The body of the request is incomplete."),
    SlowBodyError: Refusal(408, words="The body of the request came too slowly."),
    TooLargeError: Refusal(413, words="The request is too large."),
    UnknownAddressError: Refusal(404, words="There is no such address."),
    WrongMethodError: Refusal(405, words="The method is not supported at this address."),
    NotAcceptableError: Refusal(406, words="Not acceptable."),
    UnreadableTypeError: Refusal(415, words="The type of the body is not supported."),
    errors.DomainError: Refusal(200, words="The request cannot be answered."),
    errors.AuthenticationError: Refusal(401, words="HTTP 401 Invalid credential"),
    errors.ForbiddenError: Refusal(200, words=NOT_ALLOWED),
    errors.ConflictError: Refusal(200, words="The Idempotency-Key was used with another request."),
    errors.StaleError: Refusal(412, words="The record was changed in the meantime."),
    errors.ThrottledError: Refusal(429, words="Too many requests."),
    errors.UnavailableError: Refusal(503, words="The server is not available."),
    errors.TooSlowError: Refusal(
        503, words="The call takes too long: filter by more, or sort by another field."
    ),
}
# The original reads no body of JSON at all at these addresses, and never answers 400.
CALL_ERRORS: ErrorTable = {**ERRORS, RequestError: Refusal(200, words=UNREADABLE)}
