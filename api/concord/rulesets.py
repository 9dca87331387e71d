"""Read the tree of rules under ``filters``: groups of rules joined by and, or.

A rule is ``{type: "rule", query: {type, rule, operator, value}}``, a group
``{condition, children}`` or ``{type: "group", query: {condition, children}}``; several groups may
stand in a list, and all of them hold.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from api.concord.errors import BadListError
from api.concord.mapping.rules import NOTHING, Rule, tags_called
from contacts.access import Actor
from contacts.errors import DomainError
from contacts.query import And, Condition, Not, Or, where

MOST_RULES = 100
MOST_LEVELS = 10
# The rule by which records are found by their tags.
TAGS = "tags.name"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Operator: that of the domain, and whether it is turned round.
TEXTS: Mapping[str, tuple[str, bool]] = {
    "equal": ("eq", False),
    "not_equal": ("eq", True),
    "begins_with": ("starts_with", False),
    "not_begins_with": ("starts_with", True),
    "contains": ("contains", False),
    "not_contains": ("contains", True),
    "ends_with": ("ends_with", False),
    "not_ends_with": ("ends_with", True),
}
ORDERS: Mapping[str, tuple[str, bool]] = {
    "equal": ("eq", False),
    "not_equal": ("eq", True),
    "less": ("lt", False),
    "less_or_equal": ("le", False),
    "greater": ("gt", False),
    "greater_or_equal": ("ge", False),
    "between": ("between", False),
    "not_between": ("between", True),
}
SETS: Mapping[str, tuple[str, bool]] = {"in": ("in", False), "not_in": ("in", True)}
EMPTY = {"is_null": True, "is_empty": True, "is_not_null": False, "is_not_empty": False}
BY_TYPE: Mapping[str, Mapping[str, tuple[str, bool]]] = {
    "text": TEXTS,
    "string": TEXTS,
    "number": ORDERS,
    "numeric": ORDERS,
    "date": ORDERS,
}
ANY_TYPE = {**TEXTS, **ORDERS, **SETS}


def condition_of(actor: Actor, known: Mapping[str, Rule], tree: object) -> Condition | None:
    """Return the condition of a tree; None where there is none. Raises BadListError."""
    if tree in (None, "", [], {}):
        return None
    groups = _listed(tree) if not isinstance(tree, Mapping) or "children" not in tree else [tree]
    try:
        return And(tuple(_node(actor, known, group, MOST_LEVELS) for group in groups))
    except DomainError:
        raise _bad("value") from None


def _node(actor: Actor, known: Mapping[str, Rule], node: object, levels: int) -> Condition:
    if not isinstance(node, Mapping) or not levels:
        raise _bad("tree")
    query = node.get("query")
    if node.get("type") == "rule":
        if not isinstance(query, Mapping):
            raise _bad("rule")
        return _rule(actor, known, query)
    if not isinstance(query, Mapping) and "children" not in node:
        raise _bad("tree")
    group = query if isinstance(query, Mapping) else node
    children = _listed(group.get("children") or [])
    if len(children) > MOST_RULES:
        raise _bad("tree")
    parts = tuple(_node(actor, known, child, levels - 1) for child in children)
    word = str(group.get("condition") or "and").lower()
    if word not in ("and", "or"):
        raise _bad(word)
    return Or(parts) if word == "or" and parts else And(parts)


def _listed(value: object) -> Sequence[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    if not isinstance(value, list):
        raise _bad("tree")
    return value


def _rule(actor: Actor, known: Mapping[str, Rule], query: Mapping[str, Any]) -> Condition:
    name, operator = str(query.get("rule")), str(query.get("operator") or "equal").lower()
    if name == "tags" and TAGS in known and operator in SETS:
        found = _tagged(actor, known[TAGS], query.get("value"))
        return Not(found) if SETS[operator][1] else found
    rule = known.get(name)
    if rule is None or rule.holds == "nothing":
        raise _bad(name)
    if operator in EMPTY:
        return where(actor, rule.key, "is_empty", EMPTY[operator], kind=rule.kind)
    if operator in ("is", "was"):
        return _within(actor, rule, str(query.get("value")))
    allowed = BY_TYPE.get(str(query.get("type") or ""), ANY_TYPE)
    meant = allowed.get(operator) or SETS.get(operator)
    if meant is None:
        raise _bad(operator)
    word, is_turned = meant
    found = _compared(actor, rule, word, query.get("value"))
    return Not(found) if is_turned else found


def _tagged(actor: Actor, rule: Rule, value: object) -> Condition:
    """Return the condition of records with one of some tags, by ids or names."""
    values = [str(each).strip() for each in _values_of(value)]
    ids = [int(each) for each in values if each.isascii() and each.isdecimal() and len(each) < 19]
    names = [name for name in values if not name.isdecimal()]
    ids += [pk for name in names for pk in tags_called(name, is_whole=True)]
    if not values:
        return And(())
    return where(actor, rule.key, "in", ids, kind=rule.kind) if ids else NOTHING


def _values_of(value: object) -> Sequence[Any]:
    return value.split(",") if isinstance(value, str) else _listed(value or [])


def _compared(actor: Actor, rule: Rule, word: str, value: object) -> Condition:
    if word in ("in", "between"):
        values = _values_of(value)
        if word == "between":
            if len(values) != 2:
                raise _bad("between")
            if rule.holds == "date":
                ends = (("ge", values[0]), ("le", values[1]))
                return And(tuple(_dated(actor, rule, each, end) for each, end in ends))
            return where(actor, rule.key, word, list(values), kind=rule.kind)
        # A rule that is not filled in yet narrows nothing.
        parts = tuple(_equal(actor, rule, str(each)) for each in values[:MOST_RULES])
        return Or(parts) if parts else And(())
    if rule.holds == "date" and (value not in (None, "") or word != "eq"):
        return _dated(actor, rule, word, value)
    if word == "eq":
        return _equal(actor, rule, "" if value is None else str(value))
    return where(actor, rule.key, word, value, kind=rule.kind)


def _equal(actor: Actor, rule: Rule, value: str) -> Condition:
    return rule.condition(actor, "=", value.strip()) or NOTHING


def _dated(actor: Actor, rule: Rule, word: str, value: object) -> Condition:
    """Return the condition of a day or a moment; moments are compared with whole days."""
    plain = where(actor, rule.key, "is_empty", False, kind=rule.kind)
    day = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if plain.field.type.name != "datetime" or day is None:
        return where(actor, rule.key, word, value, kind=rule.kind)
    try:
        start = datetime.fromisoformat(day[0]).replace(tzinfo=UTC)
        end = start + timedelta(days=1)
    except (ValueError, OverflowError):
        raise _bad("value") from None
    meant = {
        "eq": (("ge", start), ("lt", end)),
        "lt": (("lt", start),),
        "le": (("lt", end),),
        "gt": (("ge", end),),
        "ge": (("ge", start),),
    }
    if word not in meant:
        return where(actor, rule.key, word, value, kind=rule.kind)
    parts = (where(actor, rule.key, each, edge, kind=rule.kind) for each, edge in meant[word])
    return And(tuple(parts))


def _within(actor: Actor, rule: Rule, word: str) -> Condition:
    """Return the condition of a span of days that is told by its name."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    following = (month + timedelta(days=32)).replace(day=1)
    year = month.replace(month=1)
    quarter = month.replace(month=3 * ((month.month - 1) // 3) + 1)
    spans = {
        "today": (today, today + timedelta(days=1)),
        "yesterday": (today - timedelta(days=1), today),
        "tomorrow": (today + timedelta(days=1), today + timedelta(days=2)),
        "next_day": (today + timedelta(days=1), today + timedelta(days=2)),
        "this_week": (week, week + timedelta(days=7)),
        "last_week": (week - timedelta(days=7), week),
        "next_week": (week + timedelta(days=7), week + timedelta(days=14)),
        "this_month": (month, following),
        "last_month": ((month - timedelta(days=1)).replace(day=1), month),
        "next_month": (following, (following + timedelta(days=32)).replace(day=1)),
        "this_year": (year, year.replace(year=year.year + 1)),
        "last_year": (year.replace(year=year.year - 1), year),
        "next_year": (year.replace(year=year.year + 1), year.replace(year=year.year + 2)),
        "this_quarter": (quarter, _months_on(quarter, 3)),
        "last_quarter": (_months_on(quarter, -3), quarter),
        "next_quarter": (_months_on(quarter, 3), _months_on(quarter, 6)),
    }
    for days in (7, 14, 30, 60, 90, 365):
        spans[f"last_{days}_days"] = (today - timedelta(days=days), today + timedelta(days=1))
    if word in ("past", "future"):
        sign = "lt" if word == "past" else "gt"
        return where(actor, rule.key, sign, timezone.now(), kind=rule.kind)
    if word not in spans:
        raise _bad(word)
    first, end = spans[word]
    return And(
        (
            where(actor, rule.key, "ge", first, kind=rule.kind),
            where(actor, rule.key, "lt", end, kind=rule.kind),
        )
    )


def _months_on(month: datetime, number: int) -> datetime:
    """Return the first of a month some months later, or earlier."""
    years, place = divmod(month.month - 1 + number, 12)
    return month.replace(year=month.year + years, month=place + 1)


def _bad(what: str) -> BadListError:
    return BadListError(f"Cannot filter by: {what[:100]}.")
