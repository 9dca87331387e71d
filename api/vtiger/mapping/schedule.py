"""When an activity is: day and time apart here, one moment in the domain."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar

from api.vtiger.errors import FieldError
from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import (
    NAMES,
    NOTHING,
    is_unset,
    like,
    one_of,
    ordered_condition,
)
from api.vtiger.mapping.field import Document, Draft, Look, Wire
from api.vtiger.mapping.plain import (
    KeyField,
    NumberField,
    day_in,
    iso_day,
    moment_text,
    number_in,
)
from contacts.access import Actor
from contacts.errors import Fault, InvalidError
from contacts.fields import Field, compare
from contacts.fields.types import read_moment
from contacts.query import And, Compare, Condition, Or, SortKey, field_of

ONE_DAY = timedelta(days=1)
MINUTES = 60
NOON = 12
# As people write it: 9:30, 10:00 AM.
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?P<rest>:\d\d(?::\d\d)?)(?: ?(?P<half>[ap]m))?", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class MomentPart(KeyField):
    """A part of a moment; ``other`` is the moment whose part stands in where there is none yet."""

    kind: str = "activity"
    other: str = "starts_at"

    def moment(self, draft: Draft) -> datetime | None:
        """Return the moment as far as it is known."""
        for key in (self.key, self.other):
            value = draft.values.get(key) or draft.document.get(key)
            if value:
                return value if isinstance(value, datetime) else read_moment(str(value))
        return None


@dataclass(frozen=True, kw_only=True)
class DayPart(MomentPart):
    """The day of a moment, in UTC."""

    type: str = "date"

    def described(self, actor: Actor) -> Wire:
        """Add the one format that is written."""
        return {"format": "yyyy-mm-dd"}

    def shown(self, document: Document, look: Look) -> str:
        """Return the day."""
        return moment_text(self.value(document))[:10]

    def put(self, text: str, draft: Draft) -> None:
        """Set the day; the time stays."""
        if not text.strip():
            draft.values[self.key] = None
            return
        day = day_in(iso_day(text))
        if day is None:
            raise FieldError(self.name, Fault(self.key, "not_a_date", {"value": text}))
        before = self.moment(draft)
        at = before.timetz() if before else time(tzinfo=UTC)
        draft.values[self.key] = datetime.combine(day, at)

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare whole days."""
        field = self.field(actor)
        unset = is_unset(field, comparison)
        if unset is not None:
            return unset
        if comparison.operator == "like":
            pattern = comparison.value.replace("\\", "\\\\") + "%"
            return Compare(field, compare(field, "like", pattern))
        days = [day for text in comparison.values if (day := day_in(text)) is not None]
        return Or(tuple(self._within(field, comparison.operator, day) for day in days))

    def _within(self, field: Field, operator: str, day: date) -> Condition:
        start = datetime.combine(day, time(), tzinfo=UTC)
        since = Compare(field, compare(field, "ge", start))
        after = Compare(field, compare(field, "ge", start + ONE_DAY))
        before = Compare(field, compare(field, "lt", start))
        until = Compare(field, compare(field, "lt", start + ONE_DAY))
        meanings: dict[str, Condition] = {
            "<": before,
            "<=": until,
            ">": after,
            ">=": since,
            "!=": Or((before, after)),
        }
        return meanings.get(operator, And((since, until)))


@dataclass(frozen=True, kw_only=True)
class TimePart(MomentPart):
    """The time of a moment, in UTC."""

    type: str = "time"

    def shown(self, document: Document, look: Look) -> str:
        """Return the time."""
        return moment_text(self.value(document))[11:]

    def put(self, text: str, draft: Draft) -> None:
        """Set the time; the day stays."""
        if not text.strip():
            return
        try:
            at = time.fromisoformat(iso_time(text)).replace(tzinfo=UTC)
        except ValueError:
            fault = Fault(self.key, "not_a_time", {"value": text})
            raise FieldError(self.name, fault) from None
        before = self.moment(draft)
        day = before.date() if before else datetime.now(UTC).date()
        draft.values[self.key] = datetime.combine(day, at)

    def _of_day(self, actor: Actor) -> Field:
        key = "start_time" if self.key == "starts_at" else "end_time"
        return field_of(actor, self.kind, key)

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare as text; hours and minutes are enough."""
        unset = is_unset(self.field(actor), comparison)
        if unset is not None:
            return unset
        field = self._of_day(actor)
        if comparison.operator == "like":
            return like(field, comparison.value)
        times = [_whole_time(value) for value in comparison.values]
        if comparison.operator in ("=", "in"):
            return one_of(field, [each for each in times if each])
        name = NAMES[comparison.operator]
        compared = compare(field, name, times[0], include_empty=False) if times[0] else None
        return Compare(field, compared) if compared else NOTHING

    def sort_key(self, actor: Actor, *, descending: bool) -> SortKey | None:
        """Order by the time, whatever the day."""
        return SortKey(self._of_day(actor), descending)


def iso_time(text: str) -> str:
    """Return a time in ISO's form, also one of twelve hours; other text as it is."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return text.strip()
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and not 1 <= hour <= NOON:
        return ""
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    return f"{hour:02}{found['rest']}"


def _whole_time(text: str) -> str:
    """Return a time with its seconds, "" for what is none."""
    try:
        return time.fromisoformat(iso_time(text)).strftime("%H:%M:%S")
    except ValueError:
        return ""


@dataclass(frozen=True, kw_only=True)
class DurationField(NumberField):
    """The whole hours of a duration, or the minutes beyond them."""

    key: str = "duration"
    kind: str = "activity"
    unset: str = "0"
    is_hours: bool
    # The original insists on hours; here they follow from start and end.
    is_worked_out: ClassVar[bool] = True

    def shown(self, document: Document, look: Look) -> str:
        """Return the part of what is stored, else of the time between start and end."""
        whole, rest = divmod(_minutes(document), MINUTES)
        return str(whole if self.is_hours else rest)

    def put(self, text: str, draft: Draft) -> None:
        """Set the part; the other one stays."""
        number = number_in(text or "0")
        if number is None:
            raise InvalidError([Fault(self.key, "not_a_number", {"value": text})])
        known = draft.values.get(self.key)
        before = known if isinstance(known, int) else _minutes(draft.document)
        whole, rest = divmod(before, MINUTES)
        parts = (int(number), rest) if self.is_hours else (whole, int(number))
        draft.values[self.key] = parts[0] * MINUTES + parts[1]

    def field(self, actor: Actor) -> Field:
        """Return what is shown as a field: what is not stored follows from start and end."""
        return field_of(actor, self.kind, "whole_hours" if self.is_hours else "further_minutes")

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare the number."""
        return ordered_condition(self.field(actor), comparison, number_in)

    def sort_key(self, actor: Actor, *, descending: bool) -> SortKey | None:
        """Order by the number."""
        return SortKey(self.field(actor), descending)


def _minutes(document: Document) -> int:
    stored = document.get("duration")
    if stored is not None:
        return int(stored)
    start, end = document.get("starts_at"), document.get("ends_at")
    if not start or not end:
        return 0
    length = read_moment(str(end)) - read_moment(str(start))
    return max(0, int(length.total_seconds()) // MINUTES)
