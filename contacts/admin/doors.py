"""What the browser UI knows of the ways in: their titles, and how a program tries them.

The dialects live above the domain, so whoever assembles the server tells their names here
(`open_door`, called once a dialect while the server starts).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.access import Actor

# From the base URL and the credentials to one command to paste into a shell.
Credentials = Mapping[str, str | int | None]
Sample = Callable[[str, Credentials], str]
FormCode = Callable[[str, str, str, Sequence[tuple[str, str, bool]]], str]


@dataclass(frozen=True, slots=True)
class Code:
    """A program that makes a first request, to paste and run."""

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: the status, the body as people read it, how long it took."""

    status: int
    body: str
    milliseconds: int
    is_good: bool


@dataclass(frozen=True, slots=True)
class Known:
    """Under what a protocol knows a contact: the id there, and the path that reads it."""

    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Ways:
    """What a door can do for people who look through it.

    `programs` writes the first request in several languages, `clients` the settings by which
    well-known clients find the server; `try_out` makes it with a credential;
    `known_as` says under what a contact is known, `field_name` what a custom field (its number and
    its slug) is called; `read` answers a path on behalf of the reader.
    """

    programs: Callable[[str, Credentials], Sequence[Code]]
    clients: Callable[[str, Credentials], Sequence[Code]]
    try_out: Callable[[HttpRequest, Credentials], Answer]
    known_as: Callable[[Mapping[str, Any]], Known | None]
    field_name: Callable[[int, str], str]
    read: Callable[[HttpRequest, Actor, str], Answer]


@dataclass(frozen=True, slots=True)
class Door:
    """One protocol that programs may come through.

    `key_kind` is the kind of credential that people make for it in the browser ("": none), and
    `key_name` the word under which `sample` takes the secret; `key_is_recoverable` says that the
    secret itself is needed to let a program in. Where programs may call the secret a client secret,
    `client_id` returns the client id of a credential. `form_code` returns HTML that sends a web
    form through this door (base URL, form key, project's identifier, fields as key, label
    and whether they are required), where there is such a thing, `form_command` a command for a
    shell that does. `ways` is None where a protocol cannot be shown.
    """

    name: str
    title: str
    version: str
    docs_url: str
    sample: Sample
    key_kind: str = ""
    key_name: str = ""
    client_id: Callable[[int], str] | None = None
    key_is_recoverable: bool = False
    form_code: FormCode | None = None
    form_command: FormCode | None = None
    ways: Ways | None = None


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


def find_door(name: str) -> Door | None:
    """Return a door by its name, or None."""
    return _doors.get(name)


def door_of_key(kind: str) -> Door | None:
    """Return the door that a kind of credential opens, or None."""
    return next((door for door in _doors.values() if kind and door.key_kind == kind), None)


def title_of_door(name: str) -> str:
    """Return what people call a door; an unknown name stands for itself."""
    if name in _doors:
        return _doors[name].title
    return str(OWN_DOORS.get(name, name))


def names_of_doors() -> list[tuple[str, str]]:
    """Return every way in with its title, for choosing."""
    own = [(name, str(title)) for name, title in OWN_DOORS.items()]
    return [*own, *((door.name, door.title) for door in doors())]
