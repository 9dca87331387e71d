"""Read the tree of rules under ``filters``: groups of rules joined by and, or.

A rule is ``{type: "rule", query: {type, rule, operator, value}}``, a group
``{condition, children}`` or ``{type: "group", query: {condition, children}}``; several groups may
stand in a list, and all of them hold.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from api.concord.errors import BadListError
from api.concord.mapping.rules import NOTHING, Rule
from contacts.access import Actor
from contacts.errors import DomainError
from contacts.query import And, Condition, Not, Or, where

MOST_RULES = 100
MOST_LEVELS = 10
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


def _compared(actor: Actor, rule: Rule, word: str, value: object) -> Condition:
    if word in ("in", "between"):
        values = value.split(",") if isinstance(value, str) else _listed(value or [])
        if word == "between":
            if len(values) != 2:
                raise _bad("between")
            return where(actor, rule.key, word, list(values), kind=rule.kind)
        return Or(tuple(_equal(actor, rule, str(each)) for each in values[:MOST_RULES]))
    if word == "eq":
        return _equal(actor, rule, "" if value is None else str(value))
    return where(actor, rule.key, word, value, kind=rule.kind)


def _equal(actor: Actor, rule: Rule, value: str) -> Condition:
    return rule.condition(actor, "=", value.strip()) or NOTHING


def _within(actor: Actor, rule: Rule, word: str) -> Condition:
    """Return the condition of a span of days that is told by its name."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    following = (month + timedelta(days=32)).replace(day=1)
    year = month.replace(month=1)
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
        "last_7_days": (today - timedelta(days=7), today + timedelta(days=1)),
        "last_14_days": (today - timedelta(days=14), today + timedelta(days=1)),
        "last_30_days": (today - timedelta(days=30), today + timedelta(days=1)),
    }
    if word == "past":
        return where(actor, rule.key, "lt", timezone.now(), kind=rule.kind)
    if word not in spans:
        raise _bad(word)
    first, end = spans[word]
    return And(
        (
            where(actor, rule.key, "ge", first, kind=rule.kind),
            where(actor, rule.key, "lt", end, kind=rule.kind),
        )
    )


def _bad(what: str) -> BadListError:
    return BadListError(f"Cannot filter by: {what[:100]}.")
