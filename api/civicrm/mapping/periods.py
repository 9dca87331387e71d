"""Periods that filters on days name: ``this.year``, ``previous.month``, ``ending_30.day``.

"Is" means "is somewhere in the period", "greater" means "after its end".

period = word [ "_" number ] "." unit
word   = "this" | "current" | "previous" | "previous_before" | "next"      whole units
       | "ending" | "starting"                 so many units up to today, or from today on
       | "earlier" | "less" | "greater" | "greater_previous"      without one of the two ends
unit   = "day" | "week" | "month" | "quarter" | "year"
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.moments import zone_of
from contacts.access import Actor

_PERIOD = re.compile(r"([a-z]+(?:_[a-z]+)?)(?:_(\d{1,3}))?\.(day|week|month|quarter|year)")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
# Where a period has no end of its own.
_FIRST, _LAST = date(1000, 1, 1), date(9999, 12, 30)
_DAY = timedelta(days=1)
Days = tuple[date, date]


def within_period(asked: Filter, actor: Actor) -> Filter:
    """Return a filter in which the bounds of a period stand for its name."""
    if asked.operator in _SEVERAL and isinstance(asked.operand, list):
        return _between_periods(asked, actor)
    days = _period(asked.operand, actor)
    bounds = _BOUNDS.get(asked.operator)
    if days is None or bounds is None:
        return asked
    operator, operand = bounds(days[0].isoformat(), _end_of(days[1]))
    return replace(asked, operator=operator, operand=operand)


_SEVERAL = frozenset({"BETWEEN", "NOT BETWEEN"})


def _between_periods(asked: Filter, actor: Actor) -> Filter:
    """Return a filter from the start of a first period to the end of a second one."""
    periods = [_period(each, actor) for each in asked.operand]
    ends = [
        each if days is None else days[0].isoformat() if place == 0 else _end_of(days[1])
        for place, (each, days) in enumerate(zip(asked.operand, periods, strict=True))
    ]
    return replace(asked, operand=ends)


def _end_of(day: date) -> str:
    return f"{day.isoformat()} 23:59:59.999999"


def _period(operand: object, actor: Actor) -> Days | None:
    """Return the first and the last day of a period, or None for what names none."""
    found = _PERIOD.fullmatch(operand.strip()) if isinstance(operand, str) else None
    meaning = _WORDS.get(found[1]) if found else None
    if found is None or meaning is None:
        return None
    today = timezone.now().astimezone(zone_of(actor)).date()
    return meaning(today, found[3], int(found[2] or 1))


_WORDS: Mapping[str, Callable[[date, str, int], Days]] = {
    "this": lambda today, unit, _count: _days(today, unit, 0),
    "current": lambda today, unit, _count: (_days(today, unit, 0)[0], today),
    "previous": lambda today, unit, count: _several(today, unit, -count, -1),
    "previous_before": lambda today, unit, _count: _days(today, unit, -2),
    "next": lambda today, unit, count: _several(today, unit, 1, count),
    "ending": lambda today, unit, count: (_moved(today, unit, -count) + _DAY, today),
    "starting": lambda today, unit, count: (today, _moved(today, unit, count) - _DAY),
    "earlier": lambda today, unit, _count: (_FIRST, _days(today, unit, -1)[1]),
    "less": lambda today, unit, _count: (_FIRST, _days(today, unit, 0)[1]),
    "greater": lambda today, unit, _count: (_days(today, unit, 0)[0], _LAST),
    "greater_previous": lambda today, unit, _count: (_days(today, unit, -1)[1], _LAST),
}


def _several(today: date, unit: str, first: int, last: int) -> Days:
    return _days(today, unit, first)[0], _days(today, unit, last)[1]


def _moved(today: date, unit: str, count: int) -> date:
    """Return a day so many units away; the last of its month where that is shorter."""
    if unit not in _MONTHS:
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 + count * _MONTHS[unit]
    length = (_month(months + 1) - _month(months)).days
    return _month(months).replace(day=min(today.day, length))


_BOUNDS: Mapping[str, Callable[[str, str], tuple[str, object]]] = {
    "=": lambda first, last: ("BETWEEN", [first, last]),
    "!=": lambda first, last: ("NOT BETWEEN", [first, last]),
    ">": lambda first, last: (">", last),
    ">=": lambda first, last: (">=", first),
    "<": lambda first, last: ("<", first),
    "<=": lambda first, last: ("<=", last),
}


def _days(today: date, unit: str, step: int) -> tuple[date, date]:
    """Return the first and the last day of a period; weeks begin on Sunday, as upstream's do."""
    if unit in _MONTHS:
        length = _MONTHS[unit]
        months = (today.year * 12 + today.month - 1) // length * length + step * length
        return _month(months), _month(months + length) - timedelta(days=1)
    length = 7 if unit == "week" else 1
    back = (today.weekday() + 1) % 7 if unit == "week" else 0
    first = today - timedelta(days=back) + timedelta(days=step * length)
    return first, first + timedelta(days=length - 1)


def _month(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)
