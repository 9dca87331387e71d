"""Say what is wrong with a call without making it."""

from dataclasses import replace
from typing import Any

from api.civicrm.actions.writing import require_params, values_of
from api.civicrm.calls import Call, Result, success
from api.civicrm.errors import CiviApiError
from api.civicrm.preparing import filters_in

_ABOUT_VALUES = frozenset({"create", "update", "replace"})


def validate(call: Call) -> Result:
    """Return the first thing that is wrong with the parameters of an action, by its field."""
    action = str(call.params.get("api_action") or call.params.get("action") or "create").lower()
    params = {name: value for name, value in call.params.items() if name != "action"}
    try:
        _check(replace(call, action=action, params=params))
    except CiviApiError as error:
        return success([_faults(error)])
    return success([[]])


def _check(call: Call) -> None:
    if call.action not in _ABOUT_VALUES:
        filters_in(call)
        return
    if not call.params.get("id"):
        require_params(call)
    values_of(call)


def _faults(error: CiviApiError) -> dict[str, Any]:
    names: Any = error.extra.get("fields") or [error.extra.get("error_field") or "field"]
    code = error.error_code or "invalid"
    return {str(name): {"message": error.message, "code": code} for name in names}
