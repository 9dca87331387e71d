"""Read days and moments that are said in words, as PHP's ``strtotime`` does.

now   yesterday noon   -1 week   last month   next monday   first day of next month - 2 years
1 January 2020   Jan 31, 2020 3pm   01/31/2020   31.01.2020   2020-01-31 +2 days
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})(?:day|s|sday|nesday|rs|rsday|urday)?"
_UNIT = r"(?P<unit>second|sec|minute|min|hour|day|fortnight|week|month|year)s?"
LONGEST = 200
_SECONDS = {"sec": 1, "second": 1, "min": 60, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_STEPS = {"last": -1, "previous": -1, "this": 0, "next": 1}
_WORDS = {"now": None, "today": 0, "midnight": 0, "noon": 0, "yesterday": -1, "tomorrow": 1}


@dataclass
class _Said:
    """What has been read so far; shifts count from the day and the time that are said, or now."""

    now: datetime
    day: date | None = None
    hour: time | None = None
    is_whole_day: bool = False
    months: int = 0
    days: int = 0
    seconds: int = 0
    edge: str = ""
    weekday: tuple[int, int] | None = None


def moment_said(text: str, now: datetime) -> datetime | None:
    """Return the moment that words in small letters say, or None for words of another kind.

    Raises ValueError and OverflowError for a day that is not in the calendar.
    """
    said, rest = _Said(now), " ".join(text.replace(",", " ").split())
    if not rest or len(rest) > LONGEST:
        return None
    while rest:
        found = next(
            ((match, take) for pattern, take in _READERS if (match := pattern.match(rest))), None
        )
        if found is None:
            return None
        match, take = found
        take(said, match)
        rest = rest[match.end() :].lstrip()
    return _counted(said)


def _counted(said: _Said) -> datetime:
    start, now = said.day or said.now.date(), said.now
    year, month = divmod(start.year * 12 + start.month - 1 + said.months, 12)
    last = monthrange(year, month + 1)[1]
    number = {"first": 1, "last": last}.get(said.edge, min(start.day, last))
    day = date(year, month + 1, number) + timedelta(days=said.days)
    if said.weekday is not None:
        day = _on_weekday(day, *said.weekday)
    is_whole = said.is_whole_day or said.day is not None
    start_of = said.hour or (time() if is_whole else now.time())
    moment = datetime.combine(day, start_of, tzinfo=now.tzinfo)
    return moment + timedelta(seconds=said.seconds)


def _on_weekday(day: date, weekday: int, step: int) -> date:
    """Return the next such day, from this one on; the one after today, or the one before it."""
    ahead = (weekday - day.weekday()) % 7
    if step < 0:
        return day + timedelta(days=ahead - 7)
    return day + timedelta(days=ahead or (7 if step else 0))


def _word(said: _Said, match: re.Match[str]) -> None:
    days = _WORDS[match["word"]]
    if days is not None:
        said.is_whole_day = True
        said.days += days
        said.hour = time(12) if match["word"] == "noon" else said.hour


def _edge(said: _Said, match: re.Match[str]) -> None:
    said.edge = match["edge"]


def _step(said: _Said, match: re.Match[str]) -> None:
    _shift(said, match["unit"], _STEPS[match["step"]])


def _amount(said: _Said, match: re.Match[str]) -> None:
    amount = int(match["amount"])
    _shift(said, match["unit"], -amount if (match["sign"] == "-") != bool(match["ago"]) else amount)


def _shift(said: _Said, unit: str, amount: int) -> None:
    if unit in _SECONDS:
        said.seconds += amount * _SECONDS[unit]
    elif unit in _DAYS:
        said.days += amount * _DAYS[unit]
    else:
        said.months += amount * (12 if unit == "year" else 1)


def _weekday(said: _Said, match: re.Match[str]) -> None:
    said.weekday = (_WEEKDAYS.index(match["weekday"]), _STEPS[match["step"] or "this"])
    said.is_whole_day = True


def _date(said: _Said, match: re.Match[str]) -> None:
    said.day = date(int(match["year"]), int(match["number"]), int(match["day"]))


def _named_date(said: _Said, match: re.Match[str]) -> None:
    parts: Mapping[str, str | None] = match.groupdict()
    year = int(parts["year"] or said.now.year)
    said.day = date(year, _MONTHS.index(match["month"]) + 1, int(parts.get("day") or 1))


def _time(said: _Said, match: re.Match[str]) -> None:
    parts: Mapping[str, str | None] = match.groupdict()
    hour = int(match["hour"])
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"][0] == "p" else 0)
    said.hour = time(hour, int(parts["minute"] or 0), int(parts["second"] or 0))


_Take = Callable[[_Said, re.Match[str]], None]
_END = r"(?![\w/])"
_READERS: tuple[tuple[re.Pattern[str], _Take], ...] = tuple(
    (re.compile(pattern + _END), take)
    for pattern, take in (
        (r"(?P<year>\d{4})[-/](?P<number>\d{1,2})[-/](?P<day>\d{1,2})", _date),
        (r"(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})", _date),
        (r"(?P<number>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})", _date),
        (r"(?P<day>\d{1,2})[.-](?P<number>\d{1,2})[.-](?P<year>\d{4})", _date),
        (rf"{_DAY}[ -]?{_MONTH}(?:[ -]?(?P<year>\d{{4}}))?", _named_date),
        (rf"{_MONTH} ?{_DAY}(?: (?P<year>\d{{4}}))?", _named_date),
        (rf"{_MONTH} (?P<year>\d{{4}})", _named_date),
        (r"t?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))? ?(?P<half>[ap]m)?", _time),
        (r"(?P<hour>\d{1,2})(?P<minute>)(?P<second>) ?(?P<half>[ap]m)", _time),
        (rf"(?P<word>{'|'.join(_WORDS)})", _word),
        (r"(?P<edge>first|last) day of", _edge),
        (rf"(?P<step>{'|'.join(_STEPS)}) {_UNIT}", _step),
        (rf"(?P<sign>[+-]?)\s*(?P<amount>\d{{1,6}})\s*{_UNIT}(?P<ago> ago)?", _amount),
        (rf"(?:(?P<step>{'|'.join(_STEPS)}) )?{_WEEKDAY}", _weekday),
    )
)
