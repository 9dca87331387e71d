"""Run calls of version 4: find entity and action, chain, index, wrap."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError, translated
from api.civicrm.grammar.names import camel, entity_key
from api.civicrm.permissions import require
from api.civicrm.registry import entity_named
from api.civicrm.v4 import access, computing, describing, writing
from contacts.access import Actor
from contacts.errors import AuthenticationError, DomainError, ThrottledError, UnavailableError
from contacts.services.records import together

Params = Mapping[str, Any]  # JSON
Result = Any  # JSON

MAX_DEPTH = 10
_NOT_OURS = (AuthenticationError, ThrottledError, UnavailableError)
# Names under which some contacts are entities of their own.
KINDS = {"individual": "Individual", "organization": "Organization", "household": "Household"}
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
    "checkAccess": Action(access.check, frozenset({"action", "values"}), is_reading=True),
    "getActions": Action(
        lambda entity, params, actor: describing.rows_of_actions(list(ACTIONS), params, actor),
        frozenset({"select", "where", "limit", "offset"}),
        is_reading=True,
    ),
    "getFields": Action(
        describing.get_fields,
        frozenset({"select", "where", "limit", "offset", "loadOptions", "action", "values"}),
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
        writing.replace,
        frozenset({"where", "records", "defaults", "match", "reload", "useTrash"}),
    ),
}


@dataclass(slots=True)
class Answer:
    """The records of a call with what else stands around them."""

    entity: str
    action: str
    values: Result
    matched: int | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Return the answer of a call that went well."""
        count = len(self.values) if isinstance(self.values, list | dict) else 1
        document: dict[str, Any] = {
            "values": self.values,
            "entity": self.entity,
            "action": self.action,
            "debug": None,
            "version": 4,
            "count": count,
            "countFetched": count,
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
        with nullcontext() if chosen.is_reading and not given.get("chain") else together():
            return _ran(found, (entity, name), chosen, given, actor, index, depth)
    except _NOT_OURS:
        raise
    except DomainError as error:
        raise translated(error, partial(found.wire_name, actor), found.name) from error


def is_reading(action: str, params: Params) -> bool:
    """Say whether a call, with all that is chained to it, may come by GET."""
    chain = params.get("chain")
    calls = chain.values() if isinstance(chain, Mapping) else ()
    return action.lower().startswith("get") and all(map(_reads, calls))


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
    matched = None
    if names[1] == "get":
        found = computing.get(entity, params, actor)
        records, matched = found.records, found.matched
    else:
        if action.is_reading:
            require(actor, entity.name, names[1], entity.permissions.meta)
        records = action.run(entity, params, actor)
    _chain(records, params.get("chain"), actor, depth)
    return Answer(names[0], names[1], indexed(records, index), matched)


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
    name = next((each for each in ACTIONS if each.lower() == action.lower()), None)
    if name is None:
        message = f"Api {found.name} {action} version 4 does not exist."
        raise CiviApiError(message, "not-found")
    return found, name, ACTIONS[name], _of_kind(name, params, kind)


def _of_kind(action: str, params: Params, kind: str | None) -> Params:
    """Return the parameters narrowed to the contacts of one type."""
    if kind is None:
        return params
    if action == "create":
        return {**params, "values": {**(params.get("values") or {}), "contact_type": kind}}
    if action == "save":
        return {**params, "defaults": {**(params.get("defaults") or {}), "contact_type": kind}}
    if action in ("getFields", "getActions") or (action != "get" and not params.get("where")):
        return params
    return {**params, "where": [*(params.get("where") or []), ["contact_type", "=", kind]]}


def _require_known(action: Action, params: Params) -> None:
    for name in params:
        if name not in action.params and name not in _COMMON:
            raise CiviApiError(f"Unknown api parameter: set{name[:1].upper()}{name[1:100]}", 0)


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
            answer = civi_api4(
                str(call[0]), str(call[1]), params, actor, index=index, depth=depth + 1
            )
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
        return {str(record.get(index)): record for record in records}
    if isinstance(index, list) and index and isinstance(index[0], str):
        return [record.get(index[0]) for record in records]
    if isinstance(index, Mapping) and index:
        key, value = next(iter(index.items()))
        return {str(record.get(key)): record.get(value) for record in records}
    return list(records)
