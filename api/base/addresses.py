"""Say which addresses and methods each dialect answers, and whether two want the same.

Patterns are regular expressions, so two of them are compared by example: Django's own way of
writing an address from a pattern gives sample paths of one, and the other is asked whether it
would answer them too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, cast

from django.urls import URLPattern, URLResolver
from django.utils.regex_helper import normalize

from api.base.dialect import Dialect

# One of these suits nearly every named part of an address: ids, words, formats, versions.
SAMPLES = ("1", "demo", "json", ".json", "v2.2", "x1")
MAX_SAMPLES = 200
# A part that is one of some words: (?P<resource>events|invoices).
_WORDS = re.compile(r"\(\?P<\w+>([\w|]+)\)")


@dataclass(frozen=True)
class Route:
    """One pattern of a dialect with everything that its view can do."""

    dialect: str
    pattern: str
    view: str
    methods: frozenset[str]
    match: "URLPattern"
    prefixes: tuple[URLResolver, ...] = ()

    def answers(self, path: str) -> bool:
        """Say whether the route's pattern takes the path (without the leading slash)."""
        for resolver in self.prefixes:
            found = resolver.pattern.match(path)
            if found is None:
                return False
            path = found[0]
        return self.match.pattern.match(path) is not None

    def samples(self) -> list[str]:
        """Return some paths that the route answers."""
        found: list[str] = []
        words = [word for group in _WORDS.findall(self.pattern) for word in group.split("|")]
        for text, names in normalize(self.pattern):
            for values in product((*SAMPLES, *words), repeat=len(names)):
                path = text % dict(zip(names, values, strict=True))
                if self.answers(path) and path not in found:
                    found.append(path)
                if len(found) >= MAX_SAMPLES:
                    return found
        return found


@dataclass(frozen=True)
class Clash:
    """One address that two dialects want to answer."""

    path: str
    methods: frozenset[str]
    first: Route
    second: Route

    def __str__(self) -> str:
        methods = ", ".join(sorted(self.methods))
        return (
            f"{methods} /{self.path}: {self.first.dialect} ({self.first.pattern}) "
            f"and {self.second.dialect} ({self.second.pattern})"
        )


def routes(dialect: Dialect) -> list[Route]:
    """Return every route of a dialect."""
    patterns = cast("list[URLPattern | URLResolver]", cast(Any, dialect.part("urls")).urlpatterns)
    return list(_routes(dialect, patterns, ()))


def clashes(dialects: Iterable[Dialect]) -> list[Clash]:
    """Return the addresses and methods that more than one dialect claims."""
    tables = [routes(dialect) for dialect in dialects]
    return [
        clash
        for index, table in enumerate(tables)
        for others in tables[:index] + tables[index + 1 :]
        for route in table
        for clash in _clashes(route, others)
    ]


def _clashes(route: Route, others: list[Route]) -> Iterator[Clash]:
    for path in route.samples():
        for other in others:
            methods = route.methods & other.methods
            if methods and other.answers(path):
                yield Clash(path, methods, route, other)


def _routes(
    dialect: Dialect,
    patterns: "Iterable[URLPattern | URLResolver]",
    prefixes: tuple[URLResolver, ...],
) -> Iterator[Route]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _routes(dialect, entry.url_patterns, (*prefixes, entry))
        else:
            parts: list[URLPattern | URLResolver] = [*prefixes, entry]
            whole = "".join(_regex(part) for part in parts)
            name, methods = _view(entry)
            yield Route(dialect.name, whole, name, methods, entry, prefixes)


def _regex(entry: URLPattern | URLResolver) -> str:
    # Both kinds of pattern have a compiled regular expression; the stubs know it of one only.
    regex: str = cast(Any, entry.pattern).regex.pattern
    return regex.removeprefix("^").removesuffix(r"\Z").removesuffix("$")


def _view(entry: URLPattern) -> tuple[str, frozenset[str]]:
    # View sets and class views leave these on the function that `as_view` made.
    function = cast(Any, entry.callback)
    view: Any = getattr(function, "cls", None) or getattr(function, "view_class", None)
    if view is None:
        return function.__name__, frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
    actions: dict[str, str] | None = getattr(function, "actions", None)
    # A view set gets its methods from the actions only when a request comes, and HEAD with them.
    names = actions or [name for name in view.http_method_names if hasattr(view, name)]
    return view.__name__, frozenset(name.upper() for name in names) - {"HEAD"}
