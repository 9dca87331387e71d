"""The links at the side of every page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# Sections in the order in which they stand; the first needs no title.
SECTIONS = {
    "work": "",
    "doors": _("Doors"),
    "setup": _("Set-up"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One entry; `order` sorts within its section."""

    section: str
    order: int
    label: str
    url: str
    icon: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled set of entries."""

    title: str
    links: tuple[Link, ...]


_further: list[Callable[[HttpRequest], Link]] = []


def add_link(make: Callable[[HttpRequest], Link]) -> None:
    """Have every page lead to a screen that is not of this site as well."""
    _further.append(make)


def further_links(request: HttpRequest) -> list[Link]:
    """Return the links to such screens."""
    return [make(request) for make in _further]


def sections_of(links: Iterable[Link]) -> list[Section]:
    """Return the sections that have entries."""
    ordered = sorted(links, key=lambda link: link.order)
    grouped = {name: tuple(link for link in ordered if link.section == name) for name in SECTIONS}
    return [Section(str(SECTIONS[name]), found) for name, found in grouped.items() if found]


def is_below(request: HttpRequest, url: str) -> bool:
    """Tell whether a page is at an address or below it."""
    return request.path == url or (url.count("/") > 2 and request.path.startswith(url))
