"""How values of each type are written, read and compared on this wire.

Everything that is written is text: numbers are ``"7"``, yes is ``"1"``, nothing is ``""``.
"""

from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from api.civicrm.errors import bad_integer, bad_operator, bad_option, bad_value, shown, too_long
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping import moments
from api.civicrm.mapping.conditions import NOTHING, condition_of, each_operand
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.options import (
    Choice,
    choice_stored_as,
    choices_of,
    find_choice,
    meets,
)
from api.civicrm.mapping.periods import within_period
from contacts.access import Actor
from contacts.fields.types import LARGEST_ID, read_moment
from contacts.query import Condition, where


class Format:
    """One way to write values; without state, so that one object serves every field of it.

    ``code`` is the number of the type in descriptions of fields, ``is_list`` says whether a value
    is several, ``names_records`` whether it may be the name of what it points to.
    """

    code: ClassVar[int] = 2
    html: ClassVar[str] = "Text"
    is_list: ClassVar[bool] = False
    names_records: ClassVar[bool] = False

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return a value of a document as answers show it."""
        return "" if value is None else str(value)

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return a value to store as the domain takes it; raises CiviApiError."""
        raise NotImplementedError

    def compared(self, value: object, field: WireField, actor: Actor) -> object:
        """Return a value to compare with as the domain takes it; raises CiviApiError."""
        return self.read(value, field, actor)

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means."""
        ask = partial(_asked, actor, kind, field)
        value = each_operand(asked, lambda item: self.compared(item, field, actor))
        return condition_of(ask, asked, value)


def _asked(actor: Actor, kind: str, field: WireField, operator: str, value: object) -> Any:  # noqa: ANN401 -- a comparison
    return where(actor, field.key, operator, value, kind=kind, scope=field.scope)


class Text(Format):
    """Text; kept as it is given."""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the text within its limit."""
        text = self.compared(value, field, actor)
        if field.max_length and len(text) > field.max_length:
            raise too_long(field.name, len(text), field.max_length)
        return text

    def compared(self, value: object, field: WireField, actor: Actor) -> str:
        """Return the text of a text, number or truth."""
        if isinstance(value, bool):
            return "1" if value else "0"
        if not isinstance(value, str | int | float):
            raise bad_value(field.name, "string")
        return str(value)


class LongText(Text):
    """Text of many lines."""

    code: ClassVar[int] = 32
    html: ClassVar[str] = "TextArea"


class LowerText(Text):
    """Text that is stored in small letters: e-mail addresses."""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the text in small letters."""
        return str(super().read(value, field, actor)).lower()


class Integer(Format):
    """A whole number, or the id of a record."""

    code: ClassVar[int] = 1

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the number."""
        return whole(value, field.name)

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means; patterns of numbers are not looked for."""
        if "LIKE" in asked.operator:
            raise bad_operator(asked.name)
        return super().condition(actor, kind, field, asked)


def whole(value: object, name: str) -> int:
    """Return a whole number given as a number or as digits; raises CiviApiError."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str):
        text = value.strip()
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 20):
            raise bad_integer(name)
        value = int(text)
    if not isinstance(value, int) or abs(value) > LARGEST_ID:
        raise bad_integer(name)
    return value


class Number(Format):
    """A number with a fraction."""

    code: ClassVar[int] = 512

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the number as text or number; the domain reads it."""
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise bad_value(field.name, "number")
        return value

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the number without a fraction of nothing but zeros."""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return super().written(value, field)


class Money(Number):
    """An amount."""

    code: ClassVar[int] = 1024


class YesNo(Format):
    """Yes or no: "1" or "0"."""

    code: ClassVar[int] = 16
    html: ClassVar[str] = "CheckBox"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return "1" or "0"; what is missing is no."""
        return "1" if value else "0"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the truth."""
        if isinstance(value, str) and value.strip().lower() in _WORDS:
            return _WORDS[value.strip().lower()]
        if isinstance(value, bool | int) and value in (0, 1):
            return bool(value)
        raise bad_value(field.name, "boolean")

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means, by asking which of the two answers it takes."""
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            return super().condition(actor, kind, field, asked)
        wanted = Filter(
            asked.name,
            asked.operator,
            each_operand(asked, lambda item: int(bool(self.read(item, field, actor)))),
        )
        taken = [truth for truth in (True, False) if meets(wanted, int(truth))]
        if not taken:
            return NOTHING
        return where(actor, field.key, "in", taken, kind=kind)


_WORDS = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off", ""), False),
}


class Day(Format):
    """A calendar day."""

    code: ClassVar[int] = 4
    html: ClassVar[str] = "Select Date"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the day."""
        return moments.day_of(value, field.name, actor)

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means; it may name a period."""
        return super().condition(actor, kind, field, within_period(asked, actor))


class Moment(Format):
    """A date with a time, in the time zone of who asks."""

    code: ClassVar[int] = 256
    html: ClassVar[str] = "Select Date"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return ``YYYY-MM-DD HH:MM:SS``."""
        if not isinstance(value, str) or not value:
            return ""
        return moments.written(read_moment(value))

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the moment."""
        return moments.moment_of(value, field.name, actor)

    def compared(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the moment; stored ones are finer than the wire's seconds."""
        found: datetime = moments.moment_of(value, field.name, actor)
        return found

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means; it may name a period."""
        return super().condition(actor, kind, field, within_period(asked, actor))


class Option(Format):
    """One choice of a list: on the wire its number, in the domain its id.

    Written and asked by number, machine name or label.
    """

    code: ClassVar[int] = 1
    html: ClassVar[str] = "Select"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the number of the choice."""
        choice = choice_stored_as(field.list_name, value) if value else None
        return choice.number if choice else ""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return what the domain stores for the choice."""
        return self.choice(value, field).stored

    def choice(self, value: object, field: WireField) -> Choice:
        """Return the choice that a value names; raises CiviApiError."""
        found = find_choice(field.list_name, value)
        if found is None:
            raise bad_option(field.name, value)
        return found

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means, by asking which of the choices it takes."""
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            return super().condition(actor, kind, field, asked)
        if "LIKE" in asked.operator:
            wanted = Filter(asked.name, asked.operator, shown(asked.operand))
            taken = [each for each in choices_of(field.list_name) if meets(wanted, each.label)]
        else:
            numbers = each_operand(asked, lambda item: int(self.choice(item, field).number))
            wanted = Filter(asked.name, asked.operator, numbers)
            taken = [
                each for each in choices_of(field.list_name) if meets(wanted, int(each.number))
            ]
        if not taken:
            return NOTHING
        ids = [each.stored for each in taken]
        return where(actor, field.key, "in", ids, kind=kind, scope=field.scope)


TEXT = Text()
LONG_TEXT = LongText()
LOWER_TEXT = LowerText()
INTEGER = Integer()
NUMBER = Number()
MONEY = Money()
YES_NO = YesNo()
DAY = Day()
MOMENT = Moment()
OPTION = Option()
