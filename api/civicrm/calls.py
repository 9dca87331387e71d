"""What travels through the kernel: a call, and the records that answer it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import Options, Order
from api.civicrm.grammar.trees import Tree
from contacts.access import Actor

if TYPE_CHECKING:
    from api.civicrm.entity import Entity

# JSON of any shape: a record, a wrapper, a number, a text.
Record = dict[str, Any]
Result = Any
Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call that is resolved: its entity is known, its contact ids are numbers."""

    entity: "Entity"
    action: str
    params: Params
    actor: Actor
    options: Options
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a source is asked for; ``returned`` is None for the default fields.

    ``where`` are further conditions, nested. ``of_any_stage`` lets in leads, which lists leave out.
    """

    filters: Sequence[Filter] = ()
    groups: Sequence[Sequence[str]] = ()
    sort: Sequence[Order] = ()
    offset: int = 0
    limit: int = 25
    returned: Sequence[str] | None = None
    # Every column, empty ones too: what `create` answers.
    is_complete: bool = False
    where: Tree | None = None
    of_any_stage: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """Records by their key, with what else stands at the top of the answer."""

    values: Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)


Run = Callable[[Call], Result]
Finish = Callable[[Call, Records], Result]


@dataclass(frozen=True, slots=True)
class Operation:
    """One action of an entity.

    ``run`` returns records, to which calls may be chained, or any other result. ``finish`` makes
    the answer of the records where it is no wrapper.
    """

    run: Run
    finish: Finish | None = None
    is_reading: bool = False
    is_meta: bool = False


def success(values: object, count: int = 1) -> Result:
    """Return the wrapper around values that are no records; ``id`` is the key of a single one."""
    answer: dict[str, Any] = {"is_error": 0, "version": 3, "count": count}
    if isinstance(values, list | dict) and len(values) == 1:
        answer["id"] = _id_of(next(iter(values))) if isinstance(values, dict) else 0
    return {**answer, "values": values}


def _id_of(key: str) -> int | str:
    return int(key) if key.isdecimal() else key


def wrapped(records: Records, *, sequential: bool) -> Result:
    """Return the wrapper around records: a map by key or, sequential, a list."""
    values = records.values
    answer: dict[str, Any] = {"is_error": 0, "version": 3, "count": len(values)}
    if len(values) == 1:
        (key,) = values
        answer["id"] = _id_of(key)
    # PHP writes an empty map as a list.
    answer["values"] = list(values.values()) if sequential or not values else dict(values)
    return {**answer, **records.extra}
