"""Write a call as the request that pages of this site send."""

from collections.abc import Mapping
from typing import Any

from api.base.examples import Step
from api.civicrm.exploring.environments import is_reading
from api.civicrm.exploring.literals import compact
from api.civicrm.grammar.chains import chains_of

ADDRESS = "/civicrm/ajax/rest"
ADDRESS4 = "/civicrm/ajax/api4"
# Scripts of a page alone can send it; docs/dialects/civicrm.md, "Keys".
BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def request_of(entity: str, action: str, params: Mapping[str, Any]) -> Step:
    """Return the request of a call; what may change something is sent by POST."""
    call = {"entity": entity, "action": action, "json": compact(params)}
    if is_read(action, params):
        return Step(path=ADDRESS, query=call, headers=BY_SCRIPT)
    return Step(path=ADDRESS, method="POST", form=call, headers=BY_SCRIPT)


def request_of_version4(entity: str, action: str, params: Mapping[str, Any]) -> Step:
    """Return the request of a call of version 4."""
    path, call = f"{ADDRESS4}/{entity}/{action}", {"params": compact(params)}
    if is_reading(action):
        return Step(path=path, query=call, headers=BY_SCRIPT)
    return Step(path=path, method="POST", form=call, headers=BY_SCRIPT)


def is_read(action: str, params: Mapping[str, Any]) -> bool:
    """Say whether neither a call nor any that is chained to it changes anything."""
    chained = (each.action for each in chains_of(params, action))
    return all(map(is_reading, (action, *chained)))
