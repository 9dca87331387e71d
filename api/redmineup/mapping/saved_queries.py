"""Write saved filters as this dialect shows them."""

from collections.abc import Mapping
from typing import Any

from api.redmineup.mapping.shapes import Wire

# What filters are of; named as ours are.
OBJECT_TYPES = frozenset({"contact", "deal"})


def object_kind(word: object) -> str | None:
    """Return the kind of record that ``object_type`` names, None for any other word."""
    name = str(word).strip().lower()
    return name if name in OBJECT_TYPES else None


def to_wire(document: Mapping[str, Any]) -> Wire:
    """Return a saved filter."""
    names = ("id", "name", "is_public", "project_id")
    return {name: document[name] for name in names}
