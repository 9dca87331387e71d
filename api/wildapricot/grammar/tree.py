"""A filter as the client wrote it: its own names, literals still text, each with its place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A value as written; `is_null` for the bare word NULL."""

    text: str
    position: int
    is_null: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field against a value; the operator is one of eq ne gt ge lt le."""

    name: str
    operator: str
    value: Literal
    position: int


@dataclass(frozen=True, slots=True)
class Substring:
    """A text to be found inside a field; `name` and `value` may have changed places.

    `expected` is what the whole is compared with, "true" unless the client says so.
    """

    name: Literal
    value: Literal
    position: int
    operator: str = "eq"
    expected: str = "true"


@dataclass(frozen=True, slots=True)
class Every:
    """Parts joined by AND."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Parts joined by OR."""

    parts: tuple["Node", ...]


Node = Comparison | Substring | Every | Either
