"""Resolve a filter of this dialect to a condition on fields of the catalogue.

A rule says for one filter name which operators it knows, which fields it looks at and how its
values are read. Of several fields any may match; "not" is true where none does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from api.redmineup import grammar
from api.redmineup.grammar import Clause
from api.redmineup.mapping.spans import Span, as_days, as_instants, span_of, zone_of
from contacts.access import Actor
from contacts.errors import BadOperatorError, BadValueError
from contacts.fields import Field
from contacts.query import Condition, Not, Or, all_of, where

# Between two that can be told apart, by type of what is compared.
SHORTEST = {date: timedelta(days=1), datetime: timedelta(microseconds=1)}

# True of nothing.
NOTHING = Or(())

# As the databases of the original write them too.
YES_NO = {"1": True, "true": True, "t": True, "0": False, "false": False, "f": False}

TEXT_OPERATORS = {"~": "contains", "^": "starts_with", "$": "ends_with", "=": "eq"}
NUMBER_OPERATORS = {">=": "ge", "<=": "le", "=": "eq"}


@dataclass(frozen=True)
class Rule:
    """How one filter compares."""

    keys: tuple[str, ...]
    operators: tuple[str, ...]
    compare: Callable[[Actor, "Rule", Clause], Condition]
    about: str = ""
    kind: str = "contact"
    # Turns a text into a value of the field, None for what is none.
    read: Callable[[Actor, str], object] = lambda _actor, word: word

    def condition(self, actor: Actor, clause: Clause) -> Condition:
        """Return the condition of a clause; raises BadOperatorError, BadValueError."""
        if clause.operator not in self.operators:
            raise BadOperatorError(self.keys[0], clause.operator)
        if clause.operator in ("*", "!*"):
            empty = (where(actor, key, "is_empty", False, kind=self.kind) for key in self.keys)
            return _any(list(empty), negated=clause.operator == "!*")
        if not clause.values and clause.operator not in grammar.BARE:
            raise BadValueError(self.keys[0], "")
        return self.compare(actor, self, clause)


def text(*keys: str, about: str = "", kind: str = "contact") -> Rule:
    """Return the rule of a text."""
    return Rule(keys, grammar.STRING, _compare_text, about, kind)


def listed(
    *keys: str,
    read: Callable[[Actor, str], object],
    about: str = "",
    kind: str = "contact",
    operators: tuple[str, ...] = grammar.OPTIONAL_LIST,
) -> Rule:
    """Return the rule of one of several values; a text that is no value matches nothing."""
    return Rule(keys, operators, _compare_list, about, kind, read)


def number(key: str, *, about: str = "", kind: str = "contact") -> Rule:
    """Return the rule of a number."""
    return Rule((key,), grammar.NUMBER, _compare_number, about, kind)


def moment(
    key: str, *, about: str = "", kind: str = "contact", operators: Sequence[str] = grammar.DATE
) -> Rule:
    """Return the rule of a moment in time."""
    return Rule((key,), tuple(operators), _compare_moment, about, kind)


def day(key: str, *, about: str = "", kind: str = "contact") -> Rule:
    """Return the rule of a calendar day."""
    return Rule((key,), grammar.DATE, _compare_day, about, kind)


def of_custom_field(field: Field) -> Rule:
    """Return the rule of a custom field by its type."""
    make = _BY_TYPE.get(field.type.name)
    about = str(field.label)
    if make is not None:
        return make(field.key, about=about, kind=field.kind)
    if field.type.name == "boolean":
        return listed(field.key, read=yes_or_no, about=about, kind=field.kind)
    if field.choices:
        return listed(field.key, read=choice_reader(field), about=about, kind=field.kind)
    read = user_id if field.type.name == "user" else record_id
    return listed(field.key, read=read, about=about, kind=field.kind)


def yes_or_no(_actor: Actor, word: str) -> bool | None:
    """Return the truth that a word means, None for another word."""
    return YES_NO.get(word.strip().lower())


def record_id(_actor: Actor, word: str) -> int | None:
    """Return an id, None for what is none."""
    word = word.strip()
    is_id = word.isascii() and word.isdigit() and 0 < int(word[:20]) < 2**63
    return int(word) if is_id else None


def ids(*keys: str, about: str, kind: str = "contact") -> Rule:
    """Return the rule of ids of the records themselves, which may stand between commas too."""

    def compare(actor: Actor, rule: Rule, clause: Clause) -> Condition:
        parts = [part for value in clause.values for part in value.split(",")]
        return _compare_list(actor, rule, replace(clause, values=tuple(parts)))

    return Rule(keys, grammar.LIST, compare, about, kind, record_id)


def user_id(actor: Actor, word: str) -> int | None:
    """Return the id of a user; ``me`` is who asks."""
    return actor.user_id if word.strip() == "me" else record_id(actor, word)


def choice_reader(field: Field) -> Callable[[Actor, str], object]:
    """Return a function from a label to the stored value of a choice."""

    def read(_actor: Actor, word: str) -> object:
        wanted = word.strip().casefold()
        named = (each for each in field.choices if str(each.label).casefold() == wanted)
        found = next(named, None)
        return found.value if found else None

    return read


def _any(conditions: list[Condition], *, negated: bool = False) -> Condition:
    joined = conditions[0] if len(conditions) == 1 else Or(tuple(conditions))
    return Not(joined) if negated else joined


def _compare_text(actor: Actor, rule: Rule, clause: Clause) -> Condition:
    negated = clause.operator.startswith("!")
    operator = TEXT_OPERATORS[clause.operator.removeprefix("!") or "="]
    found: list[Condition] = [
        where(actor, key, operator, value, kind=rule.kind)
        for key in rule.keys
        for value in clause.values
    ]
    return _any(found, negated=negated)


def _compare_list(actor: Actor, rule: Rule, clause: Clause) -> Condition:
    read = [rule.read(actor, value) for value in clause.values]
    values = [value for value in read if value is not None]
    found: list[Condition] = [
        where(actor, key, "in", values, kind=rule.kind) for key in rule.keys if values
    ]
    return _any(found or [NOTHING], negated=clause.operator == "!")


def _compare_number(actor: Actor, rule: Rule, clause: Clause) -> Condition:
    (key,) = rule.keys
    if clause.operator == "><":
        return where(actor, key, "between", list(clause.values[:2]), kind=rule.kind)
    operator = NUMBER_OPERATORS[clause.operator]
    values = clause.values if operator == "eq" else clause.values[:1]
    return _any([where(actor, key, operator, value, kind=rule.kind) for value in values])


def _compare_moment(actor: Actor, rule: Rule, clause: Clause) -> Condition:
    (key,) = rule.keys
    zone = zone_of(actor)
    return _within(actor, rule, as_instants(span_of(clause, key, zone), zone))


def _compare_day(actor: Actor, rule: Rule, clause: Clause) -> Condition:
    (key,) = rule.keys
    zone = zone_of(actor)
    return _within(actor, rule, as_days(span_of(clause, key, zone), zone))


def _within(actor: Actor, rule: Rule, span: Span) -> Condition:
    """Return "not before the start, and filled but not at or after the end".

    The end is said by negation, because "the last note before" must hold of every note. Some note
    is within: that leads to few contacts, where one after the start may lead to all.
    """
    (key,) = rule.keys

    def ge(bound: object) -> Condition:
        return where(actor, key, "ge", bound, kind=rule.kind)

    parts: list[Condition] = []
    if span.start is not None and span.end is not None:
        last = span.end - SHORTEST[type(span.end)]
        parts.append(where(actor, key, "between", [span.start, last], kind=rule.kind))
    elif span.start is not None:
        parts.append(ge(span.start))
    if span.end is not None:
        if span.start is None:
            parts.append(where(actor, key, "is_empty", False, kind=rule.kind))
        parts.append(Not(ge(span.end)))
    return all_of(*parts) or where(actor, key, "is_empty", False, kind=rule.kind)


_BY_TYPE: dict[str, Callable[..., Rule]] = {
    "text": text,
    "long_text": text,
    "link": text,
    "integer": number,
    "decimal": number,
    "date": day,
    "datetime": moment,
}
