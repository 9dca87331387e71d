"""Periods that filters on days and moments name: ``this.year``, ``previous.month``, ``next.week``.

"Is" means "is somewhere in the period", "greater" means "after its end".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.moments import zone_of
from contacts.access import Actor

_PERIOD = re.compile(r"(this|previous|next)\.(day|week|month|quarter|year)")
_STEPS = {"previous": -1, "this": 0, "next": 1}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def within_period(asked: Filter, actor: Actor) -> Filter:
    """Return a filter in which the bounds of a period stand for its name."""
    found = _PERIOD.fullmatch(asked.operand.strip()) if isinstance(asked.operand, str) else None
    bounds = _BOUNDS.get(asked.operator)
    if found is None or bounds is None:
        return asked
    today = timezone.now().astimezone(zone_of(actor)).date()
    first, last = _days(today, found[2], _STEPS[found[1]])
    operator, operand = bounds(first.isoformat(), f"{last.isoformat()} 23:59:59.999999")
    return replace(asked, operator=operator, operand=operand)


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
