"""Change records: create, update, save, delete, replace; each record through the kernel."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.chaining import MOST
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError, bad_reference
from api.civicrm.grammar.options import is_yes
from api.civicrm.kernel import run
from api.civicrm.registry import entity_named
from api.civicrm.v4 import choices
from api.civicrm.v4.naming import PLACES, Naming, Place
from api.civicrm.v4.reading import get, ids_of
from api.civicrm.v4.values import untyped
from contacts.access import Actor

Params = Mapping[str, Any]  # JSON
Values = dict[str, Any]  # JSON


def create(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Make a record of ``values``."""
    values = _map(params, "values")
    if values.get("id"):
        raise CiviApiError("Cannot pass id to Create action. Use Update action instead.", 0)
    return [_stored(entity, "create", values, actor)]


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
    reload = params.get("reload")
    if not (is_yes(reload) or isinstance(reload, list)):
        return [{**values, "id": record_id} for record_id in ids]
    return _read(entity, ids, actor, reload)


def save(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Make or change each of ``records``: those with an id, or that match, are changed."""
    defaults = _map(params, "defaults", needed=False)
    match = params.get("match") or []
    found: list[Record] = []
    records = _maps(params, "records")
    if len(records) > MOST:
        # They are one transaction, and whoever else writes waits for it.
        raise CiviApiError(f"More than {MOST} records at once: save them in several calls", 0)
    for record in records:
        values = {**defaults, **record}
        record_id = values.get("id") or _matching(entity, values, match, actor)
        if record_id:
            values["id"] = record_id
        found.append(_stored(entity, "save", values, actor, params.get("reload")))
    return found


def delete(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Delete every record that matches; contacts go to the trash unless told otherwise."""
    if not params.get("where"):
        raise required("where")
    ids = ids_of(entity, params["where"], actor, page=params)
    _remove(entity, ids, params, actor)
    return [{"id": record_id} for record_id in ids]


def replace(entity: Entity, params: Params, actor: Actor) -> tuple[list[Record], list[Record]]:
    """Make the records that match ``where`` exactly those of ``records``.

    What ``where`` says with ``=`` is also said of the records that are made. Returns those that
    are there now, and the ids of those that went.
    """
    where = params.get("where")
    if not where:
        raise required("where")
    present = ids_of(entity, where, actor)
    implied = {each[0]: each[2] for each in where if len(each) == 3 and each[1] == "="}
    defaults = {**implied, **_map(params, "defaults", needed=False)}
    kept = save(entity, {**params, "defaults": defaults}, actor)
    listed = {record["id"] for record in kept}
    gone = [pk for pk in present if pk not in listed]
    _remove(entity, gone, params, actor)
    if gone:
        # Which of them is the primary one may have changed with the others gone.
        kept = _read(entity, [record["id"] for record in kept], actor, params.get("reload"))
    return kept, [{"id": record_id} for record_id in gone]


def _remove(entity: Entity, ids: Sequence[int], params: Params, actor: Actor) -> None:
    more = {} if is_yes(params.get("useTrash", True)) else {"skip_undelete": 1}
    for record_id in ids:
        run(entity.name, "delete", {"id": record_id, **more}, actor, depth=1)


def required(name: str) -> CiviApiError:
    """Return the error for a parameter that has to be there."""
    return CiviApiError(f'Parameter "{name}" is required.', 0)


def _stored(
    entity: Entity, action: str, values: Values, actor: Actor, reload: object = None
) -> Record:
    try:
        record_id = _write(entity, values, actor)
    except CiviApiError as error:
        if error.error_code != "mandatory_missing":
            raise
        lacking = error.message.partition(": ")[2]
        message = f"Mandatory values missing from Api4 {entity.name}::{action}: {lacking}"
        raise CiviApiError(message, "mandatory_missing") from None
    (record,) = _read(entity, [record_id], actor, reload)
    return record


def _read(entity: Entity, ids: Sequence[int], actor: Actor, reload: object = None) -> list[Record]:
    """Return records with all columns, or with those that ``reload`` lists."""
    select = reload if isinstance(reload, list) and reload else ["*", "custom.*"]
    asked = {"where": [["id", "IN", list(ids)]], "select": select}
    return get(entity, asked, actor).records if ids else []


def _write(entity: Entity, values: Values, actor: Actor) -> int:
    """Store a record and return its id; what hangs on a contact is stored after it."""
    naming = Naming(entity, actor)
    own: Values = {}
    beside: dict[str, Values] = {}
    for name, value in values.items():
        asked = _with_side(naming, name)
        # A name that is no field says nothing, as in the original.
        head = asked.partition(":")[0]
        if not naming.has(head) and head.partition(".")[0] not in (*naming.fields, *PLACES):
            continue
        named = naming.named(asked)
        field = naming.field_of(named)
        if named.suffix and field is not None:
            value = choices.read(value, field, named.suffix, actor)
        if named.place:
            beside.setdefault(named.place, {})[named.name] = untyped(value)
        elif "." in named.name:
            head, value = _referred(naming, named.name, value)
            own[head] = value
        else:
            own[named.name] = untyped(value)
    if entity.name == "Contact" and not own.get("id") and not own.get("contact_type"):
        own["contact_type"] = _type_of(own)
    made = run(entity.name, "create", own, actor, depth=1)
    record_id = int(own.get("id") or made.get("id") or _found_again(entity, own, actor))
    for place, given in beside.items():
        _write_beside(PLACES[place], record_id, given, actor)
    return record_id


def _with_side(naming: Naming, asked: str) -> str:
    """Return a name with the side of a choice: ``phone_type_id.name`` is ``phone_type_id:name``."""
    head, _dot, side = asked.rpartition(".")
    field = naming.fields.get(head)
    is_choice = field is not None and field.list_name and not field.target
    return f"{head}:{side}" if is_choice and side in choices.SUFFIXES else asked


def _type_of(values: Values) -> str:
    """Return what a new contact is whose type nobody says: which of the names it has tells."""
    if values.get("organization_name"):
        return "Organization"
    return "Household" if values.get("household_name") else "Individual"


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
    if values.get("entity_table"):
        where.append(["entity_table", "=", values["entity_table"]])
    if any(each.name == "status" for each in entity.fields(actor)):
        where.append(["status", "IS NOT NULL"])
    found = ids_of(entity, where, actor)
    if not found:
        raise CiviApiError(f"{entity.name} could not be created", 0)
    return found[-1]


# What such a record is about: without it there is none.
_MAIN = {"Email": "email", "Phone": "phone", "Im": "name"}


def _write_beside(place: Place, contact_id: int, values: Values, actor: Actor) -> None:
    """Store what hangs on a contact once; its id and owner are not the caller's to say.

    One that loses what it is about is deleted, as in the original; one of blanks is not made.
    """
    own = {"contact_id": contact_id, place.mark: 1}
    given = {name: value for name, value in values.items() if name not in ("id", "contact_id")}
    if not given:
        return
    asked = {**own, "return": "id", "sequential": 1}
    present = run(place.entity, "get", asked, actor, depth=1)["values"]
    start = {"id": present[0]["id"]} if present else own
    is_gone = given.get(_MAIN.get(place.entity, "")) == ""
    if present and is_gone:
        run(place.entity, "delete", start, actor, depth=1)
    if is_gone or not (present or any(value != "" for value in given.values())):
        return
    run(place.entity, "create", {**start, **given}, actor, depth=1)


def _matching(entity: Entity, values: Values, match: Sequence[str], actor: Actor) -> int | None:
    if not isinstance(match, list) or not match or any(name not in values for name in match):
        return None
    where = [
        [name, "IS EMPTY"] if values[name] in (None, "") else [name, "=", values[name]]
        for name in match
    ]
    found = ids_of(entity, where, actor)
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
