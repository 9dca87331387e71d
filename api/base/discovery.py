"""Find the dialects: a package beside this one is a dialect, and nothing else has to be edited.

Settings import this module, so it imports nothing of Django before the first call that needs it.
"""

import os
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from api.base.dialect import Dialect

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

NOT_DIALECTS = frozenset({"base", "wire"})
SWITCH = "DIALECTS"


class UnknownDialectError(ValueError):
    """The environment switches on a dialect that does not exist."""

    def __init__(self, names: list[str], known: list[str]) -> None:
        self.names = names
        self.known = known
        super().__init__(f"{SWITCH}: unknown {', '.join(names)}; there are {', '.join(known)}")


def dialect_packages(package: str = "api") -> list[str]:
    """Return the dotted names of the dialect packages that are switched on, in order of name.

    The environment variable ``DIALECTS`` (names separated by commas) switches the others off;
    unset or empty, all are on.
    """
    names = _names_in(*import_module(package).__path__)
    wanted = _switched_on(names)
    return [f"{package}.{name}" for name in names if name in wanted]


def dialects(package: str = "api") -> list[Dialect]:
    """Return the description of every dialect that is switched on."""
    return [import_module(name).DIALECT for name in dialect_packages(package)]


def urlpatterns(package: str = "api") -> list["URLPattern | URLResolver"]:
    """Return the addresses of all dialects, for mounting at the root."""
    found: list[URLPattern | URLResolver] = []
    for dialect in dialects(package):
        found.extend(dialect.part("urls").urlpatterns)
    return found


def others_than(patterns: list[str]) -> str:
    """Return a pattern for the paths that none of the patterns fits."""
    return rf"^(?!{'|'.join(patterns)})" if patterns else r"^"


@cache
def _names_in(*folders: str) -> list[str]:
    """Return the names of the dialects in some folders, which are read once."""
    return sorted(
        module.name
        for module in iter_modules(folders)
        if module.ispkg and module.name not in NOT_DIALECTS
    )


def _switched_on(names: list[str]) -> set[str]:
    text = os.environ.get(SWITCH, "").strip()
    if not text:
        return set(names)
    wanted = {name.strip() for name in text.split(",") if name.strip()}
    unknown = sorted(wanted.difference(names))
    if unknown:
        raise UnknownDialectError(unknown, names)
    return wanted
