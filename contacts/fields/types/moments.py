"""Days and moments."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, ClassVar

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from contacts.fields.types.base import ORDER, FieldType, ValueFaultError

if TYPE_CHECKING:
    from contacts.fields.field import Field

# As text, with the wildcards of a client.
WITH_PATTERNS = ORDER | {"like"}


class DateType(FieldType):
    """A calendar day."""

    name: ClassVar[str] = "date"
    value_column: ClassVar[str] = "date"
    operators: ClassVar[frozenset[str]] = WITH_PATTERNS

    def parse(self, value: object, field: "Field") -> date:
        """Return the day of "YYYY-MM-DD" or of a moment; raises ValueFaultError: not_a_date."""
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            day = parse_date(value.strip()) if isinstance(value, str) else None
            if day is None and isinstance(value, str):
                moment = parse_datetime(value.strip())
                day = moment.date() if moment else None
        except ValueError:
            day = None
        if day is None:
            raise ValueFaultError("not_a_date", value=value)
        return day

    def to_document(self, value: object) -> object:
        """Return "YYYY-MM-DD"."""
        return value.isoformat() if isinstance(value, date) else value


class DateTimeType(FieldType):
    """A moment; without an offset it is in the current time zone."""

    name: ClassVar[str] = "datetime"
    value_column: ClassVar[str] = "date"
    operators: ClassVar[frozenset[str]] = WITH_PATTERNS

    def parse(self, value: object, field: "Field") -> datetime:
        """Return the moment with its zone; raises ValueFaultError: not_a_datetime."""
        moment = self._read(value)
        if moment is None:
            raise ValueFaultError("not_a_datetime", value=value)
        if timezone.is_naive(moment):
            moment = timezone.make_aware(moment)
        try:
            moment.astimezone(UTC)
        except OverflowError:
            # In the year 1 or 9999, but not any more in UTC, in which moments are stored.
            raise ValueFaultError("not_a_datetime", value=value) from None
        return moment

    def _read(self, value: object) -> datetime | None:
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)
        if not isinstance(value, str):
            return None
        try:
            day = parse_date(value.strip())
            return datetime(day.year, day.month, day.day) if day else parse_datetime(value.strip())
        except ValueError:
            return None

    def to_document(self, value: object) -> object:
        """Return the moment in UTC with microseconds and "Z"."""
        return written_moment(value) if isinstance(value, datetime) else value


def written_moment(moment: datetime) -> str:
    """Return a moment as documents hold it: "2026-11-21T22:41:30.000000Z"."""
    # Not by strftime, which writes the year 987 with three digits.
    naive = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{naive.isoformat(timespec='microseconds')}Z"


def read_moment(text: str) -> datetime:
    """Return the moment that a document holds."""
    # A tenth of the time of strptime: a page of a list reads hundreds.
    return datetime.fromisoformat(text)
