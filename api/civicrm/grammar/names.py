"""Bring the names of entities and actions into one spelling (specification, section 2.1)."""

import re

_NOT_WORD = re.compile(r"[^A-Za-z0-9_]")


def plain(name: object) -> str:
    """Return a name without what cannot be in one: the original writes ``_`` there."""
    return _NOT_WORD.sub("_", str(name)) if isinstance(name, str | int) else ""


def entity_key(name: object) -> str:
    """Return what all spellings of a name have in common: ``entity_tag``, ``EntityTag``."""
    return plain(name).replace("_", "").lower()


def camel(name: object) -> str:
    """Return a name as entities are written: ``entity_tag`` becomes ``EntityTag``."""
    return "".join(part[:1].upper() + part[1:] for part in plain(name).split("_"))


def snake(name: str) -> str:
    """Return the name of an entity as it stands in keys: ``EntityTag`` becomes ``entity_tag``."""
    if name.isupper():
        return name.lower()
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
