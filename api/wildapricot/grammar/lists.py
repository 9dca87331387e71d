"""Read ``$select`` and ``$sort``: names, quoted or not, between commas."""

import re
from dataclasses import dataclass

from api.wildapricot.errors import BadParameterError
from api.wildapricot.grammar.quotes import QUOTES, quoted

_SEPARATOR = re.compile(r"\s*(?:,|$)")
_BARE = re.compile(r"[^,]*")
_DIRECTION = re.compile(r"(.*?)(?:\s+(asc|desc))?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Order:
    """A name to order by."""

    name: str
    descending: bool = False


def read_names(text: str, parameter: str = "$select") -> list[str] | None:
    """Return the names of a list, None for all of them; raises BadParameterError."""
    names = []
    place = 0
    while place < len(text):
        name, place = _item(text, place, parameter)
        if name:
            names.append(name)
        place += 1
    return None if not names or "*" in names else names


def read_sort(text: str) -> list[Order]:
    """Return what to order by; raises BadParameterError."""
    orders = []
    for part in _pieces(text):
        found = _DIRECTION.fullmatch(part)
        if found is None or not found[1]:
            continue
        name = (read_names(found[1], "$sort") or [""])[0]
        orders.append(Order(name, (found[2] or "").casefold() == "desc"))
    return orders


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in text.split(",") if piece.strip()]


def _item(text: str, start: int, parameter: str) -> tuple[str, int]:
    """Return the next item and the place of the comma behind it."""
    while start < len(text) and text[start].isspace():
        start += 1
    if text[start : start + 1] and text[start] in QUOTES:
        found = quoted(text, start, _SEPARATOR)
        if found is None:
            raise BadParameterError(parameter, "a quote is never closed")
        name, end = found
        separator = _SEPARATOR.match(text, end)
        return name.strip(), separator.end() - 1 if separator and separator[0] else end
    bare = _BARE.match(text, start)
    end = bare.end() if bare else start
    return text[start:end].strip(), end
