"""Find the view of a path without trying every address of the server.

Django tries its patterns one after the other, and there are a hundred and fifty of them: that took
a tenth of what a small answer takes. Here only those are tried, in the same order, whose literal
beginning suits the first segment of the path, or the first two where one leaves many.
"""

from __future__ import annotations

import re
from typing import Any, cast

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RegexPattern, RoutePattern

KEEP_AT_MOST = 1_000
# So many are tried sooner than looked for by another segment.
FEW = 8

# What stands at the beginning of a regular expression for itself.
_LITERAL = re.compile(r"(?:[A-Za-z0-9_/-]|\\\.)*")
_REPEATED = ("?", "*", "+", "{")
_ESCAPED_OR_CLASS = re.compile(r"\\.|\[[^\]]*\]")
_INNERMOST = re.compile(r"\([^()]*\)")

Entry = URLPattern | URLResolver


class Mounted(URLResolver):
    """All addresses of the server, found by their first segments."""

    def __init__(self, entries: list[Entry]) -> None:
        """Take the addresses in the order in which they are tried."""
        super().__init__(RegexPattern(""), entries)
        self.by_beginning = [(beginning_of(each), each) for each in entries]
        self.by_segments: dict[str, list[Entry]] = {}

    def resolve(self, path: str) -> ResolverMatch:
        """Return the view of the first address that takes the path."""
        text = str(path)
        for each in self._candidates(text):
            try:
                found = each.resolve(text)
            except Resolver404:
                continue
            if found is not None:
                return found
        raise Resolver404({"tried": [], "path": text})

    def _candidates(self, path: str) -> list[Entry]:
        end = path.find("/") + 1 or len(path)
        found = self._beginning_like(path[:end])
        if len(found) > FEW:
            found = self._beginning_like(path[: path.find("/", end) + 1 or len(path)])
        return found

    def _beginning_like(self, segments: str) -> list[Entry]:
        found = self.by_segments.get(segments)
        if found is None:
            found = [each for start, each in self.by_beginning if _may_take(start, segments)]
            if len(self.by_segments) >= KEEP_AT_MOST:
                # Anybody may ask for any path.
                self.by_segments.clear()
            self.by_segments[segments] = found
        return found


def _may_take(beginning: str, segments: str) -> bool:
    """Tell whether an address may fit: segments with a slash at their end are not all of a path."""
    is_longer = segments.endswith("/") and beginning.startswith(segments)
    return is_longer or segments.startswith(beginning)


def beginning_of(entry: Entry) -> str:
    """Return the text with which all paths begin that an address takes."""
    pattern = entry.pattern
    if isinstance(pattern, RoutePattern):
        return str(pattern).partition("<")[0]
    # Both kinds of pattern have a compiled regular expression; the stubs know it of one only.
    compiled: re.Pattern[str] = cast(Any, pattern).regex
    regex = compiled.pattern
    in_any_case = compiled.flags & re.IGNORECASE
    if in_any_case or not regex.startswith("^") or _has_branches(regex):
        return ""
    regex = regex[1:]
    literal = cast(re.Match[str], _LITERAL.match(regex))[0]
    if regex[len(literal) :].startswith(_REPEATED):
        literal = literal[: -2 if literal.endswith(r"\.") else -1]
    return literal.replace(r"\.", ".")


def _has_branches(regex: str) -> bool:
    """Tell whether the whole expression is one of several."""
    left = _ESCAPED_OR_CLASS.sub("", regex)
    while (shorter := _INNERMOST.sub("", left)) != left:
        left = shorter
    return "|" in left
