"""Describe an entity: getfields, getfield, getoptions, getactions, getunique, validate."""

from collections.abc import Callable, Mapping
from typing import Any

from api.civicrm.calls import Call, Params, Records, Result, success
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError, missing_params
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.offering import YES_NO
from api.civicrm.mapping.options import Choice, choices_of
from api.civicrm.option_lists import NAMES
from contacts.access import Actor

Definition = dict[str, Any]  # JSON

_READING = frozenset({"get", "getsingle", "getvalue", "getcount", "getlist", ""})


def get_fields(call: Call) -> Result:
    """Return the definitions of the fields of one action, by name."""
    action = str(call.params.get("api_action") or call.params.get("action") or "get").lower()
    found = definitions(call.entity, call.actor, action)
    wanted = call.options.get_options
    for name, definition in found.items():
        if "all" in wanted or name in wanted:
            options = _options(_field_of(call, name), call.params)
            if options:
                definition["options"] = options
    values = list(found.values()) if call.options.sequential else found
    return success(values, len(found))


def get_field(call: Call) -> Result:
    """Return the definition of one field."""
    name = call.params.get("name")
    if not name:
        raise missing_params("name")
    action = str(call.params.get("api_action") or call.params.get("action") or "get").lower()
    found = definitions(call.entity, call.actor, action)
    field = call.entity.by_name(call.actor).get(str(name))
    for spelling in (str(name), field.name if field else "", field.shown_as if field else ""):
        if spelling in found:
            return success(found[spelling], len(found[spelling]))
    raise CiviApiError(f"The field '{name}' doesn't exist.")


def definitions(entity: Entity, actor: Actor, action: str) -> dict[str, Definition]:
    """Return the definitions of the fields that an action takes, by name."""
    if action == "delete":
        return {"id": {**_definition(entity.by_name(actor)["id"], action), "api.required": 1}}
    if action == "setvalue":
        return {name: {"name": name, "title": name.title(), "type": 2} for name in _SET_VALUE}
    found = {}
    for field in entity.fields(actor):
        if not field.is_described or (field.is_filter_only and action not in _READING):
            continue
        if action not in _READING and not field.is_writable and field.name != "id":
            continue
        name = field.shown_as if action in _READING else field.name
        found[name] = _definition(field, action)
    return found


_SET_VALUE = ("id", "field", "value")


def _definition(field: WireField, action: str) -> Definition:
    found: Definition = {
        "name": field.name,
        "type": field.format.code,
        "title": field.title,
        "description": field.title,
        "html": {"type": field.format.html, "label": field.title},
    }
    if field.unique and action in _READING:
        found["uniqueName"] = field.unique
    if field.max_length:
        found["maxlength"] = field.max_length
    if field.is_required and action == "create":
        found["api.required"] = 1
    if field.aliases:
        found["api.aliases"] = list(field.aliases)
    if field.default is not None:
        found["api.default"] = field.default
    if field.list_name:
        found["pseudoconstant"] = _pseudoconstant(field.list_name)
    if field.target:
        found["FKApiName"] = field.target
    return {**found, **(field.custom or {})}


TABLES = {"country": "civicrm_country", "location_type": "civicrm_location_type"}


def _pseudoconstant(list_name: str) -> Definition:
    if list_name in TABLES:
        return {"table": TABLES[list_name], "keyColumn": "id", "labelColumn": "name"}
    name = NAMES.get(list_name, list_name)
    return {"optionGroupName": name, "optionEditPath": f"civicrm/admin/options/{name}"}


def get_options(call: Call) -> Result:
    """Return the choices of one field."""
    name = call.params.get("field")
    if not name:
        raise missing_params("field")
    field = _field_of(call, str(name))
    if not has_options(field):
        raise CiviApiError(f"The field '{name}' has no associated option list.")
    options = _options(field, call.params, str(call.params.get("context") or ""))
    if call.options.sequential:
        listed = [{"key": _number(key), "value": value} for key, value in options.items()]
        return success(listed, len(listed))
    return success(options or [], len(options))


def has_options(field: WireField) -> bool:
    """Say whether a field has choices."""
    return bool(field.list_name or field.offers or field.format.code == _BOOLEAN)


_BOOLEAN = 16


def _number(key: str) -> int | str:
    return int(key) if key.isdecimal() else key


def _field_of(call: Call, name: str) -> WireField:
    field = call.entity.by_name(call.actor).get(name)
    if field is None:
        raise CiviApiError(f"The field '{name}' doesn't exist.")
    return field


def _options(field: WireField, params: Params, context: str = "") -> Mapping[str, str]:
    offers = field.offers or (YES_NO if field.format.code == _BOOLEAN else None)
    if offers is not None:
        return offers(params)
    if not field.list_name:
        return {}
    shown = _SHOWN.get(context, _label)
    active = [each for each in choices_of(field.list_name) if each.is_active]
    return {each.number: shown(each) for each in active}


def _label(choice: Choice) -> str:
    return choice.label


_SHOWN: Mapping[str, Callable[[Choice], str]] = {
    "validate": lambda choice: choice.abbreviation or choice.name,
    "match": lambda choice: choice.name,
    "abbreviate": lambda choice: choice.abbreviation or choice.label,
}


def get_unique(call: Call) -> Records:
    """Return the sets of fields that no two records share."""
    return Records(dict(call.entity.unique))
