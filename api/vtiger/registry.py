"""The table of operations: built in, of other apps, and of installed packages.

A function becomes an operation by ``@vtiger_operation(...)`` in a module ``vtiger_operations`` of
any installed app, or in a module that a package names under the entry-point group
``contacts_crm.vtiger_operations``. Both are found when the server starts; docs/dialects/vtiger.md,
"Adding operations".
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ImproperlyConfigured

from contacts.access import find_user

if TYPE_CHECKING:
    from api.base.requests import DialectRequest
    from contacts.access import Actor
    from contacts.models import Credential, User

TYPES = frozenset({"string", "encoded", "datetime"})
METHODS = frozenset({"GET", "POST"})


@dataclass(frozen=True)
class Param:
    """One parameter: its name on the wire, its type, and the keyword under which it is passed."""

    name: str
    type: str
    keyword: str


@dataclass(frozen=True)
class Context:
    """Who calls an operation, through which session, with which request.

    ``user`` is the Django user of the actor. Before sign-in nobody acts, and there is no session.
    """

    request: "DialectRequest"
    actor: "Actor"
    find_session: "Callable[[DialectRequest], Credential | None]"

    @property
    def session(self) -> "Credential | None":
        """Return the session that the request names."""
        return self.find_session(self.request)

    @property
    def user(self) -> "User | None":
        """Return the user for whom the operation runs."""
        return find_user(self.actor.username)


# Operations take any parameters and return anything that can be written as JSON.
Function = Callable[..., Any]
Permission = str | Callable[[Context], bool] | None
F = TypeVar("F", bound=Function)


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation as it was declared."""

    name: str
    method: str
    function: Function
    params: tuple[Param, ...] = ()
    is_prelogin: bool = False
    permission: Permission = None

    def is_same(self, other: "Operation") -> bool:
        """Tell whether another declaration is this one, read a second time."""
        place = (self.function.__module__, self.function.__qualname__)
        return place == (other.function.__module__, other.function.__qualname__)


_operations: dict[str, Operation] = {}


def vtiger_operation(  # one keyword for each thing that can be declared
    name: str,
    *,
    method: str = "GET",
    params: Sequence[tuple[str, ...]] = (),
    prelogin: bool = False,
    permission: Permission = None,
    replace: bool = False,
) -> Callable[[F], F]:
    """Declare a function as an operation.

    ``params`` are pairs of name and type (``string``, ``encoded`` for JSON, ``datetime``); a third
    item is the keyword under which the function takes the parameter. GET operations get them from
    the query string, POST operations from the body. ``permission`` is the name of a Django
    permission or a function of the context. Raises ImproperlyConfigured for what cannot be
    declared, and for a name that another function has unless it is to ``replace`` that one.
    """

    def declare(function: F) -> F:
        operation = Operation(
            name=name,
            method=method.upper(),
            function=function,
            params=tuple(_param(name, *each) for each in params),
            is_prelogin=prelogin,
            permission=permission,
        )
        if operation.method not in METHODS:
            raise ImproperlyConfigured(f"{name}: {method} is neither GET nor POST")
        register(operation, replace=replace)
        return function

    return declare


def register(operation: Operation, *, replace: bool = False) -> None:
    """Add an operation; the same one again does no harm."""
    key = operation.name.lower()
    present = _operations.get(key)
    if present is not None and not replace and not present.is_same(operation):
        raise ImproperlyConfigured(f"there is an operation {operation.name} already")
    _operations[key] = operation


def unregister(name: str) -> None:
    """Take an operation out again."""
    _operations.pop(name.lower(), None)


def find_operation(name: str) -> Operation | None:
    """Return the operation of a name whatever its case, or None."""
    return _operations.get(name.strip().lower())


def iter_operations() -> Iterator[Operation]:
    """Yield all operations in the order in which they were declared."""
    yield from _operations.values()


def _param(operation: str, name: str, type_name: str, keyword: str = "") -> Param:
    if type_name.lower() not in TYPES:
        raise ImproperlyConfigured(f"{operation}: {name} has the unknown type {type_name}")
    return Param(name, type_name.lower(), keyword or name)
