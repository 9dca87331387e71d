"""What filters of Contact mean that no other entity has (specification, section 12.4)."""

from dataclasses import replace

from api.civicrm.errors import bad_option, shown
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NEGATIVE, each_operand
from api.civicrm.mapping.fields import Ask, WireField
from contacts.access import Actor
from contacts.fields import reference
from contacts.fields.text import key_of
from contacts.query import Condition, Not, where


def nothing(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Say nothing about records: the source reads the filter itself."""
    return None


def within(key: str) -> Ask:
    """Return a filter for which "equals" means "is somewhere in": names as a whole."""

    def ask(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
        if asked.operator == "=" and "%" not in str(asked.operand):
            return where(actor, key, "contains", field.format.compared(asked.operand, field, actor))
        return field.format.condition(actor, "contact", replace(field, key=key), wild(asked))

    return ask


def wild(asked: Filter) -> Filter:
    """Return a filter that is a pattern where its value holds a wildcard."""
    if asked.operator == "=" and isinstance(asked.operand, str) and "%" in asked.operand:
        return Filter(asked.name, "LIKE", asked.operand)
    return asked


def bound(operator: str) -> Ask:
    """Return a filter that is one end of a range."""

    def ask(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
        limit = Filter(asked.name, operator, asked.operand)
        return field.format.condition(actor, "contact", field, limit)

    return ask


def tag(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for tags by id or name."""
    if asked.operator in ("IS NULL", "IS NOT NULL"):
        return where(actor, "tags", "is_empty", asked.operator == "IS NULL")
    found = each_operand(asked, lambda item: _tag_id(item, asked.name))
    positive = where(actor, "tags", "has_any", found if isinstance(found, list) else [found])
    if asked.operator in NEGATIVE:
        # A contact without tags has none of these either.
        return Not(positive)
    return positive


def _tag_id(value: object, name: str) -> int:
    tags = reference.tags()
    text = shown(value).strip()
    if text.isascii() and text.isdecimal() and int(text) in tags.by_id:
        return int(text)
    found = tags.id_of(key_of(text))
    if found is None and text.isdecimal():
        return int(text) if int(text) < 2**31 else 0
    if found is None:
        raise bad_option(name, value)
    return found


def has_user(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for contacts that are those of users."""
    found = where(actor, "is_user", "eq", True)
    return found if str(asked.operand) not in ("0", "False") else Not(found)


def text_condition(actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
    """Return what a filter on text means: with a wildcard in its value it is a pattern."""
    return field.format.condition(actor, kind, field, wild(asked))
