"""Setting and System in version 4: how the instance is set up, and what is wrong with it."""

from api.civicrm.calls import Params, Record
from api.civicrm.entities.system import SETTINGS
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError
from api.civicrm.permissions import require
from contacts.access import Actor


def settings(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Return a row for each setting, or for those that ``select`` names; raises CiviApiError."""
    require(actor, entity.name, "get", entity.permissions.get)
    names = [str(each) for each in params.get("select") or ()]
    unknown = [each for each in names if each not in (*SETTINGS, "*")]
    if unknown:
        raise CiviApiError(f"Unknown settings for domain 1: {', '.join(unknown)}", 0)
    wanted = SETTINGS if "*" in names or not names else names
    return [{"name": each, "value": SETTINGS[each](), "domain_id": 1} for each in wanted]


def check(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Return what is wrong: nothing, since operators watch addresses of their own."""
    require(actor, entity.name, "check", entity.permissions.get)
    return []


def flush(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Return nothing: what is kept in memory renews itself."""
    require(actor, entity.name, "flush", entity.permissions.other)
    return []
