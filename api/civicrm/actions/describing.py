"""Describe an entity: getfields, getfield, getoptions, getactions, getunique, validate."""

from collections.abc import Callable, Mapping
from typing import Any

from api.civicrm.actions.taking import taken_by
from api.civicrm.calls import Call, Params, Records, Result, success
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError, missing_params, shown
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.offering import YES_NO
from api.civicrm.mapping.options import Choice, choices_of
from api.civicrm.option_lists import NAMES
from contacts.access import Actor
from contacts.fields import reference

Definition = dict[str, Any]  # JSON

# Actions that take the fields of an entity; the others have parameters of their own.
_READING = frozenset({"get", "getsingle", "getvalue", "getcount", "getstat", ""})
_ABOUT_FIELDS = _READING | {"create", "update", "replace", "getfields"}


def get_fields(call: Call) -> Result:
    """Return the definitions of the fields of one action, by name."""
    action = str(call.params.get("api_action") or call.params.get("action") or "get").lower()
    found = definitions(call.entity, call.actor, action)
    wanted = call.options.get_options
    for name, definition in found.items():
        if "all" in wanted or name in wanted:
            options = _options_of_parameter(call, action, name)
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
    if action not in _ABOUT_FIELDS:
        return taken_by(entity, action)
    found = {}
    for field in entity.fields(actor):
        if not field.is_described or (field.is_filter_only and action not in _READING):
            continue
        if action not in _READING and not field.is_writable and field.name != "id":
            continue
        name = field.shown_as if action in _READING else field.name
        found[name] = _definition(field, action)
    if action == "update":
        found["id"]["api.required"] = 1
    return _with_alias(entity, found)


def _with_alias(entity: Entity, found: dict[str, Definition]) -> dict[str, Definition]:
    """Return definitions in which the id tells its longer name."""
    if "id" in found:
        found["id"].setdefault("api.aliases", [entity.id_alias])
    return found


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
    default = default_of(field)
    if default is not None:
        found["api.default"] = default
    if field.list_name:
        found["pseudoconstant"] = _pseudoconstant(field.list_name)
    if field.target:
        found["FKApiName"] = field.target
    return {**found, **(field.custom or {})}


def default_of(field: WireField) -> object:
    """Return what a new record has where nothing is said, or None."""
    if field.list_name == "location_type" and field.is_writable:
        usual = reference.options().default_of(field.list_name)
        return usual.number if usual else None
    return field.default


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
    options = _options(field, call.params, _context(call.params))
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


def _options_of_parameter(call: Call, action: str, name: str) -> Mapping[str, str]:
    """Return the choices of what an action takes: of a field, or the names of fields."""
    if action in _ABOUT_FIELDS:
        return _options(_field_of(call, name), call.params)
    if name == "context":
        return {each: each for each in CONTEXTS}
    if name != "field":
        return {}
    fields = [each for each in call.entity.fields(call.actor) if each.is_described]
    return {each.name: each.title for each in fields if action == "setvalue" or has_options(each)}


def _context(params: Params) -> str:
    context = params.get("context") or ""
    if context and context not in CONTEXTS:
        raise CiviApiError(f"'{shown(context)}' is not a valid context for buildOptions.", 0)
    return str(context)


def _options(field: WireField, params: Params, context: str = "") -> Mapping[str, str]:
    if field.format.code == _BOOLEAN and field.offers is None:
        return {"1": "1", "0": "0"} if context == "validate" else YES_NO(params)
    if field.offers is not None:
        return field.offers(params)
    if not field.list_name:
        return {}
    write = _SHOWN.get(context, _label)
    keyed = _name if context == "match" else _number_of
    # Both show what has been and may not be chosen any more, too.
    offered = [
        each
        for each in choices_of(field.list_name)
        if each.is_active or context in ("get", "validate")
    ]
    return {keyed(each): write(each) for each in offered}


def _label(choice: Choice) -> str:
    return choice.label


def _name(choice: Choice) -> str:
    return choice.name


def _number_of(choice: Choice) -> str:
    return choice.number


# For what choices are wanted; most show labels by number.
CONTEXTS = ("get", "create", "search", "validate", "abbreviate", "match")
_SHOWN: Mapping[str, Callable[[Choice], str]] = {
    "validate": lambda choice: choice.abbreviation or choice.name,
    "abbreviate": lambda choice: choice.abbreviation or choice.label,
}


def get_unique(call: Call) -> Records:
    """Return the sets of fields that no two records share."""
    return Records(dict(call.entity.unique))
