"""Read the call that a request makes: its entity, its action, its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.base.requests import DialectRequest
from api.civicrm.auth import DESTRUCTIVE, is_rest_path, path_of, security_error
from api.civicrm.errors import DoorError
from api.civicrm.grammar.chains import chains_of
from api.civicrm.grammar.names import entity_key, plain
from api.wire.errors import WireError
from api.wire.json_text import read_json

Params = dict[str, Any]  # JSON

# Parameters of the request that are none of the call.
_OUTER = frozenset(
    {
        "q",
        "fnName",
        "json",
        "key",
        "api_key",
        "entity",
        "action",
        "prettyprint",
        "rest_route",
        "_authx",
        "_authxSiteKey",
        "_authxSes",
    }
)
NO_CALL = 'missing mandatory params "entity=" or "action="'
_NOT_JSON = "Unable to decode supplied JSON."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks the kernel for; ``json`` is what the parameter of that name holds."""

    entity: str
    action: str
    params: Params
    json: Any = None


def asked_of(request: DialectRequest) -> Asked:
    """Return the call of a request; raises CiviApiError in the order of the original."""
    given = request.params
    path = path_of(given)
    if is_rest_path(path):
        _root, entity, action = path.split("/")
    else:
        entity, action = plain(given.get("entity")), plain(given.get("action"))
    if not entity or not action:
        raise DoorError(NO_CALL)
    request.operation_name = f"{entity}.{action}"
    if not is_batch(entity, action):
        require_post(request, action)
    json = json_of(given.get("json"))
    inner = json if isinstance(json, Mapping) else {}
    params = {**inner, **_form(given)}
    require_post(request, *(each.action for each in chains_of(params, action)))
    return Asked(entity, action, params, json)


def is_batch(entity: str, action: str) -> bool:
    """Say whether a call is a list of calls; each of those is looked at by itself."""
    return entity_key(entity) == "api3" and action.lower() == "call"


def json_of(value: object) -> Any:  # noqa: ANN401 -- JSON
    """Return the value of the parameter ``json``: parameters, a batch, or just a wish for JSON."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return read_json(value.encode(), drop_nul=True)
    except WireError:
        # The slip of the original, and the key that clients look for.
        slip = {"0": "error_message", "1": _NOT_JSON}
        raise DoorError(_NOT_JSON, **slip) from None


def require_post(request: DialectRequest, *actions: str) -> None:
    """Raise CiviApiError for a change that comes by GET."""
    if request.method == "POST":
        return
    if any(not name.lower().startswith("get") and name.lower() != "check" for name in actions):
        raise security_error(
            request,
            DESTRUCTIVE,
            "SECURITY: All requests that modify the database must be http POST, not GET.",
        )


def _form(given: Mapping[str, Any]) -> Params:
    """Return the parameters outside of ``json``.

    PHP writes ``_`` for the dots of names in forms, so that chained calls come back under those.
    """
    return {
        name.replace(".", "_") if name.startswith("api.") else name: value
        for name, value in given.items()
        if name not in _OUTER
    }
