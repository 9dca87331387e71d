"""Values of an answer that JSON and XML write differently.

Answers are plain dicts and lists. Where XML cannot be told from them, one of these says how:

    Marked({"id": 1, "name": "Ann"})    <author id="1" name="Ann"/>
    Items("phone", ["1"])               <phones type="array"><phone>1</phone></phones>

JSON writes both as the dict and the list that they are.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import ClassVar

# What may stand in an answer: JSON's types, nested.
Wire = dict[str, object]


class Marked(dict[str, object]):
    """An object of which XML writes some keys, all unless its class says which, as attributes."""

    # A page has thousands of these: they are made as plain objects are.
    __slots__ = ()
    attributes: ClassVar[Collection[str]] = ()


class Items(list[object]):
    """A list of which XML writes every item as an element of one name."""

    __slots__ = ("tag",)

    def __init__(self, tag: str, items: Iterable[object] = ()) -> None:
        super().__init__(items)
        self.tag = tag


class Ready(str):
    """An element that is XML already."""

    __slots__ = ()


def reference(record_id: int, name: str) -> Marked:
    """Return a reference to a record."""
    return Marked({"id": record_id, "name": name})


def moment(text: object) -> str | None:
    """Return a moment of a document without its fraction: ``2026-11-21T22:41:30Z``."""
    return f"{text[:19]}Z" if isinstance(text, str) and text else None


def present(values: Mapping[str, object | None]) -> Wire:
    """Return the values without those that are absent; empty ones (``""``, ``[]``) stay."""
    return {key: value for key, value in values.items() if value is not None}
