"""Say no as Laravel does: a message, and for values what is wrong under each key."""

from collections.abc import Callable, Mapping, Sequence

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
from api.concord.labels import label_of, wire_key_of
from contacts import errors
from contacts.errors import Fault

Messages = Mapping[str, Sequence[str]]


class RejectedError(RequestError):
    """Values break a rule of this protocol's own; carries the messages by the client's keys."""

    def __init__(self, messages: Messages) -> None:
        self.messages = messages
        super().__init__(", ".join(messages))


class BadListError(RequestError):
    """A list cannot be ordered, reduced or filtered as asked; carries the sentence."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class NoSearchFieldError(RequestError):
    """None of the fields to search is one; carries those that are."""

    def __init__(self, accepted: Sequence[str]) -> None:
        self.accepted = tuple(accepted)
        super().__init__(", ".join(accepted))


class BadAssociationError(RequestError):
    """Records of these kinds are never associated; `is_body` where a create or update asks."""

    def __init__(self, name: str, owner: str) -> None:
        self.name = name
        self.owner = owner
        super().__init__(name)


class AlreadyAssociatedError(RequestError):
    """The one record to attach is attached."""


class NothingToAssociateError(RequestError):
    """None of the records to attach can be used."""


class LockedStatusError(RequestError):
    """A deal goes from won to lost only by way of open."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(status)


Phrase = str | Callable[[Fault], str]

PHRASES: Mapping[str, Phrase] = {
    "blank": "The {label} field is required.",
    "invalid": "The {label} field is invalid.",
    "too_long": lambda fault: (
        f"The {{label}} field must not be greater than {fault.params.get('limit')} characters."
    ),
    "too_short": lambda fault: (
        f"The {{label}} field must be at least {fault.params.get('limit')} characters."
    ),
    "too_large": lambda fault: (
        f"The {{label}} field must not be greater than {fault.params.get('limit')}."
    ),
    "too_small": lambda fault: f"The {{label}} field must be at least {fault.params.get('limit')}.",
    "not_a_number": "The {label} field must be a number.",
    "not_an_integer": "The {label} field must be an integer.",
    "not_a_date": "The {label} field must be a valid date.",
    "not_a_datetime": "The {label} field must be a valid date.",
    "not_a_boolean": "The {label} field must be true or false.",
    "not_in_list": "The selected {label} is invalid.",
    "unknown": "The selected {label} is invalid.",
    "taken": "The {label} has already been taken.",
    "not_several": "The {label} field must have one value.",
    "pattern": "The {label} field format is invalid.",
    "read_only": "The {label} field cannot be changed.",
    "not_allowed": "The selected {label} is invalid.",
    "expired": "The selected {label} is invalid.",
}


def messages_of(error: Exception) -> dict[str, list[str]]:
    """Return what is wrong with the values that were sent, by the client's keys."""
    if isinstance(error, RejectedError):
        return {key: list(sentences) for key, sentences in error.messages.items()}
    if not isinstance(error, errors.InvalidError):
        return {}
    found: dict[str, list[str]] = {}
    for fault in error.faults:
        found.setdefault(wire_key_of(fault.key), []).append(sentence_of(fault))
    return found


def sentence_of(fault: Fault, label: str = "") -> str:
    """Return what is wrong with a value, in the label of its field unless another is given."""
    phrase = PHRASES.get(fault.code, PHRASES["invalid"])
    text = phrase if isinstance(phrase, str) else phrase(fault)
    return text.replace("{label}", label or label_of(fault.key))


def _summary(error: Exception) -> str:
    sentences = [each for listed in messages_of(error).values() for each in listed]
    more = len(sentences) - 1
    first = sentences[0] if sentences else "The given data was invalid."
    if more < 1:
        return first
    return f"{first} (and {more} more error{'s' if more > 1 else ''})"


def _missing(error: errors.NotFoundError) -> str:
    model = "".join(word.capitalize() for word in error.kind.split("_"))
    number = "" if error.record_id is None else f" {error.record_id}"
    return f"No query results for model [{model}]{number}."


_IN_USE = "The resource is in use and cannot be changed this way."
_CONFLICTS = {
    "idempotency_key_reused": "The Idempotency-Key was used with another request.",
    "in_use": "The resource is associated with other records and cannot be deleted.",
    "default": "The default resource cannot be deleted.",
    "self": "You cannot delete your own account.",
    "last_administrator": "The last administrator cannot be deleted or made less.",
}

ERRORS: ErrorTable = {
    Exception: Refusal(500, words="Server Error"),
    RequestError: Refusal(400, words="The request body is not valid JSON."),
    CutShortError: Refusal(400, words="The body of the request is incomplete."),
    SlowBodyError: Refusal(408, words="The body of the request came too slowly."),
    TooLargeError: Refusal(413, words="The request is too large."),
    UnknownAddressError: Refusal(404, words="The route could not be found."),
    WrongMethodError: Refusal(
        405, words=lambda error: f"The {error.method} method is not supported for this route."
    ),
    NotAcceptableError: Refusal(406, words="Not acceptable."),
    UnreadableTypeError: Refusal(415, words="The media type of the body is not supported."),
    RejectedError: Refusal(422, words=_summary),
    BadListError: Refusal(400, words=lambda error: error.sentence),
    NoSearchFieldError: Refusal(
        403,
        words=lambda error: (
            "None of the search fields were accepted. Acceptable search fields are: "
            + ",".join(error.accepted)
        ),
    ),
    BadAssociationError: Refusal(
        409,
        words=lambda error: (
            f'The provided resource name "{error.name}" cannot be associated to {error.owner}.'
        ),
    ),
    AlreadyAssociatedError: Refusal(409, words="This record is already associated"),
    NothingToAssociateError: Refusal(403, words="You are not authorized to perform this action."),
    LockedStatusError: Refusal(
        409,
        words=lambda error: (
            f'The deal first must be marked as open in order to apply the "{error.status}" status.'
        ),
    ),
    errors.DomainError: Refusal(400, words="The request cannot be answered."),
    errors.InvalidError: Refusal(422, words=_summary),
    errors.QueryError: Refusal(400, words="The list cannot be filtered as asked."),
    errors.NotFoundError: Refusal(404, words=_missing),
    errors.ForbiddenError: Refusal(403, words="This action is unauthorized."),
    errors.AuthenticationError: Refusal(401, words="Unauthenticated."),
    errors.ConflictError: Refusal(409, words=lambda error: _CONFLICTS.get(error.reason, _IN_USE)),
    errors.StaleError: Refusal(412, words="The record was changed in the meantime."),
    errors.ThrottledError: Refusal(429, words="Too Many Attempts."),
    errors.UnavailableError: Refusal(503, words="Service Unavailable"),
    errors.TooSlowError: Refusal(
        503, words="The answer takes too long: filter by more, or order by another field."
    ),
}
