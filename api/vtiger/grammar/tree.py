"""The parts of a query as the client wrote it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """A column compared with one value, or with several for ``in``."""

    name: str
    operator: str
    values: tuple[str, ...]

    @property
    def value(self) -> str:
        """Return the value of an operator that takes one."""
        return self.values[0]


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True when one part is."""

    parts: tuple["Condition", ...]


Condition = Comparison | All | Any


@dataclass(frozen=True, slots=True)
class Select:
    """One query. No columns mean all of them; ``is_count`` asks for their number instead.

    The direction belongs to the last column of the order alone; docs/dialects/vtiger.md, "Queries".
    """

    module: str
    columns: tuple[str, ...] = ()
    is_count: bool = False
    condition: Condition | None = None
    order: tuple[str, ...] = ()
    is_descending: bool = False
    offset: int = 0
    limit: int | None = None
