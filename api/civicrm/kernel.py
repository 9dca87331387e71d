"""Run calls: the one function behind every way to reach this API.

``civi_api`` answers, also when it fails; ``civicrm_api3`` raises, as callers in the same process
expect. A call that changes anything is one transaction with everything that is chained to it.
"""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from traceback import walk_tb
from typing import Any

from api.civicrm.calls import Call, Operation, Records, Result, wrapped
from api.civicrm.chaining import spend
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError, translated
from api.civicrm.grammar.chains import MAX_DEPTH, Chained, chains_of, filled
from api.civicrm.grammar.names import camel, plain
from api.civicrm.grammar.options import is_yes
from api.civicrm.operations import operations_of
from api.civicrm.permissions import require
from api.civicrm.preparing import prepared, undefined_in
from api.civicrm.registry import entity_named
from contacts.access import Actor, system_actor
from contacts.errors import (
    AuthenticationError,
    DomainError,
    StaleError,
    ThrottledError,
    TooComplexError,
    UnavailableError,
)
from contacts.services.records import together

Params = Mapping[str, Any]  # JSON

# More than all fields of any entity; each is looked for among them.
MOST_PARAMS = 2_000
# What the kernel has no words for: the way by which the call came does.
_NOT_OURS = (AuthenticationError, StaleError, ThrottledError, UnavailableError)
# Actions whose failure in a chain is told in the record and fails nothing else.
_TELLING = frozenset({"getsingle", "getvalue"})


def civi_api(entity: object, action: object, params: Params | None, actor: Actor) -> Result:
    """Run a call as an actor and return its answer, a failure being an answer too."""
    try:
        return run(entity, action, params or {}, actor)
    except CiviApiError as error:
        answer: dict[str, Any] = failure(error, entity, action)
        if actor.is_administrator and is_yes((params or {}).get("debug")):
            answer["trace"] = _trace(error)
        return answer


def _trace(error: Exception) -> str:
    """Return where a failure came from, the innermost first; names alone, no values and paths."""
    frames = reversed([*walk_tb(error.__traceback__)])
    return "\n".join(
        f"#{place} {frame.f_globals.get('__name__')}({line}): {frame.f_code.co_name}()"
        for place, (frame, line) in enumerate(frames)
    )


def civicrm_api3(
    entity: str,
    action: str,
    params: Params | None = None,
    *,
    actor: Actor | None = None,
    **more: Any,  # JSON
) -> Result:
    """Run a call in the same process and return its answer; raises CiviApiError.

    Parameters come as a map, as keywords, or both. Permissions are not checked unless the parameter
    ``check_permissions`` is 1: then an ``actor`` has to be there. The ``extra`` of an error is the
    whole answer that a caller over the wire would get.
    """
    given = {**(params or {}), **more}
    trusted = system_actor("civicrm") if actor is None else replace(actor, is_administrator=True)
    checked = is_yes(given.get("check_permissions"))
    if checked and actor is None:
        raise CiviApiError("check_permissions needs somebody whose permissions can be checked", 0)
    try:
        return run(entity, action, given, actor if checked and actor is not None else trusted)
    except CiviApiError as error:
        error.extra = failure(error, entity, action)
        raise


def failure(error: CiviApiError, entity: object, action: object) -> Result:
    """Return the answer of a call that failed, under the names that it resolved to."""
    found = entity_named(entity)
    return error.document(found.name if found else camel(entity), plain(action).lower())


def run(entity: object, action: object, params: Params, actor: Actor, *, depth: int = 0) -> Result:
    """Run a call and return its answer; raises CiviApiError.

    A call that only asks whether it went well (``format.is_success``) is told 0 instead.
    """
    try:
        return _run(entity, action, params, actor, depth)
    except CiviApiError:
        if depth == 0 and _wants(params, "is_success"):
            return 0
        raise


def _run(entity: object, action: object, params: Params, actor: Actor, depth: int) -> Result:
    found, operation, name = _resolved(entity, action)
    _authorize(actor, found, name, operation, params)
    changes = depth == 0 and not _only_reads(operation, params, name)
    try:
        if len(params) > MOST_PARAMS:
            raise TooComplexError("parameters", MOST_PARAMS)
        with together() if changes else nullcontext():
            call = prepared(found, name, params, actor, depth=depth)
            return _finished(call, operation, operation.run(call))
    except _NOT_OURS:
        raise
    except DomainError as error:
        raise translated(error, partial(found.wire_name, actor), found.name) from error


def _resolved(entity: object, action: object) -> tuple[Entity, Operation, str]:
    found, name = entity_named(entity), plain(action).lower()
    operation = operations_of(found).get(name) if found else None
    if found is None or operation is None:
        written = found.name if found else camel(entity)
        message = f"API ({written}, {name}) does not exist (join the API team and implement it!)"
        raise CiviApiError(message, "not-found")
    return found, operation, name


def _authorize(
    actor: Actor, entity: Entity, name: str, operation: Operation, params: Params
) -> None:
    permissions = entity.permissions
    # To create with an id is to update: a matter of the record's own rights (section 10).
    asked = "update" if name == "create" and params.get("id") else name
    if asked in permissions.actions:
        needed = permissions.actions[asked]
    elif name in permissions.actions:
        needed = permissions.actions[name]
    elif operation.is_meta:
        needed = permissions.meta
    else:
        needed = permissions.get if operation.is_reading else permissions.other
    require(actor, entity.name, name, needed)


def _only_reads(operation: Operation, params: Params, action: str) -> bool:
    chained = (each.action.lower() for each in chains_of(params, action))
    return operation.is_reading and all(name.startswith("get") for name in chained)


def _finished(call: Call, operation: Operation, result: Result) -> Result:
    if not isinstance(result, Records):
        return result
    _chain(call, operation, result)
    if _wants(call.params, "only_id"):
        return next((int(key) for key in result.values if key.isdecimal()), 0)
    if _wants(call.params, "is_success"):
        return 1
    if operation.finish is not None:
        return operation.finish(call, result)
    answer = wrapped(result, sequential=call.options.sequential)
    if call.action == "get" and call.depth == 0 and is_yes(call.params.get("debug")):
        answer |= {"undefined_fields": undefined_in(call), "xdebug": []}
    return answer


def _wants(params: Params, shape: str) -> bool:
    return is_yes(params.get(f"format.{shape}", params.get(f"format_{shape}")))


def _chain(call: Call, operation: Operation, records: Records) -> None:
    """Make the chained calls for each record, in the order in which they are asked for."""
    if operation.is_meta:
        return
    for chained in chains_of(call.params, call.action):
        for record in records.values.values():
            if isinstance(record, dict):
                record[chained.key] = _chained(call, chained, record)


def _chained(call: Call, chained: Chained, record: Mapping[str, Any]) -> Result:
    results = [_called(call, chained, params, record) for params in chained.params]
    return results if chained.is_list else results[0]


def _called(call: Call, chained: Chained, params: Params, record: Mapping[str, Any]) -> Result:
    if call.depth >= MAX_DEPTH:
        raise CiviApiError("Too many calls are chained to each other", 0)
    given = filled(params, record)
    ready = {"sequential": 1, **_passed_down(call, chained, given, record), **given}
    target, action = entity_named(chained.entity), chained.action.lower()
    spend(1)
    try:
        result = run(chained.entity, action, ready, call.actor, depth=call.depth + 1)
    except CiviApiError as error:
        if action in _TELLING:
            return failure(error, chained.entity, action)
        written = target.name if target else camel(chained.entity)
        message = f"Error in call to {written}_{action} : {error.message}"
        extra = {key: value for key, value in error.extra.items() if key not in _OUTER}
        raise CiviApiError(message, error.error_code or 0, **extra) from error
    values = result.get("values") if isinstance(result, Mapping) else None
    spend(len(values) if isinstance(values, list | Mapping) else 0)
    return result


# Told of the outer call, or once, and not again of the one that failed.
_OUTER = frozenset({"entity", "action", "error_code"})


def _passed_down(
    call: Call, chained: Chained, given: Params, record: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the parameters that a chained call gets from the record it is chained to."""
    target = entity_named(chained.entity)
    record_id = record.get("id", "")
    passed: dict[str, Any] = {
        "entity_id": record_id,
        "entity_table": f"civicrm_{call.entity.snake}",
        f"{call.entity.snake}_id": record_id,
    }
    if target is None:
        return passed
    if target.name == call.entity.name:
        passed["id"] = record_id
    elif call.entity.name != "Contact" and record.get(f"{target.snake}_id"):
        passed["id"] = record[f"{target.snake}_id"]
    for name in target.not_passed:
        # A note's contact is its author, not the one it is about (section 13).
        passed.pop(name, None)
    if {"contact_id_a", "contact_id_b"} & given.keys():
        passed.pop("contact_id", None)
    return passed
