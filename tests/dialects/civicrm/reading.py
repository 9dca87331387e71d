"""Read a condition as this dialect's views do, for the table of meanings."""

import json

from api.civicrm.contact.source import SOURCE
from api.civicrm.preparing import asked_of, prepared
from api.civicrm.registry import all_entities
from contacts.access import Actor
from contacts.query import Condition


def condition_of(actor: Actor, spelling: str) -> Condition | None:
    """Return the condition that the parameters of a call mean."""
    entity = all_entities()["contact"]
    call = prepared(entity, "get", json.loads(spelling), actor)
    return SOURCE.conditions(actor, entity.by_name(actor), asked_of(call))
