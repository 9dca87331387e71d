"""Say once what a first conversation in a dialect is; programs in four languages follow from it.

A dialect that wants to be shown has a file ``showing.py`` with these functions:

- ``example(credentials) -> Sequence[Step]``: the requests that lead to a list of contacts;
- ``known_as(document) -> Known | None``: under which id and address it knows a contact;
- ``field_name(number, slug) -> str``: what it calls a custom field;
- ``clients(base_url, credentials) -> Sequence[CodeSample]``: how well-known clients are told of
  this server, each under its own name.

What one answer gives for the next request is named by ``Kept``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.base.dialect import Credentials


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that an earlier answer gave."""

    name: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Text put together of parts; with ``is_md5`` its MD5 in hexadecimal digits."""

    parts: tuple[str | Kept, ...]
    is_md5: bool = False


Value = str | Joined


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One request; its body is a form, or else JSON text.

    ``keeps`` says where in the JSON of the answer a value for later stands.
    """

    path: str
    method: str = "GET"
    headers: Mapping[str, Value] = field(default_factory=dict)
    query: Mapping[str, Value] = field(default_factory=dict)
    form: Mapping[str, Value] = field(default_factory=dict)
    json: str = ""
    keeps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """How a dialect knows a contact: its id there, and the path that reads it."""

    id: str
    path: str


@dataclass(frozen=True, slots=True)
class CodeSample:
    """A program that makes the conversation, to paste and run."""

    language: str
    code: str


def steps_of(part: object, credentials: Credentials) -> Sequence[Step]:
    """Return the conversation that a dialect's ``showing.py`` describes, or none."""
    example = getattr(part, "example", None)
    return example(credentials) if example is not None else ()
