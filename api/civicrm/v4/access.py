"""Say whether a call would be allowed: ``checkAccess``."""

from collections.abc import Mapping
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError
from api.civicrm.kernel import run
from api.civicrm.v4.reading import get
from contacts.access import Actor
from contacts.services.records import rehearsed

Params = Mapping[str, Any]  # JSON


def check(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Return whether the actor may do something with a record: it is tried and taken back."""
    action = str(params.get("action") or "")
    given = params.get("values")
    values: Params = given if isinstance(given, Mapping) else {}
    return [{"access": _may(entity, action.lower(), values, actor)}]


def _may(entity: Entity, action: str, values: Params, actor: Actor) -> bool:
    record_id = values.get("id")
    asked = {"select": ["id"], "where": [["id", "=", record_id]], "limit": 1}
    if record_id and not get(entity, asked, actor).records:
        return False
    if action not in _CHANGING:
        return True
    return _tried(entity, "delete" if action == "delete" else "create", values, actor)


_CHANGING = frozenset({"create", "delete", "save", "update"})


def _tried(entity: Entity, action: str, values: Params, actor: Actor) -> bool:
    try:
        with rehearsed():
            run(entity.name, action, values, actor, depth=1)
    except CiviApiError as error:
        # What is lacking or wrong is no matter of access.
        return error.error_code != "unauthorized"
    return True
