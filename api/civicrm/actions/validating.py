"""Say what is wrong with a call without making it."""

from dataclasses import replace

from api.civicrm.actions.writing import read, require_params
from api.civicrm.calls import Call, Result, success
from api.civicrm.errors import CiviApiError, missing_params
from api.civicrm.preparing import filters_in

_ABOUT_VALUES = frozenset({"create", "update", "replace"})
Faults = dict[str, dict[str, object]]


def validate(call: Call) -> Result:
    """Return everything that is wrong with the parameters of an action, by field."""
    action = str(call.params.get("api_action") or call.params.get("action") or "create").lower()
    params = {name: value for name, value in call.params.items() if name != "action"}
    checked = replace(call, action=action, params=params)
    faults = _of_values(checked) if action in _ABOUT_VALUES else _of_filters(checked)
    return success([faults or []])


def _of_values(call: Call) -> Faults:
    faults = {} if call.params.get("id") else _lacking(call)
    for field in call.entity.fields(call.actor):
        for name in field.names if field.is_writable else ():
            if call.params.get(name) is not None:
                try:
                    read(field, call.params[name], call.actor)
                except CiviApiError as error:
                    faults[name] = _incorrect(error)
    return faults


def _lacking(call: Call) -> Faults:
    try:
        require_params(call)
    except CiviApiError as error:
        # What else is wrong is told of its own field.
        names = error.extra["fields"] if error.error_code == "mandatory_missing" else []
        missing = {str(each): missing_params(str(each)) for each in _listed(names)}
        return {
            name: {"message": each.message, "code": each.error_code}
            for name, each in missing.items()
        }
    return {}


def _listed(names: object) -> list[object]:
    return names if isinstance(names, list) else []


def _of_filters(call: Call) -> Faults:
    try:
        filters_in(call)
    except CiviApiError as error:
        return {str(error.extra.get("error_field") or "field"): _incorrect(error)}
    return {}


def _incorrect(error: CiviApiError) -> dict[str, object]:
    # The one word of the original, whatever is wrong with the value.
    return {"message": error.message, "code": "incorrect_value"}
