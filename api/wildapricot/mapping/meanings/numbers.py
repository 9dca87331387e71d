"""Fields that are numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from api.wildapricot.mapping.conditions import ALWAYS, NEVER
from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.literals import number_of
from api.wildapricot.mapping.meanings.base import Asked, Document, Meaning
from contacts.access import Actor
from contacts.errors import BadValueError
from contacts.query import Condition, where

# Larger than what any number field holds: comparisons with it have a known answer.
BEYOND = 10**15


def as_number(value: object) -> object:
    """Return a kept number as JSON has it: decimals are kept as text."""
    if isinstance(value, str):
        number = Decimal(value)
        return (
            int(number)
            if number == number.to_integral_value() and "." not in value
            else float(number)
        )
    return value


@dataclass(frozen=True)
class Number(Meaning):
    """A number under a key of the catalogue; ``blank`` is what stands for none."""

    type: ClassVar[str] = "Number"
    is_whole: bool = False
    # Always with a fraction, as upstream writes amounts.
    is_money: bool = False
    is_fixed: bool = False
    blank: float | int | None = None
    kept_as: str = ""

    def read(self, document: Document) -> object:
        """Return the number."""
        value = document.get(self.kept_as or self.keys[0])
        if value is None:
            return self.blank
        return float(value) if self.is_money else as_number(value)

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the number, or nothing."""
        if self.is_fixed:
            return
        if value in (None, ""):
            draft.set(self.keys[0], None)
            return
        number = number_of(value)
        if number is None:
            draft.refuse(name, value, "Value is not a number.")
            return
        draft.set(self.keys[0], str(number))

    def equal(self, asked: Asked) -> Condition:
        """Return the condition of ``eq``."""
        return self._compared(asked, "eq")

    def ordered(self, asked: Asked) -> Condition:
        """Return the condition of ``gt``, ``ge``, ``lt`` and ``le``."""
        return self._compared(asked, asked.operator)

    def empty(self, actor: Actor) -> Condition:
        """Return "has no number"."""
        return where(actor, self.keys[0], "is_empty", True)

    def _compared(self, asked: Asked, operator: str) -> Condition:
        number = number_of(asked.literal.text)
        if number is None:
            raise asked.bad_value()
        if abs(number) > BEYOND:
            return self._beyond(asked.actor, operator, is_large=number > 0)
        if self.is_whole and number != number.to_integral_value():
            return self._between(asked.actor, operator, number)
        try:
            return where(asked.actor, self.keys[0], operator, str(number))
        except BadValueError:
            return self._beyond(asked.actor, operator, is_large=number > 0)

    def _beyond(self, actor: Actor, operator: str, *, is_large: bool) -> Condition:
        """Return what holds of every number against one that no field can have."""
        holds = operator in (("lt", "le") if is_large else ("gt", "ge"))
        return where(actor, self.keys[0], "is_empty", False) if holds else NEVER

    def _between(self, actor: Actor, operator: str, number: Decimal) -> Condition:
        """Return the condition of a fraction, which is never equal to a whole number."""
        if operator == "eq":
            return NEVER
        floor = int(number // 1)
        rounded = "le" if operator in ("lt", "le") else "gt"
        return where(actor, self.keys[0], rounded, floor)


@dataclass(frozen=True)
class CustomNumber(Number):
    """A number of a custom field."""

    number: int = 0

    def read(self, document: Document) -> object:
        """Return the number, or None."""
        value = document.get("custom", {}).get(str(self.number))
        return as_number(value[0] if isinstance(value, list) else value)


@dataclass(frozen=True)
class CustomCharge(CustomNumber):
    """An amount that is to be paid."""

    type: ClassVar[str] = "CalculatedExtraCharge"


@dataclass(frozen=True)
class NoNumber(Meaning):
    """A number that no contact has, or that is found out in another way."""

    type: ClassVar[str] = "Number"
    reader: Callable[[Document], object] = lambda document: None

    def read(self, document: Document) -> object:
        """Return what the reader finds."""
        return self.reader(document)

    def equal(self, asked: Asked) -> Condition:
        """Return nothing."""
        return self.ordered(asked)

    def ordered(self, asked: Asked) -> Condition:
        """Return nothing; what is no number is refused all the same."""
        if number_of(asked.literal.text) is None:
            raise asked.bad_value()
        return NEVER

    def empty(self, actor: Actor) -> Condition:
        """Return everything."""
        return ALWAYS
