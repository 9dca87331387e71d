"""Tell the counters and the log of requests what was asked, and what came of it.

Facts alone: which fields were named, never what they held.
"""

import re
from dataclasses import dataclass

from api.base.requests import DialectRequest
from contacts.access import Note, count_request, note_request
from contacts.errors import (
    AuthenticationError,
    BadOperatorError,
    BadValueError,
    ConflictError,
    DomainError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    UnknownFieldError,
)

# A name in a query string; whatever else stands there may be somebody's.
NAME = re.compile(r"[\w$.\-\[\]]{1,60}")
# Keys and tokens in an address look like this.
SECRET = re.compile(r"[\w-]{24,}")
# The code of a dialect's own error: a word.
CODE = re.compile(r"[\w-]{1,60}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status of an answer, how long it took, and what was raised on the way."""

    status: int
    seconds: float
    failure: Exception | None = None

    @property
    def is_failed(self) -> bool:
        """Tell whether the client got a refusal: some dialects refuse with 200."""
        return self.failure is not None or self.status >= 400


def tell_of_request(dialect: str, request: DialectRequest, outcome: Outcome) -> None:
    """Count a request and leave a note of it; cannot fail."""
    actor = getattr(request, "actor", None)
    key_id = actor.key_id if actor is not None else None
    address = request.META.get("REMOTE_ADDR", "")
    count_request(dialect, key_id, address=address, is_failed=outcome.is_failed)
    note_request(
        Note(
            dialect=dialect,
            method=request.method or "",
            path=SECRET.sub("…", request.path),
            operation=SECRET.sub("…", request.operation_name),
            parameters=_names(request),
            status=outcome.status,
            is_failed=outcome.is_failed,
            reason=_reason(outcome.failure),
            milliseconds=round(outcome.seconds * 1000),
            credential_id=key_id,
            user_id=actor.user_id if actor is not None else None,
            address=address,
            request_id=request.request_id,
        )
    )


def _names(request: DialectRequest) -> str:
    """Return the names in the query string, where it was read."""
    fields = request.__dict__.get("query_fields", ())
    return " ".join(dict.fromkeys(name for name, _value in fields if NAME.fullmatch(name)))


def _reason(failure: Exception | None) -> str:
    """Return in a few words why a request was refused."""
    if failure is None:
        return ""
    code = getattr(failure, "code", "") or getattr(failure, "error_code", "")
    if isinstance(code, str) and CODE.fullmatch(code):
        return code
    kind = re.sub(r"(?<!^)(?=[A-Z])", " ", type(failure).__name__.removesuffix("Error")).lower()
    detail = _detail(failure) if isinstance(failure, DomainError) else ""
    return f"{kind}: {detail}" if detail else kind


def _detail(failure: DomainError) -> str:
    if isinstance(failure, InvalidError):
        return ", ".join(f"{fault.key} {fault.code}" for fault in failure.faults)
    if isinstance(failure, UnknownFieldError | BadOperatorError | BadValueError):
        return failure.name if NAME.fullmatch(failure.name) else ""
    if isinstance(failure, NotFoundError | ForbiddenError):
        return failure.kind
    return failure.reason if isinstance(failure, AuthenticationError | ConflictError) else ""
