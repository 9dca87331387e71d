"""The actions that every entity has; an entity's own ones win over these."""

from collections.abc import Mapping

from api.civicrm.actions import counting, describing, listing, reading, validating, writing
from api.civicrm.calls import Call, Operation, Result, success
from api.civicrm.entity import Entity

GENERAL: Mapping[str, Operation] = {
    "create": Operation(writing.create),
    "delete": Operation(writing.delete),
    "get": Operation(reading.get, is_reading=True),
    "getcount": Operation(reading.count, is_reading=True),
    "getfield": Operation(describing.get_field, is_reading=True, is_meta=True),
    "getfields": Operation(describing.get_fields, is_reading=True, is_meta=True),
    "getlist": Operation(listing.get_list, is_reading=True),
    "getoptions": Operation(describing.get_options, is_reading=True, is_meta=True),
    "getrefcount": Operation(counting.reference_counts, is_reading=True),
    "getsingle": Operation(reading.get, reading.single, is_reading=True),
    "getunique": Operation(describing.get_unique, is_reading=True, is_meta=True),
    "getvalue": Operation(reading.get, reading.value, is_reading=True),
    "replace": Operation(writing.replace),
    "setvalue": Operation(writing.set_value),
    "update": Operation(writing.update),
    "validate": Operation(validating.validate, is_reading=True, is_meta=True),
}


def operations_of(entity: Entity) -> Mapping[str, Operation]:
    """Return the actions of an entity in order of name."""
    found = {**GENERAL, "getactions": GET_ACTIONS, **entity.actions}
    hidden = set(entity.hidden_actions)
    if entity.create is None and "create" not in entity.actions:
        hidden |= {"create", "replace", "setvalue", "update"}
    if entity.delete is None and "delete" not in entity.actions:
        hidden |= {"delete", "replace"}
    return {name: found[name] for name in sorted(found) if name not in hidden}


def get_actions(call: Call) -> Result:
    """Return the names of the actions of an entity."""
    names = list(operations_of(call.entity))
    return success(names, len(names))


GET_ACTIONS = Operation(get_actions, is_reading=True, is_meta=True)
