"""What the browser UI knows of the ways in: their titles, and how a program tries them.

The dialects live above the domain, so whoever assembles the server tells their names here
(`open_door`, called once a dialect while the server starts).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# From the base URL and the credentials to one command to paste into a shell.
Sample = Callable[[str, Mapping[str, str | int | None]], str]


@dataclass(frozen=True, slots=True)
class FormPost:
    """A web form as somebody else's page may send it: its key, its project, its fields.

    `fields` are pairs of a field's key in the catalogue and its label.
    """

    base_url: str
    key: str
    project: str
    fields: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Door:
    """One protocol that programs may come through.

    `form_code` returns HTML that sends a web form by this protocol, where it has such a thing.
    """

    name: str
    title: str
    docs: str
    sample: Sample
    form_code: Callable[[FormPost], str] | None = None


_doors: dict[str, Door] = {}

OWN_DOORS: dict[str, str | Promise] = {
    "browser": _("Browser"),
    "form": _("Web form"),
    "import": _("Import"),
    "demo": _("Demo data"),
    "system": _("System"),
}


def open_door(door: Door) -> None:
    """Make a door known."""
    _doors[door.name] = door


def doors() -> list[Door]:
    """Return the doors for programs, in order of their titles."""
    return sorted(_doors.values(), key=lambda door: door.title)


def title_of_door(name: str) -> str:
    """Return what people call a door; an unknown name stands for itself."""
    if name in _doors:
        return _doors[name].title
    return str(OWN_DOORS.get(name, name))
