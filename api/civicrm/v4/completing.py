"""Complete what people type: ``autocomplete``, which version 3 calls ``getlist``."""

from collections.abc import Mapping
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.entity import Entity
from api.civicrm.kernel import run
from api.civicrm.v4.values import typed
from contacts.access import Actor

Params = Mapping[str, Any]  # JSON

PARAMS = frozenset(
    {
        *("input", "ids", "page", "searchField", "filters", "formName", "fieldName", "key"),
        *("exclude", "savedSearch", "display", "values"),
    }
)
_ICONS = {"Individual": "fa-user", "Household": "fa-home", "Organization": "fa-building"}


def autocomplete(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Return id, label, icon and description of what suits the text, or has the ids."""
    asked: dict[str, Any] = {"input": params.get("input") or "", "page_num": params.get("page", 1)}
    if params.get("ids"):
        asked["id"] = params["ids"]
    if params.get("searchField"):
        asked["search_field"] = params["searchField"]
    if isinstance(params.get("filters"), Mapping):
        asked["params"] = dict(params["filters"])
    found = run(entity.name, "getlist", asked, actor, depth=1)
    id_field = entity.by_name(actor)["id"]
    return [
        {
            "id": typed(each["id"], id_field),
            "label": each["label"],
            "icon": _ICONS.get(each.get("icon_class", "")),
            "description": each.get("description", []),
        }
        for each in found["values"]
    ]
