"""Which part of a small list is asked for."""

from collections.abc import Mapping
from typing import Any

from api.wildapricot.errors import BadParameterError
from api.wildapricot.mapping.literals import integer_of

# What a small list holds at most when nothing is said of its length.
MOST = 10_000


def window(query: Mapping[str, Any]) -> tuple[int, int]:
    """Return the offset and the length that ``$skip`` and ``$top`` ask for.

    Some clients ask for pages until one is empty; docs/dialects/wildapricot.md, "Neighbours".
    """
    return whole(query, "$skip") or 0, _or_most(whole(query, "$top"))


def whole(query: Mapping[str, Any], name: str) -> int | None:
    """Return a number that is not negative, or None; raises BadParameterError."""
    if not str(query.get(name) or "").strip():
        return None
    number = integer_of(query[name])
    if number is None or number < 0:
        raise BadParameterError(name, "a whole number from 0 is expected.")
    return number


def _or_most(number: int | None) -> int:
    return MOST if number is None else number
