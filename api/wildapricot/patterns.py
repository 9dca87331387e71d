"""Match addresses as this protocol's clients write them: in any case, with any slashes."""

import re
from collections.abc import Callable
from typing import Any

from django.urls import URLPattern
from django.urls.resolvers import RegexPattern

_SLASHES = re.compile(r"/{2,}")
# Pages of the site itself ask below this; the views are the same.
_OWN_PAGES = re.compile(r"^/?sys/api/(?=v[0-9])", re.IGNORECASE)
# Any version is answered, and all alike: clients use v2, v2.1, v2.2 and v2.3.
VERSION = r"(?P<version>v[0-9][0-9.]*)"


class LenientPattern(RegexPattern):
    """A pattern that ignores case and takes repeated slashes for one.

    The vendor's C# sample asks for ``//v2.3/accounts``; docs/dialects/wildapricot.md, "Addresses".
    """

    def __init__(self, text: str, name: str | None) -> None:
        """Take the pattern of a whole address."""
        super().__init__(text, name=name, is_endpoint=True)
        # Where Django keeps its own compiled pattern, which would be sensitive to case.
        self.__dict__["regex"] = re.compile(text, re.IGNORECASE)

    def match(self, path: str) -> tuple[str, tuple[Any, ...], dict[str, Any]] | None:
        """Return what Django's own pattern returns for the plain path."""
        plain = _OWN_PAGES.sub("", _SLASHES.sub("/", path))
        return super().match(plain.lstrip("/"))


def at(path: str, view: Callable[..., Any], name: str = "") -> URLPattern:
    """Return the pattern of an address below a version, with or without a slash at the end."""
    return whole(f"{VERSION}/{path}" if path else VERSION, view, name)


def whole(path: str, view: Callable[..., Any], name: str = "") -> URLPattern:
    """Return the pattern of a whole address, with or without a slash at the end."""
    pattern = LenientPattern(rf"^{path}/?$", name or None)
    return URLPattern(pattern, view, name=name or None)
