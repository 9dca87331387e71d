"""Fields that are one field of the domain: texts, numbers, truths, dates."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import (
    EVERYTHING,
    NOTHING,
    is_so,
    like,
    one_of,
    ordered_condition,
    text_condition,
)
from api.vtiger.mapping.field import Document, Draft, Look, Wire, WireField, Writer
from api.wire.dates import read_date, read_moment
from api.wire.errors import MalformedError
from contacts.access import Actor, find_readable
from contacts.fields import Field, compare
from contacts.query import And, Compare, Condition, Not, Or, SortKey, field_of, sorted_by

ONE_SECOND = timedelta(seconds=1)
# How programs beside a MySQL database write no day.
NO_DAY = "0000-00-00"
# Other orders of day, month and year than ISO's, as people type them.
_DOTTED = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
# An amount as people write it, which the original reads too: 1,234.50.
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class KeyField(WireField):
    """A field that is one field of the catalogue, by its key."""

    key: str
    kind: str = "contact"
    # Where the value stands in the document, unless under the key.
    path: tuple[str, ...] = ()

    def value(self, document: Document) -> object:
        """Return the value in the document, None for none."""
        *outer, last = self.path or (self.key,)
        for name in outer:
            document = document.get(name) or {}
        found: object = document.get(last)
        return found

    def is_there(self, actor: Actor) -> bool:
        """Tell whether the actor may read the field."""
        return find_readable(actor, self.kind, self.key) is not None

    def field(self, actor: Actor) -> Field:
        """Return the field of the catalogue; raises UnknownFieldError."""
        return field_of(actor, self.kind, self.key)

    def sort_key(self, actor: Actor, *, descending: bool) -> SortKey | None:
        """Return the field as what to order by."""
        return sorted_by(actor, self.key, kind=self.kind, descending=descending)

    def shown(self, document: Document, look: Look) -> str:
        """Return the value as it is."""
        value = self.value(document)
        return "" if value is None else str(value)

    def put(self, text: str, draft: Draft) -> None:
        """Leave the reading to the domain."""
        draft.values[self.key] = text


@dataclass(frozen=True, kw_only=True)
class TextField(KeyField):
    """A text."""

    def writer(self, look: Look) -> Writer:
        """Return what shows the text."""
        if self.path or type(self).shown is not KeyField.shown:
            return super().writer(look)
        return text_under(self.key)

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare as text."""
        return text_condition(self.field(actor), comparison)


@dataclass(frozen=True, kw_only=True)
class FlagField(KeyField):
    """A yes or no, written 1 or 0."""

    type: str = "boolean"
    default: str = ""

    def shown(self, document: Document, look: Look) -> str:
        """Return 1 or 0."""
        return "1" if self.value(document) else "0"

    def writer(self, look: Look) -> Writer:
        """Return what shows the digit."""
        if self.path or type(self).shown is not FlagField.shown:
            return super().writer(look)
        key = self.key
        return lambda document: "1" if document.get(key) else "0"

    def put(self, text: str, draft: Draft) -> None:
        """Read the usual words; what is none of them is no."""
        draft.values[self.key] = text.strip().lower() in ("1", "on", "true", "yes")

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare the digits; not set is no."""
        field = self.field(actor)
        said = {text: is_so(text, comparison) for text in ("0", "1")}
        if said["0"] and said["1"]:
            return EVERYTHING
        is_set = one_of(field, [True])
        if said["1"]:
            return is_set
        return Not(is_set) if said["0"] else NOTHING


@dataclass(frozen=True, kw_only=True)
class NumberField(KeyField):
    """A number; ``places`` are the decimals that are shown, None for those that are stored."""

    type: str = "integer"
    places: int | None = 0
    # What is shown where nothing is set.
    unset: str = ""

    def shown(self, document: Document, look: Look) -> str:
        """Return the number with its decimals."""
        value = self.value(document)
        if value in (None, ""):
            return self.unset
        number = Decimal(str(value))
        return format(number if self.places is None else round(number, self.places), "f")

    def put(self, text: str, draft: Draft) -> None:
        """Leave the reading to the domain; a blank around it is none of its.

        What stands for no number is sent back as it was read, and means none still.
        """
        number = text.strip()
        if self.type == "currency" and _GROUPED.fullmatch(number):
            number = number.replace(",", "")
        is_unset = draft.document and self.value(draft.document) in (None, "")
        if not (is_unset and number == self.unset):
            draft.values[self.key] = number

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare as numbers; whole ones with wildcards as text."""
        field = self.field(actor)
        if comparison.operator == "like" and field.type.name == "integer":
            return like(field, comparison.value)
        return ordered_condition(field, comparison, number_in)


@dataclass(frozen=True, kw_only=True)
class DayField(KeyField):
    """A day."""

    type: str = "date"

    def described(self, actor: Actor) -> Wire:
        """Add the one format that is written."""
        return {"format": "yyyy-mm-dd"}

    def put(self, text: str, draft: Draft) -> None:
        """Read ISO's order or that of people; the domain refuses what is no day."""
        draft.values[self.key] = iso_day(text)

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare as days; ``like`` as text."""
        field = self.field(actor)
        if comparison.operator == "like":
            return like(field, comparison.value)
        return ordered_condition(field, comparison, day_in)


@dataclass(frozen=True, kw_only=True)
class MomentField(KeyField):
    """A moment, in UTC and to the second."""

    type: str = "datetime"
    # Where the domain lets nobody write it.
    is_editable: bool = False

    def shown(self, document: Document, look: Look) -> str:
        """Return the moment without its fraction."""
        return moment_text(self.value(document))

    def put(self, text: str, draft: Draft) -> None:
        """Read the moment, in UTC; the domain refuses what is none."""
        draft.values[self.key] = moment_in(text) or ("" if text.startswith(NO_DAY) else text)

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare to the second: what is stored has fractions that nobody sees."""
        field = self.field(actor)
        if comparison.operator == "like":
            return like(field, comparison.value)
        moments = [found for text in comparison.values if (found := moment_in(text)) is not None]
        return Or(tuple(self._within(field, comparison.operator, each) for each in moments))

    def _within(self, field: Field, operator: str, moment: datetime) -> Condition:
        following = moment + ONE_SECOND
        since = Compare(field, compare(field, "ge", moment))
        after = Compare(field, compare(field, "ge", following))
        before = Compare(field, compare(field, "lt", moment))
        until = Compare(field, compare(field, "lt", following))
        meanings: dict[str, Condition] = {
            "<": before,
            "<=": until,
            ">": after,
            ">=": since,
            "!=": Or((before, after)),
        }
        return meanings.get(operator, And((since, until)))


def text_under(key: str) -> Writer:
    """Return what shows a value as text, "" for none."""

    def text(document: Document) -> str:
        value = document.get(key)
        if type(value) is str:
            return value
        return "" if value is None else str(value)

    return text


def moment_text(value: object) -> str:
    """Return a moment of a document as this protocol writes it."""
    text = str(value or "")
    return f"{text[:10]} {text[11:19]}" if text else ""


def number_in(text: str) -> Decimal | None:
    """Return the number in a literal, or None."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def day_in(text: str) -> date | None:
    """Return the day in a literal, or None."""
    try:
        return read_date(text.strip()[:10])
    except MalformedError:
        return None


def moment_in(text: str) -> datetime | None:
    """Return the moment in a literal, without a zone in UTC; None for what is none."""
    try:
        moment = read_moment(text, UTC)
        # One at the end of the calendar has no second after it.
        _ = moment + ONE_SECOND
    except (MalformedError, OverflowError):
        return None
    return moment.replace(microsecond=0)


def iso_day(text: str) -> str:
    """Return a day in ISO's order, whatever order it came in; "" for none, other text as it is."""
    ordered = _YEAR_FIRST.fullmatch(text.strip())
    if ordered is not None:
        text = f"{ordered[1]}-{ordered[3]:0>2}-{ordered[4]:0>2}"
    found = _DOTTED.fullmatch(text.strip())
    if found is None:
        day = text.strip()[:10]
        return "" if day == NO_DAY else day
    first, mark, second, year = found.groups()
    month, day = (first, second) if mark == "/" else (second, first)
    return f"{year}-{month:0>2}-{day:0>2}"
