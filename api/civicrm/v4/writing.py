"""Change records: create, update, save, delete, replace; each record through the kernel."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError, bad_reference
from api.civicrm.grammar.options import is_yes
from api.civicrm.kernel import run
from api.civicrm.registry import entity_named
from api.civicrm.v4.naming import PRIMARY, Naming
from api.civicrm.v4.reading import get, ids_of
from api.civicrm.v4.values import untyped
from contacts.access import Actor

Params = Mapping[str, Any]  # JSON
Values = dict[str, Any]  # JSON


def create(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Make a record of ``values``."""
    return [_stored(entity, _map(params, "values"), actor)]


def update(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Change every record that matches ``where``, or the one that ``values`` names."""
    values = _map(params, "values")
    if params.get("where"):
        values.pop("id", None)
        ids = ids_of(entity, params["where"], actor, page=params)
    elif values.get("id"):
        ids = ids_of(entity, [["id", "=", values.pop("id")]], actor)
    else:
        raise required("where")
    for record_id in ids:
        _write(entity, {**values, "id": record_id}, actor)
    if not is_yes(params.get("reload")):
        return [{**values, "id": record_id} for record_id in ids]
    return _read(entity, ids, actor)


def save(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Make or change each of ``records``: those with an id, or that match, are changed."""
    defaults = _map(params, "defaults", needed=False)
    match = params.get("match") or []
    found: list[Record] = []
    for record in _maps(params, "records"):
        values = {**defaults, **record}
        record_id = values.get("id") or _matching(entity, values, match, actor)
        if record_id:
            values["id"] = record_id
        found.append(_stored(entity, values, actor))
    return found


def delete(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Delete every record that matches; contacts go to the trash unless told otherwise."""
    if not params.get("where"):
        raise required("where")
    ids = ids_of(entity, params["where"], actor, page=params)
    _remove(entity, ids, params, actor)
    return [{"id": record_id} for record_id in ids]


def replace(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Make the records that match ``where`` exactly those of ``records``.

    What ``where`` says with ``=`` is also said of the records that are made.
    """
    where = params.get("where")
    if not where:
        raise required("where")
    present = ids_of(entity, where, actor)
    implied = {each[0]: each[2] for each in where if len(each) == 3 and each[1] == "="}
    defaults = {**implied, **_map(params, "defaults", needed=False)}
    kept = save(entity, {**params, "defaults": defaults}, actor)
    listed = {record["id"] for record in kept}
    _remove(entity, [pk for pk in present if pk not in listed], params, actor)
    return kept


def _remove(entity: Entity, ids: Sequence[int], params: Params, actor: Actor) -> None:
    more = {} if is_yes(params.get("useTrash", True)) else {"skip_undelete": 1}
    for record_id in ids:
        run(entity.name, "delete", {"id": record_id, **more}, actor, depth=1)


def required(name: str) -> CiviApiError:
    """Return the error for a parameter that has to be there."""
    return CiviApiError(f'Parameter "{name}" is required.', 0)


def _stored(entity: Entity, values: Values, actor: Actor) -> Record:
    (record,) = _read(entity, [_write(entity, values, actor)], actor)
    return record


def _read(entity: Entity, ids: Sequence[int], actor: Actor) -> list[Record]:
    where = [["id", "IN", list(ids)]]
    return get(entity, {"where": where, "select": ["*", "custom.*"]}, actor).records if ids else []


def _write(entity: Entity, values: Values, actor: Actor) -> int:
    """Store a record and return its id; what hangs on a contact is stored after it."""
    naming = Naming(entity, actor)
    own: Values = {}
    primary: dict[str, Values] = {}
    for asked, value in values.items():
        # A name that is no field says nothing, as in the original.
        head = asked.partition(":")[0]
        if not naming.has(head) and head.partition(".")[0] not in (*naming.fields, *PRIMARY):
            continue
        named = naming.named(asked)
        if named.primary:
            primary.setdefault(named.primary, {})[named.name] = untyped(value)
        elif "." in named.name:
            head, value = _referred(naming, named.name, value)
            own[head] = value
        else:
            own[named.name] = untyped(value)
    if entity.name == "Contact" and not own.get("id"):
        own.setdefault("contact_type", "Individual")
    made = run(entity.name, "create", own, actor, depth=1)
    record_id = int(own.get("id") or made.get("id") or _found_again(entity, own, actor))
    for name, given in primary.items():
        _write_primary(name, record_id, given, actor)
    return record_id


def _referred(naming: Naming, name: str, value: object) -> tuple[str, int]:
    """Return a reference with the id of the record that a field of it names.

    ``custom_group_id.name`` says a group by its name. Raises CiviApiError for no such record.
    """
    head, _dot, rest = name.partition(".")
    target = entity_named(naming.fields[head].target)
    found = ids_of(target, [[rest, "=", value]], naming.actor) if target else []
    if not found:
        raise bad_reference(name, value)
    return head, found[0]


def _found_again(entity: Entity, values: Values, actor: Actor) -> int:
    """Return the id of a record whose entity tells none: what it ties is tied once."""
    tied = [each for each in entity.fields(actor) if each.is_required]
    where = [
        [each.name, "=", next((values[name] for name in each.names if values.get(name)), 0)]
        for each in tied
    ]
    if any(each.name == "status" for each in entity.fields(actor)):
        where.append(["status", "IS NOT NULL"])
    found = ids_of(entity, where, actor)
    if not found:
        raise CiviApiError(f"{entity.name} could not be created", 0)
    return found[-1]


def _write_primary(name: str, contact_id: int, values: Values, actor: Actor) -> None:
    ask = {"contact_id": contact_id, "is_primary": 1, "return": "id", "sequential": 1}
    present = run(name, "get", ask, actor, depth=1)["values"]
    place = {"id": present[0]["id"]} if present else {"contact_id": contact_id, "is_primary": 1}
    run(name, "create", {**place, **values}, actor, depth=1)


def _matching(entity: Entity, values: Values, match: Sequence[str], actor: Actor) -> int | None:
    if not isinstance(match, list) or not match or any(name not in values for name in match):
        return None
    found = ids_of(entity, [[name, "=", values[name]] for name in match], actor)
    return found[0] if len(found) == 1 else None


def _map(params: Params, name: str, *, needed: bool = True) -> Values:
    found = params.get(name)
    if isinstance(found, Mapping):
        return dict(found)
    if found or needed:
        raise required(name)
    return {}


def _maps(params: Params, name: str) -> list[Values]:
    found = params.get(name)
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise required(name)
    return [dict(each) for each in found]
