"""Create, change, replace and delete records."""

from collections.abc import Mapping
from dataclasses import replace as changed
from typing import Any

from api.civicrm.calls import Asked, Call, Params, Record, Records, Result, Run, success
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError, PlainError, missing_params
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import EVERYTHING, RESERVED
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import whole
from api.civicrm.preparing import asked_of, prepared
from api.civicrm.sources.records import written
from contacts.access import Actor
from contacts.errors import NotFoundError

Values = dict[str, object]


def create(call: Call) -> Records:
    """Make a record or, with an id, change what is given; returns it with all of its columns."""
    entity, actor = call.entity, call.actor
    call = matched(call)
    record_id = id_of(call)
    if record_id is None:
        require_params(call)
        values = values_of(call)
        if entity.create is None:
            raise not_supported(call)
        document = entity.create(actor, values)
    else:
        values = values_of(call)
        if entity.update is None:
            raise not_supported(call)
        try:
            document = entity.update(actor, record_id, values)
        except NotFoundError:
            raise CiviApiError(f"{entity.name} id {record_id} not found.", 0) from None
    return Records({str(document["id"]): stored(call, document)})


def update(call: Call) -> Records:
    """Change a record that must be there."""
    record_id = id_of(call)
    if record_id is None:
        raise CiviApiError("Mandatory parameter missing id")
    if not _exists(call, record_id):
        raise CiviApiError(f"No {call.entity.name} with id {record_id}")
    made: Records = creation_of(call.entity)(call)
    return made


def set_value(call: Call) -> Result:
    """Change one field of a record."""
    required = ("id", "field", "value")
    lacking = [name for name in required if call.params.get(name) is None]
    if lacking:
        raise missing_params(*lacking)
    given, name = call.params["id"], call.params["field"]
    if not (isinstance(given, int) or (isinstance(given, str) and given.strip().isdecimal())):
        raise PlainError("Please enter a number", error_code="NaN", field="id")
    fields = call.entity.by_name(call.actor)
    field = fields.get(name) if isinstance(name, str) else None
    if field is None:
        message = f"Param 'field' ({name}) is invalid. must be an existing field"
        raise PlainError(message, error_code="invalid_field", fields=list(fields))
    record_id = whole(given, "id")
    params = {"id": record_id, field.name: call.params["value"]}
    made = creation_of(call.entity)(prepared(call.entity, "create", params, call.actor))
    (record,) = made.values.values()
    value = record.get(field.name, record.get(field.shown_as, ""))
    answer: dict[str, Any] = success({"id": str(record_id), field.name: value}, 2)
    values = answer.pop("values")
    return {**answer, "id": record_id, "values": values}


def delete(call: Call) -> Result:
    """Delete a record."""
    record_id = id_of(call)
    if record_id is None:
        raise missing_params("id")
    if call.entity.delete is None:
        raise not_supported(call)
    try:
        call.entity.delete(call.actor, record_id)
    except NotFoundError:
        raise CiviApiError(f"Could not delete {call.entity.name} id {record_id}", 0) from None
    return success(1)


def replace(call: Call) -> Records:
    """Make the records that match the parameters exactly those that are listed.

    Listed ones with an id are changed, others are made; what matches and is not listed is deleted.
    """
    values = listed(call)
    base = shared_by_all(call)
    present = to_be_replaced(call, base)
    kept: dict[str, Record] = {}
    for item in values:
        inner = prepared(call.entity, "create", {**base, **item}, call.actor, depth=call.depth)
        kept.update(creation_of(call.entity)(inner).values)
    gone = [int(record["id"]) for record in present if str(record["id"]) not in kept]
    for record_id in gone:
        removal_of(call.entity)(changed(call, action="delete", params={"id": record_id}))
    if not gone:
        return Records(kept)
    # Which of them is the primary one may have changed with the others gone.
    return Records({key: stored(call, record) for key, record in kept.items()})


def listed(call: Call) -> list[Params]:
    """Return the records that ``replace`` lists, as parameters; raises CiviApiError."""
    values = call.params.get("values")
    if isinstance(values, Mapping):
        values = list(values.values())
    if not isinstance(values, list) or not all(isinstance(item, Mapping) for item in values):
        raise missing_params("values")
    return values


def shared_by_all(call: Call) -> Params:
    """Return what says which records ``replace`` is about; raises CiviApiError for nothing."""
    base = {key: item for key, item in call.params.items() if key not in {"values", *RESERVED}}
    if not base:
        raise CiviApiError("Expected parameters that say what to replace", 0)
    return base


def to_be_replaced(call: Call, base: Params, *names: str) -> list[Record]:
    """Return all records that match what ``replace`` is about, with the fields of these names."""
    asked = asked_of(changed(call, params=base))
    asked = changed(asked, limit=EVERYTHING, offset=0, returned=names or asked.returned)
    return call.entity.source.find(call.actor, call.entity, asked)


def creation_of(entity: Entity) -> Run:
    """Return how an entity makes records."""
    own = entity.actions.get("create")
    return own.run if own else create


def removal_of(entity: Entity) -> Run:
    """Return how an entity deletes records."""
    own = entity.actions.get("delete")
    return own.run if own else delete


def id_of(call: Call) -> int | None:
    """Return the id that a call gives, or None; raises CiviApiError for what is none."""
    fields = call.entity.by_name(call.actor)
    names = fields["id"].names if "id" in fields else ("id",)
    given = next((call.params[name] for name in names if call.params.get(name)), None)
    return None if given is None else whole(given, "id")


def require_params(call: Call) -> None:
    """Raise CiviApiError naming everything that a new record lacks."""
    own = call.entity.missing
    lacking = own(call.params) if own else _lacking(call)
    if lacking:
        raise missing_params(*lacking)


def _lacking(call: Call) -> list[str]:
    return [
        field.name
        for field in call.entity.fields(call.actor)
        if field.is_required and not any(is_given(call.params.get(name)) for name in field.names)
    ]


def is_given(value: object) -> bool:
    """Say whether a parameter holds something to store."""
    return value not in (None, "", "null")


def values_of(call: Call) -> Values:
    """Return the values of a call for the domain: absent ones are left, blank ones clear."""
    found: Values = {}
    for field in call.entity.fields(call.actor):
        if field.is_writable and field.key and not field.is_filter_only:
            for name in field.names:
                if call.params.get(name) is not None:
                    found[field.key] = read(field, call.params[name], call.actor)
    return found


def read(field: WireField, value: object, actor: Actor) -> object:
    """Return one value for the domain; the empty text and the word null clear."""
    if value in ("", "null"):
        return None
    return field.format.read(value, field, actor)


def stored(call: Call, document: Mapping[str, Any]) -> Record:
    """Return a record as it is stored, with all of its columns.

    One that its maker does not see any more is shown as it was made.
    """
    if call.options.reload:
        question = Asked((Filter("id", "=", document["id"]),))
    else:
        question = Asked((Filter("id", "=", document["id"]),), is_complete=True)
    found = call.entity.source.find(call.actor, call.entity, question)
    return found[0] if found else written(call.entity, call.actor, [document], question)[0]


def matched(call: Call) -> Call:
    """Return the call with the id of the record that has the values it names by ``match``."""
    names = call.options.match or call.options.match_mandatory
    if not names or id_of(call) is not None:
        return call
    filters = tuple(
        Filter(name, "=", call.params[name]) for name in names if is_given(call.params.get(name))
    )
    if len(filters) != len(names):
        found = []
    else:
        asked = Asked(filters, limit=2, returned=("id",))
        found = call.entity.source.find(call.actor, call.entity, asked)
    if len(found) > 1:
        raise CiviApiError("Ambiguous match criteria", 0)
    if not found and call.options.match_mandatory:
        raise CiviApiError("Failed to match existing record", 0)
    return changed(call, params={**call.params, "id": found[0]["id"]}) if found else call


def not_supported(call: Call) -> CiviApiError:
    """Return the error for an action that the records of an entity do not have."""
    message = (
        f"API ({call.entity.name}, {call.action}) does not exist "
        "(join the API team and implement it!)"
    )
    return CiviApiError(message, "not-found")


def _exists(call: Call, record_id: int) -> bool:
    asked = Asked((Filter("id", "=", record_id),), limit=1, returned=("id",))
    return bool(call.entity.source.find(call.actor, call.entity, asked))
