"""List the entities: ``Entity.get``."""

import re

from api.civicrm.calls import Record
from api.civicrm.entity import Entity
from api.civicrm.grammar.names import snake
from api.civicrm.registry import all_entities

# Names under which some contacts are entities of their own.
KINDS = ("Individual", "Organization", "Household")
# Entities that version 3 alone has.
_OLD = frozenset({"ActivityType", "Constant"})
# What version 4 calls an entity otherwise.
NAMES = {"Im": "IM"}
_TITLES = {
    "IM": ("Instant Messaging", "Instant Messaging"),
    "StateProvince": ("State/Province", "States/Provinces"),
    "UFMatch": ("User Match", "User Matches"),
}
# Entities that tie two others.
_BRIDGES = frozenset({"EntityTag", "GroupContact", "Relationship", "ActivityContact"})
# Entities that people look for, and those that hang on these.
_SEARCHED = frozenset({"Contact", *KINDS, "Activity", "Group", "Tag", "Note"})
# Entities behind which is no table of records.
_BASIC = frozenset({"Entity", "Setting", "System"})


def entity_rows() -> list[Record]:
    """Return a record for each entity, in order of name."""
    contact = all_entities()["contact"]
    known = (each for each in all_entities().values() if each.name not in _OLD)
    named = [(NAMES.get(each.name, each.name), each) for each in known]
    named += [(kind, contact) for kind in KINDS]
    return [_row(name, entity) for name, entity in sorted(named, key=lambda pair: pair[0])]


def _row(name: str, entity: Entity) -> Record:
    title, plural = _TITLES.get(name) or _titles(name)
    is_stored = name not in _BASIC
    types = ["DAOEntity"] if is_stored else ["AbstractEntity"]
    if name in KINDS:
        types = [*types, "ContactType"]
    if name in _BRIDGES:
        types = [*types, "EntityBridge"]
    return {
        "name": name,
        "title": title,
        "title_plural": plural,
        "type": types,
        "description": None,
        "table_name": f"civicrm_{snake(entity.name)}" if is_stored else None,
        "primary_key": ["id"] if is_stored else ["name"],
        "label_field": entity.label or None,
        "searchable": _searchable(name) if is_stored else "none",
        "paths": {},
    }


def _searchable(name: str) -> str:
    return "primary" if name in _SEARCHED else "bridge" if name in _BRIDGES else "secondary"


def _titles(name: str) -> tuple[str, str]:
    title = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    if title.endswith("s"):
        return title, f"{title}es"
    if re.search(r"[^aeiou]y$", title):
        return title, f"{title[:-1]}ies"
    return title, f"{title}s"
