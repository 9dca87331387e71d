"""Every way in which the domain says no, as one small exception tree.

    DomainError
    ├── InvalidError            values that cannot be stored; carries all faults together
    ├── NotFoundError           does not exist, or may not be seen: the two look the same
    ├── ForbiddenError          may be seen but not changed by this actor
    ├── AuthenticationError     nobody, or a credential that does not work
    ├── ConflictError           clashes with what is stored (a retry with another body)
    ├── StaleError              somebody else changed the record first
    ├── ThrottledError          too many requests; carries the seconds to wait
    ├── UnavailableError        the database or a service behind us is away
    │   └── TooSlowError        a statement took longer than it may
    └── QueryError              a list request that cannot be answered
        ├── UnknownFieldError   no such field, or one that this actor may not read
        ├── BadOperatorError    the operator does not suit the field
        ├── BadValueError       the literal is no value of the field
        └── TooComplexError     deeper, longer or larger than the limits

Exceptions carry data, not sentences: every dialect words them in its own way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import InterfaceError, OperationalError

# What the databases say of a statement that ran for too long.
_CANCELED = frozenset({"57014", "SQLITE_INTERRUPT"})
# SQLite reports faults of our own statements by the same class as a database that is away.
_SQLITE_OUTAGES = ("BUSY", "LOCKED", "CANTOPEN", "IOERR", "FULL", "READONLY", "NOMEM")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one value.

    `code` is one of: blank, invalid, too_long, too_short, too_large, too_small, not_a_number,
    not_an_integer, not_a_date, not_a_datetime, not_a_boolean, not_in_list, unknown, taken,
    not_several, pattern, read_only, not_allowed, expired. `params` holds what a message may want to
    name (`limit`, `choices`, `value`).
    """

    key: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


class DomainError(Exception):
    """The root of everything that the domain refuses."""


class InvalidError(DomainError):
    """Values cannot be stored; all faults of the request are reported together."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.key}: {fault.code}" for fault in self.faults))


class NotFoundError(DomainError):
    """A record does not exist for this actor."""

    def __init__(self, kind: str, record_id: object = None) -> None:
        self.kind = kind
        self.record_id = record_id
        super().__init__(f"{kind} {record_id}")


class ForbiddenError(DomainError):
    """The actor lacks a right for something that it may see."""

    def __init__(self, right: str, kind: str = "") -> None:
        self.right = right
        self.kind = kind
        super().__init__(f"{right} {kind}".strip())


class AuthenticationError(DomainError):
    """The request comes from nobody, or with a credential that does not work.

    `reason` is one of: missing, unknown, revoked, expired, idle, inactive, locked.
    """

    def __init__(self, reason: str = "missing") -> None:
        self.reason = reason
        super().__init__(reason)


class ConflictError(DomainError):
    """The request clashes with what is stored."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class StaleError(DomainError):
    """The record changed after the version that the request names."""

    def __init__(self, kind: str, record_id: object) -> None:
        self.kind = kind
        self.record_id = record_id
        super().__init__(f"{kind} {record_id}")


class ThrottledError(DomainError):
    """Too many requests; `wait` is the number of seconds until the next may come."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(f"wait {wait} s")


class UnavailableError(DomainError):
    """Something that the answer needs is away; `wait` says when to try again, in seconds."""

    def __init__(self, wait: int = 5) -> None:
        self.wait = wait
        super().__init__(f"wait {wait} s")


class TooSlowError(UnavailableError):
    """A statement took longer than it may (`STATEMENT_TIMEOUT`): less may be asked for."""


class QueryError(DomainError):
    """A list request cannot be answered; `position` is its place in the client's text, if known."""

    def __init__(self, name: str = "", position: int | None = None) -> None:
        self.name = name
        self.position = position
        super().__init__(name)


class UnknownFieldError(QueryError):
    """No such field for this actor: missing and unreadable fields look the same."""


class BadOperatorError(QueryError):
    """The operator does not suit the type of the field."""

    def __init__(self, name: str, operator: str, position: int | None = None) -> None:
        super().__init__(name, position)
        self.operator = operator


class BadValueError(QueryError):
    """The literal is no value of the field's type."""

    def __init__(self, name: str, value: object, position: int | None = None) -> None:
        super().__init__(name, position)
        self.value = value


class TooComplexError(QueryError):
    """The condition is deeper, longer or larger than the limits of the query language."""

    def __init__(self, limit: str, allowed: int) -> None:
        super().__init__(limit)
        self.allowed = allowed


def is_canceled(error: Exception) -> bool:
    """Tell whether this exception of a database says that a statement took too long."""
    cause = error.__cause__
    codes = {getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorname", None)}
    return isinstance(error, OperationalError) and not _CANCELED.isdisjoint(codes)


def outage_of(error: Exception) -> UnavailableError | None:
    """Return what to say when this exception means that the database does not answer, else None."""
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    if is_canceled(error):
        return TooSlowError()
    sqlite_name: str | None = getattr(error.__cause__, "sqlite_errorname", None)
    if sqlite_name is None:
        return UnavailableError()
    is_outage = sqlite_name.removeprefix("SQLITE_").startswith(_SQLITE_OUTAGES)
    return UnavailableError() if is_outage else None
