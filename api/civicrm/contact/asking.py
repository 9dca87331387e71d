"""What filters of Contact mean that no other entity has (specification, section 12.4)."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from api.civicrm.contact.hashes import contact_of
from api.civicrm.errors import bad_operator
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import EVERYTHING, NEGATIVE, NOTHING, each_operand
from api.civicrm.mapping.fields import Ask, WireField
from api.civicrm.mapping.formats import Format
from api.civicrm.mapping.named import id_in
from api.civicrm.mapping.options import meets
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import And, Condition, Not, groups_within, where


def nothing(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Say nothing about records: the source reads the filter itself."""
    return None


def in_trash(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for contacts that are in the trash, or that are not."""
    numbered = replace(asked, operand=each_operand(asked, _number_of))
    living, deleted = meets(numbered, 0), meets(numbered, 1)
    if living == deleted:
        return EVERYTHING if living else NOTHING
    return where(actor, "archived_at", "is_empty", living)


def _number_of(item: object) -> int:
    return int(str(item).lower() in ("1", "true"))


def within(key: str) -> Ask:
    """Return a filter for which "equals" means "is somewhere in": names as a whole."""

    def ask(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
        if asked.operator == "=" and "%" not in str(asked.operand):
            return _in_order(actor, replace(field, key=key), asked)
        return field.format.condition(actor, "contact", replace(field, key=key), wild(asked))

    return ask


def _in_order(actor: Actor, field: WireField, asked: Filter) -> Condition:
    """Return "holds these words, one after the other": a blank stands for anything, as upstream."""
    text = str(field.format.compared(asked.operand, field, actor))
    words = text.split()
    if len(words) < 2:
        return where(actor, field.key, "contains", text)
    escaped = (re.sub(r"([\\%_])", r"\\\1", word) for word in words)
    pattern = Filter(asked.name, "LIKE", f"%{'%'.join(escaped)}%")
    holding = (where(actor, field.key, "contains", word) for word in words)
    return And((*holding, field.format.condition(actor, "contact", field, pattern)))


def wild(asked: Filter) -> Filter:
    """Return a filter that is a pattern where its value holds a wildcard."""
    if asked.operator == "=" and isinstance(asked.operand, str) and "%" in asked.operand:
        return Filter(asked.name, "LIKE", asked.operand)
    return asked


def like(form: Format, key: str) -> Ask:
    """Return a filter that means what another format makes of another field of the catalogue."""

    def ask(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
        return form.condition(actor, "contact", replace(field, key=key), asked)

    return ask


def bound(operator: str) -> Ask:
    """Return a filter that is one end of a range."""

    def ask(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
        limit = Filter(asked.name, operator, asked.operand)
        return field.format.condition(actor, "contact", field, limit)

    return ask


def tag(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for tags by id or name."""
    return _linked(actor, "tags", reference.tags(), asked)


def group(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for groups by id, name or title; who is in a group below is in those above as well."""
    return _linked(actor, "groups", reference.groups(), asked, groups_within)


def _linked(
    actor: Actor,
    key: str,
    table: reference.NamedTable,
    asked: Filter,
    widened: Callable[[list[int]], Collection[int]] = list,
) -> Condition | None:
    if asked.operator in ("IS NULL", "IS NOT NULL"):
        return where(actor, key, "is_empty", asked.operator == "IS NULL")
    asked = _ticked(asked)
    items = asked.operand if isinstance(asked.operand, list) else [asked.operand]
    found = widened([id_in(table, item, asked.name) for item in items])
    positive = where(actor, key, "has_any", sorted(found))
    # A contact without any has none of these either.
    return Not(positive) if asked.operator in NEGATIVE else positive


def _ticked(asked: Filter) -> Filter:
    """Return a filter with the ids that a text lists, as in ``1,2``."""
    if isinstance(asked.operand, str) and re.fullmatch(r"\d+(\s*,\s*\d+)+", asked.operand):
        return Filter(asked.name, asked.operator, asked.operand.split(","))
    return asked


def has_user(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for contacts that are those of users."""
    found = where(actor, "is_user", "eq", True)
    return found if str(asked.operand) not in ("0", "False") else Not(found)


def hashed(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for contacts by their hashes, which all of them have."""
    if asked.operator in ("IS NULL", "IS NOT NULL"):
        return NOTHING if asked.operator == "IS NULL" else None
    if asked.operator not in ("=", "!=", "IN", "NOT IN"):
        raise bad_operator(asked.name)
    items = asked.operand if isinstance(asked.operand, list) else [asked.operand]
    found = [pk for item in items if (pk := contact_of(str(item))) is not None]
    named = where(actor, "id", "in", found) if found else NOTHING
    return Not(named) if asked.operator in NEGATIVE else named


def text_condition(actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
    """Return what a filter on text means: with a wildcard in its value it is a pattern."""
    return field.format.condition(actor, kind, field, wild(asked))
