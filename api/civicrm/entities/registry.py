"""Find the entities: every module beside this one with ``ENTITIES`` describes some."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from api.civicrm import entities as package
from api.civicrm.entities.table import Entity
from api.civicrm.grammar.names import entity_key


@cache
def all_entities() -> Mapping[str, Entity]:
    """Return all entities by the key of their name, in order of name."""
    found: list[Entity] = []
    for module in iter_modules(package.__path__):
        described = import_module(f"{package.__name__}.{module.name}")
        found.extend(getattr(described, "ENTITIES", ()))
    found.sort(key=lambda entity: entity.name)
    return {entity_key(entity.name): entity for entity in found}


def entity_named(name: object) -> Entity | None:
    """Return an entity by any spelling of its name, or None."""
    return all_entities().get(entity_key(name))
