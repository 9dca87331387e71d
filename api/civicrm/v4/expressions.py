"""Read and work out what ``select`` may ask for besides names: functions of names.

expression = call [ "AS" name ]
call       = function "(" [ "DISTINCT" ] [ argument { "," argument } ] ")"
argument   = call | name | "*" | number | text in quotes
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.errors import CiviApiError
from api.civicrm.mapping.options import ordered_by
from api.civicrm.v4.functions import FUNCTIONS, TOTALS, require_arguments

Value = Any  # JSON

MAX_LENGTH = 1_000
MAX_DEPTH = 10
_SIGNS = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_][\w.:]*)|(?P<number>\d+(?:\.\d+)?)"
    r"|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|(?P<sign>[(),*]))"
)
_NAMED = re.compile(r"(?P<written>.+?)\s+AS\s+(?P<name>\w+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Expression:
    """A field by its name or, with ``function``, what a function makes of its arguments.

    A ``constant`` is itself.
    """

    name: str = ""
    function: str = ""
    arguments: "tuple[Expression, ...]" = ()
    is_distinct: bool = False
    constant: Value = None

    def names(self) -> Iterator[str]:
        """Yield the names of the fields that it reads."""
        if self.name:
            yield self.name
        for each in self.arguments:
            yield from each.names()

    @property
    def is_total(self) -> bool:
        """Say whether it makes one value of many rows."""
        return self.function in TOTALS or any(each.is_total for each in self.arguments)

    def value(self, rows: Sequence[Record]) -> Value:
        """Return what it is for a group of rows: of the first, where it is no total."""
        if self.function in TOTALS:
            return TOTALS[self.function](self._listed(rows))
        if self.function:
            return FUNCTIONS[self.function]([each.value(rows) for each in self.arguments])
        if self.name:
            return rows[0].get(self.name) if rows else None
        return self.constant

    def _listed(self, rows: Sequence[Record]) -> list[Value]:
        """Return the values of each row, without empty ones and, if so wished, none twice."""
        if not self.arguments:
            return [1 for _row in rows]
        found = [self.arguments[0].value([row]) for row in rows]
        found = [each for each in found if each is not None]
        if not self.is_distinct:
            return found
        return list({ordered_by(each): each for each in found}.values())


@dataclass(frozen=True, slots=True)
class Column:
    """What one row of the answer shows under a name."""

    name: str
    expression: Expression


def column_of(written: str) -> Column:
    """Return the column that an item of ``select`` describes; raises CiviApiError."""
    named = _NAMED.fullmatch(written.strip())
    expression = expression_of(named["written"] if named else written)
    if named:
        return Column(named["name"], expression)
    if expression.function:
        return Column(f"{expression.function}:{'_'.join(expression.names())}", expression)
    return Column(written.strip(), expression)


def expression_of(written: str) -> Expression:
    """Return the expression that a text is; raises CiviApiError."""
    if len(written) > MAX_LENGTH:
        raise unreadable(written)
    reader = _Reader(written)
    found = reader.expression(0)
    if reader.peek() is not None:
        raise unreadable(written)
    return found


def unreadable(written: str) -> CiviApiError:
    """Return the error for a text that is no expression."""
    return CiviApiError(f"Unable to parse sql expression: {written[:255]}", 0)


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def peek(self) -> re.Match[str] | None:
        found = _SIGNS.match(self.text, self.place)
        if found is None and self.text[self.place :].strip():
            raise unreadable(self.text)
        return found

    def take(self) -> re.Match[str]:
        found = self.peek()
        if found is None:
            raise unreadable(self.text)
        self.place = found.end()
        return found

    def has(self, sign: str) -> bool:
        """Take a sign if it comes next."""
        found = self.peek()
        if found is None or found["sign"] != sign:
            return False
        self.place = found.end()
        return True

    def expression(self, depth: int) -> Expression:
        found = self.take()
        if found["name"] is None or depth > MAX_DEPTH:
            return self.constant(found)
        if not self.has("("):
            return Expression(name=found["name"])
        function = found["name"].upper()
        if function not in TOTALS and function not in FUNCTIONS:
            raise unreadable(self.text)
        is_distinct = self.is_distinct()
        arguments = () if self.has(")") else self.arguments(depth)
        require_arguments(function, len(arguments))
        return Expression("", function, arguments, is_distinct)

    def is_distinct(self) -> bool:
        found = self.peek()
        if found is None or (found["name"] or "").upper() != "DISTINCT":
            return False
        self.place = found.end()
        return True

    def arguments(self, depth: int) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while True:
            if not self.has("*"):
                found.append(self.expression(depth + 1))
            if self.has(")"):
                return tuple(found)
            if not self.has(","):
                raise unreadable(self.text)

    def constant(self, found: re.Match[str]) -> Expression:
        if found["number"] is not None:
            number = float(found["number"])
            return Expression(constant=int(number) if number.is_integer() else number)
        text = found["single"] if found["single"] is not None else found["double"]
        if text is None:
            raise unreadable(self.text)
        return Expression(constant=text)
