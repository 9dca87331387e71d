"""Read this dialect's lists: ``order``, ``select``, ``with``, ``q`` and ``search_fields``.

Everything here is text into small values, names as the client wrote them. Separators are ``;``
between items, ``:`` before an operator or a value, ``|`` before a direction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

OPERATORS = frozenset({"=", "like", "in"})
DIRECTIONS = {"": False, "asc": False, "desc": True}
MOST_ITEMS = 50


@dataclass(frozen=True)
class Order:
    """A field to order by; a direction that is none is kept for the refusal."""

    name: str
    descending: bool = False
    bad_direction: str = ""


@dataclass(frozen=True)
class Search:
    """What to look for: ``text`` as a whole, and the same read as ``field: value`` where it can be.

    ``fields`` are pairs of a name and an operator, "" for the field's own; None without any named.
    """

    text: str = ""
    pairs: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[tuple[str, str], ...] | None = None
    match_all: bool = False


def orders_of(params: Mapping[str, Any]) -> list[Order]:
    """Return what to order by: text, one pair or a list of pairs; else ``sort_field``.

    What names no field is passed over.
    """
    given = params.get("order")
    if given in (None, "", [], {}):
        name = _text(params.get("sort_field"))
        return [_order(name, _text(params.get("sort_direction")))] if name else []
    if isinstance(given, Mapping):
        given = [given] if "field" in given else list(given.values())
    items = given if isinstance(given, list) else _items(_text(given))
    found = []
    for item in items[:MOST_ITEMS]:
        if isinstance(item, Mapping):
            found.append(_order(_text(item.get("field")), _text(item.get("direction"))))
        elif _text(item):
            name, _, direction = _text(item).partition("|")
            found.append(_order(name, direction))
    return [order for order in found if order.name]


def _order(name: str, direction: str) -> Order:
    word = direction.strip().lower()
    if word not in DIRECTIONS:
        return Order(name.strip(), bad_direction=word)
    return Order(name.strip(), DIRECTIONS[word])


def names_of(value: object) -> list[str]:
    """Return names between ``;``, or of a list."""
    if isinstance(value, Mapping):
        value = list(value.values())
    items = value if isinstance(value, list) else _items(_text(value))
    return [_text(item).strip() for item in items if _text(item).strip()]


def search_of(params: Mapping[str, Any]) -> Search | None:
    """Return what to search; None where ``q`` is missing, blank or, a quirk of PHP, ``0``."""
    text = _text(params.get("q")).strip()
    if text in ("", "0"):
        return None
    named = params.get("search_fields")
    return Search(
        text=text,
        pairs=_pairs(text),
        fields=None if _text(named) == "" and not named else _fields(named),
        match_all=_text(params.get("search_match")).strip().lower() == "and",
    )


def take_of(params: Mapping[str, Any]) -> int | None:
    """Return how many records a search is limited to; None for no limit."""
    word = _text(params.get("take")).strip()
    found = int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0
    return found or None


def whole_number(value: object, default: int) -> int:
    """Return a positive number, or the default for what is none."""
    word = _text(value).strip()
    found = int(word) if word.isascii() and word.isdecimal() and len(word) < 19 else 0
    return found or default


def _pairs(text: str) -> dict[str, str]:
    """Return ``field: value`` pairs; further colons belong to the value."""
    if ":" not in text[1:] or text.startswith(":") or "://" in text:
        return {}
    found: dict[str, str] = {}
    for item in _items(text):
        name, colon, value = item.partition(":")
        if colon:
            # The last one counts, as in PHP.
            found[name.strip()] = value.strip()
    return found


def _fields(value: object) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for item in names_of(value)[:MOST_ITEMS]:
        name, _, operator = item.partition(":")
        word = operator.strip().lower()
        found[name.strip()] = word if word in OPERATORS else ""
    return tuple(found.items())


def _items(text: str) -> list[str]:
    return [item for item in text.split(";") if item.strip()]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value) if isinstance(value, str | int | float) else ""
