"""What can be asked of a field in words, and the condition that each of these words means."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.access import Actor
from contacts.fields import Field
from contacts.query import Compare, Condition, Not, where

Text = str | Promise
Values = Sequence[object]
# From the actor, the field and what was filled in to a condition.
Meaning = Callable[[Actor, Field, Values], Condition]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask of a field; it takes no value, one, two or several."""

    name: str
    label: Text
    meaning: Meaning
    takes: str = "one"


def _plain(operator: str) -> Meaning:
    return lambda actor, field, values: where(
        actor, field.key, operator, values[0], kind=field.kind
    )


def _listed(operator: str) -> Meaning:
    return lambda actor, field, values: where(
        actor, field.key, operator, list(values), kind=field.kind
    )


def _any_of(actor: Actor, field: Field, values: Values) -> Condition:
    operator = "has_any" if field.is_multiple else "in"
    return where(actor, field.key, operator, list(values), kind=field.kind)


def _empty(is_empty: bool) -> Meaning:
    return lambda actor, field, _values: where(
        actor, field.key, "is_empty", is_empty, kind=field.kind
    )


def _truth(value: bool) -> Meaning:
    return lambda actor, field, _values: where(actor, field.key, "eq", value, kind=field.kind)


def _day(value: object, at: time) -> object:
    """Return the beginning or the end of a day in the reader's zone; nonsense as it is."""
    try:
        day = parse_date(str(value).strip())
    except ValueError:
        return value
    return timezone.make_aware(datetime.combine(day, at)) if day else value


def _since(actor: Actor, field: Field, values: Values) -> Condition:
    return where(actor, field.key, "ge", _day(values[0], time.min), kind=field.kind)


def _until(actor: Actor, field: Field, values: Values) -> Condition:
    return where(actor, field.key, "le", _day(values[0], time.max), kind=field.kind)


def _within(actor: Actor, field: Field, values: Values) -> Condition:
    ends = [_day(values[0], time.min), _day(values[-1], time.max)]
    return where(actor, field.key, "between", ends, kind=field.kind)


CONTAINS = Question("contains", _("contains"), _plain("contains"))
EMPTY = (
    Question("filled", _("has a value"), _empty(False), "none"),
    Question("empty", _("is empty"), _empty(True), "none"),
)
TEXTS = (
    CONTAINS,
    Question(
        "not_contains",
        _("does not contain"),
        lambda actor, field, values: Not(CONTAINS.meaning(actor, field, values)),
    ),
    Question("eq", _("is exactly"), _plain("eq")),
    Question("ne", _("is not"), _plain("ne")),
    Question("starts_with", _("begins with"), _plain("starts_with")),
    Question("ends_with", _("ends with"), _plain("ends_with")),
    *EMPTY,
)
NUMBERS = (
    Question("eq", _("is"), _plain("eq")),
    Question("ne", _("is not"), _plain("ne")),
    Question("ge", _("is at least"), _plain("ge")),
    Question("le", _("is at most"), _plain("le")),
    Question("between", _("is between"), _listed("between"), "two"),
    *EMPTY,
)
DAYS = (
    Question("ge", _("is on or after"), _plain("ge")),
    Question("le", _("is on or before"), _plain("le")),
    Question("eq", _("is on"), _plain("eq")),
    Question("between", _("is between"), _listed("between"), "two"),
    *EMPTY,
)
# A moment is asked for by days, and the last of them counts whole.
MOMENTS = (
    Question("ge", _("is on or after"), _since),
    Question("le", _("is on or before"), _until),
    Question("between", _("is between"), _within, "two"),
    *EMPTY,
)
CHOICES = (
    Question("any_of", _("is one of"), _any_of, "several"),
    Question(
        "none_of",
        _("is none of"),
        lambda actor, field, values: Not(_any_of(actor, field, values)),
        "several",
    ),
    *EMPTY,
)
LISTS = (
    Question("has_any", _("has any of"), _listed("has_any"), "several"),
    Question("has_all", _("has all of"), _listed("has_all"), "several"),
    Question("has_none", _("has none of"), _listed("has_none"), "several"),
    *EMPTY,
)
TRUTHS = (
    Question("yes", _("is yes"), _truth(True), "none"),
    Question("no", _("is no"), _truth(False), "none"),
)

BY_TYPE: dict[str, Sequence[Question]] = {
    "integer": NUMBERS,
    "decimal": NUMBERS,
    "date": DAYS,
    "datetime": MOMENTS,
    "boolean": TRUTHS,
    "option": CHOICES,
    "choice": CHOICES,
    "user": CHOICES,
    "user_group": CHOICES,
    "contact": CHOICES,
    "company": CHOICES,
    "tags": LISTS,
    "ids": LISTS,
    "attachment": EMPTY,
}


def questions_of(field: Field) -> Sequence[Question]:
    """Return what can be asked of a field, the most usual first."""
    if field.is_multiple and field.choices:
        return LISTS
    return BY_TYPE.get(field.type.name, TEXTS)


def find_question(field: Field, name: str) -> Question | None:
    """Return a question of a field by its name, or None."""
    return next((each for each in questions_of(field) if each.name == name), None)


def asked_by(condition: Condition) -> tuple[Field, Question, Values] | None:
    """Return the question that a condition answers, or None where the words lack it."""
    negated = isinstance(condition, Not)
    compare = condition.part if isinstance(condition, Not) else condition
    if not isinstance(compare, Compare) or not _is_usual(compare):
        return None
    name, values = _worded(compare)
    if negated:
        name = {"contains": "not_contains", "any_of": "none_of"}.get(name, "")
    question = find_question(compare.field, name)
    return (compare.field, question, values) if question else None


def _is_usual(compare: Compare) -> bool:
    comparison = compare.comparison
    return not comparison.case_sensitive and comparison.scope == "any" and comparison.include_empty


def _worded(compare: Compare) -> tuple[str, Values]:
    operator, value = compare.comparison.operator, compare.comparison.value
    values: Values = value if isinstance(value, tuple) else (value,)
    if operator == "is_empty":
        return ("empty" if value else "filled"), ()
    if isinstance(value, bool):
        return ("yes" if value else "no"), ()
    if find_question(compare.field, "any_of") and operator in ("eq", "in", "has_any"):
        return "any_of", values
    return operator, values
