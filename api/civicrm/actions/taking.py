"""Say which parameters actions take that are not about the fields of an entity."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.civicrm.entity import Entity

Definition = dict[str, Any]  # JSON

INTEGER, STRING = 1, 2


@dataclass(frozen=True, slots=True)
class Taken:
    """One parameter of an action."""

    title: str
    type: int = STRING
    is_required: bool = False
    aliases: tuple[str, ...] = ()

    def definition(self, name: str) -> Definition:
        """Return the parameter as `getfields` describes it."""
        found: Definition = {"name": name, "title": self.title, "type": self.type}
        if self.is_required:
            found["api.required"] = 1
        if self.aliases:
            found["api.aliases"] = list(self.aliases)
        return found


_FIELD = Taken("Field name", is_required=True)
# By action; what stands nowhere takes nothing that could be described.
GENERAL: Mapping[str, Mapping[str, Taken]] = {
    "getactions": {},
    "getfield": {
        "name": _FIELD,
        "action": Taken("API Action", aliases=("api_action",)),
    },
    "getlist": {
        "page_num": Taken("Page Number", INTEGER),
        "input": Taken("Search Input"),
        "params": Taken("API Params"),
        "extra": Taken("Extra"),
        "id": Taken("ID"),
        "description_field": Taken("Description Field"),
        "label_field": Taken("Label Field"),
        "search_field": Taken("Search Field"),
    },
    "getoptions": {"field": _FIELD, "context": Taken("Context")},
    "getunique": {},
    "validate": {"action": Taken("API Action", is_required=True, aliases=("api_action",))},
}
_OF_CONTACTS: Mapping[str, Mapping[str, Taken]] = {
    "duplicatecheck": {"match": Taken("Contact values to match", is_required=True)},
    "getmergedfrom": {"contact_id": Taken("Contact ID", INTEGER, is_required=True)},
    "getmergedto": {"contact_id": Taken("Contact ID", INTEGER, is_required=True)},
    "merge": {
        "to_remove_id": Taken(
            "ID of contact to merge & remove", INTEGER, is_required=True, aliases=("main_id",)
        ),
        "to_keep_id": Taken(
            "ID of contact to keep", INTEGER, is_required=True, aliases=("other_id",)
        ),
    },
    "proximity": {
        "latitude": Taken("Latitude", is_required=True),
        "longitude": Taken("Longitude", is_required=True),
        "distance": Taken("Distance", is_required=True),
        "unit": Taken("Unit of Measurement"),
    },
}


def taken_by(entity: Entity, action: str) -> dict[str, Definition]:
    """Return the parameters of an action by name; an empty map for one without any."""
    if action in ("delete", "getrefcount"):
        aliases = (entity.id_alias,)
        return _described({"id": Taken(f"{entity.name} ID", INTEGER, True, aliases)})
    if action == "setvalue":
        record_id = Taken(f"{entity.name} ID", INTEGER, is_required=True)
        return _described(
            {"field": _FIELD, "id": record_id, "value": Taken("Value", is_required=True)}
        )
    own = _OF_CONTACTS.get(action) if entity.name == "Contact" else None
    return _described(own or GENERAL.get(action, {}))


def _described(taken: Mapping[str, Taken]) -> dict[str, Definition]:
    return {name: each.definition(name) for name, each in taken.items()}
