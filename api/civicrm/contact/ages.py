"""How old a contact is, and how long its next birthday is off: worked out, kept nowhere."""

from calendar import isleap
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from api.civicrm.errors import bad_operator
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NEGATIVE
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import INTEGER, whole
from contacts.access import Actor
from contacts.query import And, Condition, Not, Or, where


def ages(document: Mapping[str, Any]) -> dict[str, int]:
    """Return the age and the days until the next birthday; nothing without a birthday."""
    try:
        born = date.fromisoformat(str(document.get("birthday") or ""))
    except ValueError:
        return {}
    today = timezone.localdate()
    had = (today.month, today.day) >= (born.month, born.day)
    coming = _day_in(today.year, born)
    if coming < today:
        coming = _day_in(today.year + 1, born)
    return {
        "age_years": today.year - born.year - (not had),
        "next_birthday": (coming - today).days,
    }


def _day_in(year: int, born: date) -> date:
    """Return a birthday in a year; the leap day is the first of March in most."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _born_before(actor: Actor, years: int) -> Condition:
    """Return "is at least so many years old"."""
    today = timezone.localdate()
    year = today.year - years
    if not date.min.year <= year <= date.max.year:
        return Or(()) if years > 0 else where(actor, "birthday", "is_empty", False)
    is_lacking = (today.month, today.day) == (2, 29) and not isleap(year)
    limit = date(year, 2, 28) if is_lacking else today.replace(year=year)
    return where(actor, "birthday", "le", limit)


def _asked(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for contacts by their age."""
    if asked.operator in ("IS NULL", "IS NOT NULL"):
        return where(actor, "birthday", "is_empty", asked.operator == "IS NULL")
    known = where(actor, "birthday", "is_empty", False)
    positive = NEGATIVE.get(asked.operator, asked.operator)
    items = asked.operand if isinstance(asked.operand, list) else [asked.operand]
    numbers = [whole(item, asked.name) for item in items]
    if positive not in _MEANINGS or not numbers:
        raise bad_operator(asked.name)
    found = _MEANINGS[positive](actor, numbers)
    return And((known, Not(found) if asked.operator in NEGATIVE else found))


def _just(actor: Actor, years: int) -> Condition:
    return And((_born_before(actor, years), Not(_born_before(actor, years + 1))))


# Operator: what it means of the numbers beside it.
_MEANINGS: Mapping[str, Callable[[Actor, list[int]], Condition]] = {
    "=": lambda actor, numbers: _just(actor, numbers[0]),
    "IN": lambda actor, numbers: Or(tuple(_just(actor, each) for each in numbers)),
    ">=": lambda actor, numbers: _born_before(actor, numbers[0]),
    ">": lambda actor, numbers: _born_before(actor, numbers[0] + 1),
    "<": lambda actor, numbers: Not(_born_before(actor, numbers[0])),
    "<=": lambda actor, numbers: Not(_born_before(actor, numbers[0] + 1)),
    "BETWEEN": lambda actor, numbers: And(
        (_born_before(actor, numbers[0]), Not(_born_before(actor, numbers[-1] + 1)))
    ),
}


def _worked_out(name: str, title: str, **more: Any) -> WireField:  # as WireField
    return WireField(
        name=name,
        title=title,
        format=INTEGER,
        path=name,
        is_writable=False,
        is_default=False,
        is_described=False,
        **more,
    )


AGE = _worked_out("age_years", "Age (years)", ask=_asked)
NEXT_BIRTHDAY = _worked_out("next_birthday", "Next Birthday in (days)")
AGES = (AGE, NEXT_BIRTHDAY)
