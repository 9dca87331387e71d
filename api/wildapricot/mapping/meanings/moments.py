"""Fields that are moments or calendar days."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import ClassVar

from django.utils import timezone

from api.wildapricot.mapping.conditions import ALWAYS, NEVER
from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.literals import day_of, moment_of, span_of
from api.wildapricot.mapping.meanings.base import Asked, Document, Meaning
from contacts.access import Actor
from contacts.fields.types import read_moment
from contacts.query import Condition, where


def written(text: str | None) -> str | None:
    """Return a kept moment in the account's zone, with its offset and in whole seconds."""
    return in_account_zone(text, "seconds") if text else None


def in_account_zone(text: str, timespec: str) -> str:
    """Return a kept moment in the account's zone, with its offset."""
    return _in_zone(timezone.get_default_timezone(), text, timespec)


@lru_cache(maxsize=8_192)
def _in_zone(zone: tzinfo, text: str, timespec: str) -> str:
    return read_moment(text).astimezone(zone).isoformat(timespec=timespec)


@dataclass(frozen=True)
class Moment(Meaning):
    """A moment under a key of the catalogue."""

    type: ClassVar[str] = "DateTime"
    is_kept: bool = False

    def read(self, document: Document) -> object:
        """Return the moment, or None."""
        return written(document.get(self.keys[0]))

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the moment, where the field can be written."""
        if not self.is_kept:
            return
        moment = moment_of(value)
        if moment is None and value not in (None, ""):
            draft.refuse(name, value, "Value is not a date.")
            return
        draft.set(self.keys[0], moment)

    def equal(self, asked: Asked) -> Condition:
        """Return "is within": a day without a time is the whole day in the account's zone."""
        span = span_of(asked.literal.text)
        if span is None:
            raise asked.bad_value()
        # One range: of two bounds each, a database would find all that one of them leaves.
        last = span.end - timedelta(microseconds=1)
        return where(asked.actor, self.keys[0], "between", [span.start, last])

    def ordered(self, asked: Asked) -> Condition:
        """Return the comparison with the first instant of what the literal names.

        So ``gt 2024-05-01`` includes the rest of that day, which the WordPress plugin relies on.
        """
        span = span_of(asked.literal.text)
        if span is None:
            raise asked.bad_value()
        return where(asked.actor, self.keys[0], asked.operator, span.start)

    def empty(self, actor: Actor) -> Condition:
        """Return "has no moment"."""
        return where(actor, self.keys[0], "is_empty", True)


@dataclass(frozen=True)
class Day(Meaning):
    """A calendar day under a key of the catalogue: its midnight, without an offset."""

    type: ClassVar[str] = "DateTime"

    def kept(self, document: Document) -> object:
        """Return the day as the document holds it."""
        return document.get(self.keys[0])

    def read(self, document: Document) -> object:
        """Return the midnight of the day, or None."""
        day = self.kept(document)
        return f"{day}T00:00:00" if day else None

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the day, or nothing."""
        day = day_of(value)
        if day is None and value not in (None, ""):
            draft.refuse(name, value, "Value is not a date.")
            return
        draft.set(self.keys[0], day)

    def equal(self, asked: Asked) -> Condition:
        """Return "is this day"; a time of the day is never that of a calendar day."""
        moment = _naive(asked)
        if moment.time() != time():
            return NEVER
        return where(asked.actor, self.keys[0], "eq", moment.date())

    def ordered(self, asked: Asked) -> Condition:
        """Return the comparison of midnights."""
        moment = _naive(asked)
        operator = asked.operator
        if moment.time() != time():
            # The first midnight at or after a time within a day is that of the next.
            operator = "gt" if operator in ("gt", "ge") else "le"
        return where(asked.actor, self.keys[0], operator, moment.date())

    def empty(self, actor: Actor) -> Condition:
        """Return "has no day"."""
        return where(actor, self.keys[0], "is_empty", True)


def _naive(asked: Asked) -> datetime:
    """Return the literal as a time without an offset in the account's zone."""
    span = span_of(asked.literal.text)
    if span is None:
        raise asked.bad_value()
    try:
        local = span.start.astimezone(timezone.get_default_timezone()).replace(tzinfo=None)
    except OverflowError:
        raise asked.bad_value() from None
    # Where clocks are set forward at midnight, a day begins at one.
    is_day = span.end - span.start > timedelta(hours=1)
    return datetime.combine(local.date(), time()) if is_day else local


@dataclass(frozen=True)
class CustomDay(Day):
    """A day of a custom field."""

    number: int = 0

    def kept(self, document: Document) -> object:
        """Return the day."""
        value = document.get("custom", {}).get(str(self.number))
        return value[0] if isinstance(value, list) else value


@dataclass(frozen=True)
class CustomMoment(Moment):
    """A moment of a custom field."""

    number: int = 0

    def read(self, document: Document) -> object:
        """Return the moment, or None."""
        value = document.get("custom", {}).get(str(self.number))
        return written(value[0] if isinstance(value, list) else value)


@dataclass(frozen=True)
class NoMoment(Meaning):
    """A moment that is not known of contacts in lists."""

    type: ClassVar[str] = "DateTime"
    found: str = ""

    def read(self, document: Document) -> object:
        """Return what was put into the document under a key of its own."""
        return written(document.get(self.found))

    def equal(self, asked: Asked) -> Condition:
        """Return nothing."""
        return self.ordered(asked)

    def ordered(self, asked: Asked) -> Condition:
        """Return nothing; what is no date is refused all the same."""
        if span_of(asked.literal.text) is None:
            raise asked.bad_value()
        return NEVER

    def empty(self, actor: Actor) -> Condition:
        """Return everything."""
        return ALWAYS
