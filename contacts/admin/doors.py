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
FormCode = Callable[[str, str, str, Sequence[tuple[str, str]]], str]


@dataclass(frozen=True, slots=True)
class Door:
    """One protocol that programs may come through.

    `key_kind` is the kind of credential that people make for it in the browser ("": none), and
    `key_name` the word under which `sample` takes the secret. Where programs may call the secret a
    client secret, `client_id` returns the client id of a credential. `form_code` returns HTML that
    sends a web form through this door (base URL, form key, project's identifier, fields as pairs of
    key and label), where there is such a thing.
    """

    name: str
    title: str
    version: str
    docs_url: str
    sample: Sample
    key_kind: str = ""
    key_name: str = ""
    client_id: Callable[[int], str] | None = None
    form_code: FormCode | None = None


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


def door_of_key(kind: str) -> Door | None:
    """Return the door that a kind of credential opens, or None."""
    return next((door for door in _doors.values() if kind and door.key_kind == kind), None)


def title_of_door(name: str) -> str:
    """Return what people call a door; an unknown name stands for itself."""
    if name in _doors:
        return _doors[name].title
    return str(OWN_DOORS.get(name, name))
