"""Read ``$select`` and ``$sort``: names, quoted or not, between commas."""

import re
from dataclasses import dataclass

from api.wildapricot.errors import BadParameterError
from api.wildapricot.grammar.quotes import QUOTES, quoted

_SEPARATOR = re.compile(r"\s*(?:,|$)")
_AFTER_SORTED = re.compile(r"\s*(?:(?:asc|desc)\s*)?(?:,|$)", re.IGNORECASE)
_BARE = re.compile(r"[^,]*")
_DIRECTION = re.compile(r"(.*?)(?:\s+(asc|desc))?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Order:
    """A name to order by."""

    name: str
    descending: bool = False


def read_names(text: str) -> list[str] | None:
    """Return the names of a list, None for all of them; raises BadParameterError."""
    names = []
    place = 0
    while place < len(text):
        name, place = _item(text, place)
        if name:
            names.append(name)
        place += 1
    return None if not names or "*" in names else names


def read_sort(text: str) -> list[Order]:
    """Return what to order by; raises BadParameterError."""
    orders = []
    place = 0
    while place < len(text):
        name, place = _quoted_name(text, place, "$sort", _AFTER_SORTED) or ("", place)
        rest, end = _bare_item(text, place)
        # A direction in quotes is part of the name.
        found = _DIRECTION.fullmatch(f" {rest}" if name else rest)
        if found is not None and (name or found[1]):
            is_down = (found[2] or "").casefold() == "desc"
            orders.append(Order(name or found[1], is_down))
        place = end + 1
    return orders


def _item(text: str, start: int) -> tuple[str, int]:
    """Return the next item and the place of the comma behind it."""
    found = _quoted_name(text, start, "$select", _SEPARATOR)
    if found is None:
        return _bare_item(text, start)
    name, end = found
    separator = _SEPARATOR.match(text, end)
    return name.strip(), separator.end() - 1 if separator and separator[0] else end


def _bare_item(text: str, start: int) -> tuple[str, int]:
    """Return the text up to the next comma, and the place of that."""
    bare = _BARE.match(text, start)
    end = bare.end() if bare else start
    return text[start:end].strip(), end


def _quoted_name(
    text: str, start: int, parameter: str, following: re.Pattern[str]
) -> tuple[str, int] | None:
    """Return a name in quotes and the place behind it, None for one without quotes."""
    while text[start : start + 1].isspace():
        start += 1
    if not text[start : start + 1] or text[start] not in QUOTES:
        return None
    found = quoted(text, start, following)
    if found is None:
        raise BadParameterError(parameter, "a quote is never closed")
    return found
