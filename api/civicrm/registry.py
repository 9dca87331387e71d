"""Find the entities: every module of the package ``entities`` with ``ENTITIES`` describes some.

The package is named as text: descriptions use everything here, and nothing here uses them.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from api.civicrm.entity import Entity
from api.civicrm.grammar.names import entity_key

PACKAGE = "api.civicrm.entities"


@cache
def all_entities() -> Mapping[str, Entity]:
    """Return all entities by the key of their name, in order of name."""
    found: list[Entity] = []
    for module in iter_modules(import_module(PACKAGE).__path__):
        described = import_module(f"{PACKAGE}.{module.name}")
        found.extend(getattr(described, "ENTITIES", ()))
    found.sort(key=lambda entity: entity.name)
    return {entity_key(entity.name): entity for entity in found}


def entity_named(name: object) -> Entity | None:
    """Return an entity by any spelling of its name, or None."""
    return all_entities().get(entity_key(name))
