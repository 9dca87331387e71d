"""One request, with places for the ids and words of hidden records."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from api.base.addresses import Route, routes
from api.base.discovery import dialects

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Probe:
    """A request: ``{contact}`` in path or body is the id of a hidden contact, or a missing one.

    ``{mark}`` is the word that marks everything hidden, or one that is nowhere.
    """

    name: str
    method: str
    path: str
    body: str = ""
    content_type: str = JSON
    # Of requests of one kind the short run sends the first.
    kind: str = ""
    # Opens or closes the caller's own session, which a key that may only read does as well.
    is_about_session: bool = False

    def __post_init__(self) -> None:
        """Take the name for the kind where none is given."""
        object.__setattr__(self, "kind", self.kind or self.name)

    @property
    def is_writing(self) -> bool:
        """Say whether the request may change something."""
        return self.method != "GET"


def as_json(value: object) -> str:
    """Return JSON in which places for numbers stay places."""
    return json.dumps(value)


def as_query(**values: str) -> str:
    """Return a query string; the braces of places survive."""
    return urlencode(values, safe="{}")


def registered(dialect: str) -> list[Route]:
    """Return every route of a dialect."""
    (found,) = [each for each in dialects() if each.name == dialect]
    return routes(found)


def named(route: Route, method: str) -> str:
    """Return the name of one method of a route."""
    return f"{method} {route.pattern}"


def each_method(dialect: str) -> Iterator[tuple[Route, str, str]]:
    """Yield every route with every method that it answers, and the name of both."""
    for route in registered(dialect):
        for method in sorted(route.methods - {"OPTIONS"}):
            yield route, method, named(route, method)


def filled(pattern: str, places: Mapping[str, str]) -> str:
    """Return an address of a pattern, a text in the place of every named part."""
    text, depth, name = "", 0, ""
    position = 0
    while position < len(pattern):
        if pattern.startswith("(?P<", position):
            end = pattern.index(">", position)
            name = pattern[position + 4 : end]
            text += places[name]
            position, depth = end + 1, 1
            while depth:
                depth += {"(": 1, ")": -1}.get(pattern[position], 0)
                position += 1
        else:
            text += pattern[position]
            position += 1
    return text


Body = dict[str, Any]
