"""Run calls of version 4: find entity and action, chain, index, wrap."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.chaining import spend
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError, translated
from api.civicrm.grammar.names import camel, entity_key
from api.civicrm.operations import operations_of
from api.civicrm.permissions import require
from api.civicrm.registry import entity_named
from api.civicrm.v4 import access, completing, computing, describing, instance, listing, writing
from api.civicrm.v4.narrowing import of_type
from api.civicrm.v4.reading import whole
from contacts.access import Actor
from contacts.errors import (
    AuthenticationError,
    DomainError,
    StaleError,
    ThrottledError,
    UnavailableError,
)
from contacts.services.records import together

Params = Mapping[str, Any]  # JSON
Result = Any  # JSON

MAX_DEPTH = 10
_NOT_OURS = (AuthenticationError, StaleError, ThrottledError, UnavailableError)
KINDS = {kind.lower(): kind for kind in listing.KINDS}
# Parameters that every action takes.
_COMMON = frozenset({"checkPermissions", "chain", "debug", "language", "version"})
_GET = frozenset({"select", "where", "orderBy", "limit", "offset", "join", "groupBy", "having"})


@dataclass(frozen=True, slots=True)
class Action:
    """An action: what it does, and which parameters it takes besides the common ones."""

    run: Callable[[Entity, Params, Actor], list[Record]]
    params: frozenset[str]
    is_reading: bool = False


ACTIONS: Mapping[str, Action] = {
    "get": Action(lambda *given: computing.get(*given).records, _GET, is_reading=True),
    "autocomplete": Action(completing.autocomplete, completing.PARAMS, is_reading=True),
    "checkAccess": Action(access.check, frozenset({"action", "values"}), is_reading=True),
    "getActions": Action(
        lambda entity, params, actor: describing.selected(_rows_of(entity), params, actor),
        frozenset({"select", "where", "orderBy", "limit", "offset"}),
        is_reading=True,
    ),
    "getFields": Action(
        describing.get_fields,
        frozenset(
            {"select", "where", "orderBy", "limit", "offset", "loadOptions", "action", "values"}
        ),
        is_reading=True,
    ),
    "create": Action(writing.create, frozenset({"values"})),
    "update": Action(
        writing.update,
        frozenset({"values", "where", "reload", "limit", "offset", "orderBy"}),
    ),
    "save": Action(writing.save, frozenset({"records", "defaults", "match", "reload"})),
    "delete": Action(
        writing.delete, frozenset({"where", "useTrash", "limit", "offset", "orderBy"})
    ),
    "replace": Action(
        lambda *given: writing.replace(*given)[0],
        frozenset({"where", "records", "defaults", "match", "reload", "useTrash"}),
    ),
}


# What entities without a table do in a manner of their own, and what they lack for that.
OWN: Mapping[str, Mapping[str, Action]] = {
    "Entity": {
        "get": Action(
            lambda entity, params, actor: describing.selected(listing.entity_rows(), params, actor),
            _GET,
            is_reading=True,
        )
    },
    "Setting": {
        "get": Action(instance.settings, frozenset({"select", "domainId"}), is_reading=True)
    },
    "System": {
        "check": Action(instance.check, _GET | {"includeDisabled"}, is_reading=True),
        "flush": Action(instance.flush, frozenset({"triggers", "session"})),
    },
}
_WITHOUT: Mapping[str, frozenset[str]] = {
    "Setting": frozenset({"autocomplete"}),
    "System": frozenset({"autocomplete", "get"}),
}
# What an entity lacks in version 4 where version 3 has no such action.
_RESTING_ON: Mapping[str, frozenset[str]] = {
    "create": frozenset({"create", "save", "update", "replace"}),
    "delete": frozenset({"delete", "replace"}),
}


def actions_of(entity: Entity) -> Mapping[str, Action]:
    """Return the actions of an entity by name."""
    known = operations_of(entity)
    lacking = {each for name, all_of in _RESTING_ON.items() if name not in known for each in all_of}
    lacking |= _WITHOUT.get(entity.name, frozenset())
    found = {name: action for name, action in ACTIONS.items() if name not in lacking}
    return {**found, **OWN.get(entity.name, {})}


def _rows_of(entity: Entity) -> list[Record]:
    """Return what ``getActions`` tells of each."""
    return [
        {
            "name": name,
            "params": {each: {"type": [*_TYPES.get(each, ())]} for each in sorted(action.params)},
        }
        for name, action in actions_of(entity).items()
    ]


@dataclass(slots=True)
class Answer:
    """The records of a call with what else stands around them."""

    entity: str
    action: str
    values: Result
    fetched: int = 0
    count: int = 0
    matched: int | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Return the answer of a call that went well."""
        document: dict[str, Any] = {
            "values": self.values,
            "entity": self.entity,
            "action": self.action,
            "debug": None,
            "version": 4,
            **self.more,
            "count": self.count,
            "countFetched": self.fetched,
        }
        if self.matched is not None:
            document |= {"count": self.matched, "countMatched": self.matched}
        return document


def civi_api4(
    entity: str, action: str, params: Params, actor: Actor, *, index: object = None, depth: int = 0
) -> Answer:
    """Run a call and return its answer; raises CiviApiError. All of it is one transaction."""
    found, name, chosen, given = _resolved(entity, action, params)
    _require_known(chosen, given)
    try:
        with nullcontext() if chosen.is_reading and _only_reads(given) else together():
            return _ran(found, (entity, name), chosen, given, actor, index, depth)
    except _NOT_OURS:
        raise
    except DomainError as error:
        raise translated(error, partial(found.wire_name, actor), found.name) from error


def is_reading(action: str, params: Params) -> bool:
    """Say whether a call, with all that is chained to it, may come by GET."""
    return action.lower().startswith("get") and _only_reads(params)


def _only_reads(params: Params) -> bool:
    chain = params.get("chain")
    return all(map(_reads, chain.values())) if isinstance(chain, Mapping) else True


def _reads(call: object) -> bool:
    if not isinstance(call, list) or len(call) < 2:
        return True
    params = call[2] if len(call) > 2 and isinstance(call[2], Mapping) else {}
    return is_reading(str(call[1]), params)


def _ran(  # noqa: PLR0913 -- what a call consists of
    entity: Entity,
    names: tuple[str, str],
    action: Action,
    params: Params,
    actor: Actor,
    index: object,
    depth: int,
) -> Answer:
    more, matched = {}, None
    if names[1] in OWN.get(entity.name, ()):
        records = action.run(entity, params, actor)
    elif names[1] == "get":
        found = computing.get(entity, params, actor)
        records, matched = found.records, found.matched
    elif names[1] == "replace":
        records, more["deleted"] = writing.replace(entity, params, actor)
    else:
        if action.is_reading:
            require(actor, entity.name, names[1], entity.permissions.meta)
        records = action.run(entity, params, actor)
    _chain(records, params.get("chain"), actor, depth)
    count = _counted(len(records), params) if names[1] == "get" else len(records)
    return Answer(*names, indexed(records, index), len(records), count, matched, more)


def _counted(fetched: int, params: Params) -> int:
    """Return how many match, as far as a page tells: its end is the end where it is not full."""
    limit, offset = (whole(params.get(name), name) for name in ("limit", "offset"))
    return fetched + offset if not limit or fetched < limit else fetched


def _resolved(entity: str, action: str, params: Params) -> tuple[Entity, str, Action, Params]:
    key = entity_key(entity)
    kind = KINDS.get(key)
    found = entity_named("Contact" if kind else entity)
    if found is None:
        message = (
            f"API ({camel(entity)}, {action}) does not exist "
            "(or the extension it belongs to is not enabled)."
        )
        raise CiviApiError(message, "not-found")
    actions = actions_of(found)
    name = next((each for each in actions if each.lower() == action.lower()), None)
    if name is None:
        message = f"Api {found.name} {action} version 4 does not exist."
        raise CiviApiError(message, "not-found")
    if name == "get":
        found = of_type(found, kind)
    return found, name, actions[name], _of_kind(name, params, kind)


def _of_kind(action: str, params: Params, kind: str | None) -> Params:
    """Return the parameters narrowed to the contacts of one type."""
    if kind is None:
        return params
    if action == "create":
        return {**params, "values": {**_map_in(params, "values"), "contact_type": kind}}
    if action == "save":
        return {**params, "defaults": {**_map_in(params, "defaults"), "contact_type": kind}}
    if action == "getFields":
        return {**params, "values": {**_map_in(params, "values"), "contact_type": kind}}
    if action == "getActions" or (action != "get" and not params.get("where")):
        return params
    return {**params, "where": [*(params.get("where") or []), ["contact_type", "=", kind]]}


def _map_in(params: Params, name: str) -> Params:
    given = params.get(name)
    return given if isinstance(given, Mapping) else {}


def _require_known(action: Action, params: Params) -> None:
    for name, value in params.items():
        if name not in action.params and name not in _COMMON:
            raise CiviApiError(f"Unknown api parameter: set{name[:1].upper()}{name[1:100]}", 0)
        words = _TYPES.get(name, ())
        if words and value is not None and not any(_IS[word](value) for word in words):
            message = (
                f'Parameter "{name}" is not of the correct type. Expecting {" or ".join(words)}.'
            )
            raise CiviApiError(message, 0)


# A list and a map are one type there.
_IS: Mapping[str, Callable[[object], bool]] = {
    "array": lambda value: isinstance(value, list | Mapping) or value == "",
    "bool": lambda value: isinstance(value, bool) or value in (0, 1, "0", "1"),
    "int": lambda value: not isinstance(value, bool) and str(value).removeprefix("-").isdecimal(),
}
_TYPES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("checkPermissions", "debug", "useTrash"), ("bool",)),
    **dict.fromkeys(("limit", "offset"), ("int",)),
    **dict.fromkeys(("loadOptions", "reload"), ("bool", "array")),
    **dict.fromkeys(
        ("select", "where", "orderBy", "having", "groupBy", "join", "chain"), ("array",)
    ),
    **dict.fromkeys(("values", "records", "defaults", "match"), ("array",)),
}


def _chain(records: Sequence[Record], chain: object, actor: Actor, depth: int) -> None:
    """Make the chained calls for each record; ``$name`` stands for a field of it."""
    if not chain:
        return
    if not isinstance(chain, Mapping) or depth >= MAX_DEPTH:
        raise CiviApiError('Parameter "chain" must be a map of calls, nested at most ten deep.', 0)
    for record in records:
        row = dict(record)
        for name, call in chain.items():
            if not isinstance(call, list) or len(call) < 2:
                raise CiviApiError("A chained call is a list of entity, action and params.", 0)
            params = _filled(call[2] if len(call) > 2 else {}, {**row, **record})
            index = call[3] if len(call) > 3 else None
            spend(1)
            answer = civi_api4(
                str(call[0]), str(call[1]), params, actor, index=index, depth=depth + 1
            )
            spend(answer.fetched)
            record[str(name)] = answer.values


def _filled(value: Any, record: Record) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(value, str) and value.startswith("$"):
        return _walked(value[1:], record)
    if isinstance(value, list):
        return [_filled(item, record) for item in value]
    if isinstance(value, Mapping):
        return {key: _filled(item, record) for key, item in value.items()}
    return value


def _walked(path: str, record: Record) -> Any:  # noqa: ANN401 -- JSON
    if path in record:
        return record[path]
    found: Any = record
    for part in path.split("."):
        if isinstance(found, list) and part.isdecimal() and int(part) < len(found):
            found = found[int(part)]
        elif isinstance(found, Mapping) and part in found:
            found = found[part]
        else:
            return f"${path}"
    return found


def indexed(records: Sequence[Record], index: object) -> Result:
    """Return records keyed by a field, or the one at a place; as they are without an index."""
    if isinstance(index, str) and index.lstrip("-").isdecimal():
        index = int(index)
    if isinstance(index, int) and not isinstance(index, bool):
        if -len(records) <= index < len(records):
            return records[index]
        raise CiviApiError(f"Index {index} not found in api results", 0)
    if isinstance(index, str) and index:
        found = {str(record[index]): record for record in records if record.get(index) is not None}
        if records and not found:
            raise CiviApiError(f"Key {index} not found in api results", 0)
        # PHP writes a map of nothing as a list.
        return found or []
    if isinstance(index, list) and index and isinstance(index[0], str):
        return [record.get(index[0]) for record in records]
    if isinstance(index, Mapping) and index:
        key, value = next(iter(index.items()))
        return {str(record.get(key)): record.get(value) for record in records}
    return list(records)
