"""Say of every name of a list which field it is, how it is searched and whether it orders.

A ``Rule`` turns a value into a condition on fields of the catalogue, or into None where the value
is none of the field's (then the field takes no part in the search).
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from api.concord.labels import custom_name
from api.concord.mapping import choices
from contacts.access import Actor, readable_custom_fields
from contacts.errors import BadValueError
from contacts.fields import Field, reference
from contacts.fields.text import fold
from contacts.query import Condition, Or, where

# True of nothing.
NOTHING = Or(())
# Longer texts than any field holds are found nowhere.
MOST_TEXT = 1_000
MOST_VALUES = 100

Compare = Callable[[Actor, "Rule", str, str], Condition | None]
Called = Callable[[str, bool], list[int]]
Find = Callable[[Actor, str, str], list[int]]


@dataclass(frozen=True)
class Rule:
    """How one name is compared (``compare``), and the key by which it orders ("" for not)."""

    name: str
    key: str
    kind: str
    operator: str
    compare: Compare
    order: str = ""
    is_default: bool = True
    # What the field holds, for the operators of filters; docs/dialects/concord.md, "Filters".
    holds: str = "text"

    def condition(self, actor: Actor, operator: str, value: str) -> Condition | None:
        """Return the condition of a value; None where the field takes no part."""
        operator = operator or self.operator
        if operator != "in":
            return self.compare(actor, self, operator, value)
        values = [item.strip() for item in value.split(",") if item.strip()]
        parts = (self.compare(actor, self, "=", each) for each in values[:MOST_VALUES])
        return Or(tuple(part for part in parts if part is not None))


def table(*listed: Rule) -> dict[str, Rule]:
    """Return rules by the names under which clients know them."""
    return {rule.name: rule for rule in listed}


def text(  # what one line of a table says
    name: str,
    key: str,
    kind: str = "contact",
    *,
    orders: bool = True,
    is_default: bool = True,
    operator: str = "like",
) -> Rule:
    """Return the rule of a text."""
    order = key if orders else ""
    return Rule(name, key, kind, operator, _compare_text, order, is_default)


def phone(name: str, key: str = "phones") -> Rule:
    """Return the rule of numbers of phones: a whole number is compared as it is written."""
    return Rule(name, key, "contact", "like", _compare_phone)


def number(name: str, key: str, kind: str = "contact", *, is_default: bool = True) -> Rule:
    """Return the rule of a number or of a reference by number."""
    return Rule(name, key, kind, "=", _compare_number, key, is_default, "number")


def flag(name: str, key: str, kind: str = "contact", *, is_default: bool = True) -> Rule:
    """Return the rule of a yes or no."""
    return Rule(name, key, kind, "=", _compare_boolean, key, is_default, "boolean")


def named(
    name: str,
    key: str,
    ids: Called,
    kind: str = "contact",
    *,
    order: str = "",
    is_default: bool = True,
) -> Rule:
    """Return the rule of the name of a reference; ``ids`` finds who is called so."""

    def compare(actor: Actor, rule: Rule, operator: str, value: str) -> Condition | None:
        found = ids(value, operator == "=")
        return where(actor, key, "in", found, kind=kind) if found else NOTHING

    return Rule(name, key, kind, "like", compare, order, is_default)


def linked(name: str, key: str, kind: str, find: Find) -> Rule:
    """Return the rule of the names of linked records, which is asked only when it is named."""

    def compare(actor: Actor, rule: Rule, operator: str, value: str) -> Condition | None:
        found = find(actor, operator, value)
        return where(actor, key, "in", found, kind=kind) if found else NOTHING

    return Rule(name, key, kind, "like", compare, is_default=False)


def country_number(name: str = "country_id") -> Rule:
    """Return the rule of a country by its number."""

    def compare(actor: Actor, rule: Rule, operator: str, value: str) -> Condition | None:
        # No country has a part of a number.
        if not _is_number(value) or "." in value:
            return None
        found = choices.country_of(int(value))
        return where(actor, "country", "eq", found) if found is not None else NOTHING

    return Rule(name, "country", "contact", "=", compare, "country", holds="number")


def only_order(name: str, key: str, kind: str = "contact", *, holds: str = "date") -> Rule:
    """Return the rule of what orders lists and is compared only when it is named."""
    return Rule(name, key, kind, "=", _compare_moment, key, is_default=False, holds=holds)


def count(name: str, key: str, kind: str = "contact") -> Rule:
    """Return the rule of a number of linked records, by which lists are only ordered."""
    return Rule(name, key, kind, "=", _compare_nothing, key, is_default=False, holds="nothing")


def custom(actor: Actor, kind: str, contact_kinds: Collection[str] = ()) -> dict[str, Rule]:
    """Return the rules of the custom fields that the actor reads; several values have none.

    Of contacts those of these kinds, which may call different fields the same.
    """
    return {
        custom_name(field.slug): _custom(field, kind)
        for field in readable_custom_fields(actor, kind)
        if not field.is_multiple
        and field.is_filterable
        and not (contact_kinds and field.applies_to and field.applies_to.isdisjoint(contact_kinds))
    }


def _custom(field: Field, kind: str) -> Rule:
    name = custom_name(field.slug)
    order = field.key if field.is_sortable else ""
    if field.type.name in ("integer", "decimal"):
        return Rule(name, field.key, kind, "=", _compare_number, order, holds="number")
    if field.type.name == "boolean":
        return Rule(name, field.key, kind, "=", _compare_boolean, order, holds="boolean")
    if field.type.name == "option":
        return named(name, field.key, _choices_called(field), kind, order=order)
    if field.type.name in ("text", "long_text", "link"):
        return Rule(name, field.key, kind, "like", _compare_text, order)
    # Days and references are read and ordered by, not searched.
    return Rule(name, field.key, kind, "=", _compare_nothing, order, False, "date")


def _choices_called(field: Field) -> Called:
    """Return a function that finds the options of a custom field by name."""
    names = {int(str(each.value)): str(each.label) for each in field.choices}
    return lambda word, is_whole: _called(names, word, is_whole)


def users_called(word: str, is_whole: bool) -> list[int]:
    """Return the users of a name."""
    return _called({row.id: row.name for row in reference.users().by_id.values()}, word, is_whole)


def countries_called(word: str, is_whole: bool) -> list[int]:
    """Return the countries of a name."""
    rows = reference.countries().by_id.values()
    return _called({row.id: row.name for row in rows}, word, is_whole)


def tags_called(word: str, is_whole: bool) -> list[int]:
    """Return the tags of a name."""
    return _called({row.id: row.name for row in reference.tags().by_id.values()}, word, is_whole)


def options_called(list_name: str) -> Called:
    """Return a function that finds the options of a list by name."""

    def called(word: str, is_whole: bool) -> list[int]:
        rows = reference.options().of(list_name)
        return _called({row.pk: row.label for row in rows}, word, is_whole)

    return called


def _called(names: Mapping[int, str], word: str, is_whole: bool) -> list[int]:
    wanted = fold(word)
    if is_whole:
        return [pk for pk, name in names.items() if fold(name) == wanted]
    looks = re.compile(_pattern_of(wanted), re.DOTALL)
    return [pk for pk, name in names.items() if looks.search(fold(name))]


def _pattern_of(text: str) -> str:
    """Return the pattern of a text in which % and _ stand for anything, as the original does."""
    wild = {"%": ".*", "_": "."}
    return "".join(wild.get(char) or re.escape(char) for char in text)


def _compare_text(actor: Actor, rule: Rule, operator: str, value: str) -> Condition | None:
    if len(value) > MOST_TEXT:
        return NOTHING
    if operator == "=":
        return where(actor, rule.key, "eq", value, kind=rule.kind)
    if "%" in value or "_" in value:
        # The original does not escape the wildcards; docs/dialects/concord.md, "Searching".
        return where(actor, rule.key, "like", f"%{value}%", kind=rule.kind)
    return where(actor, rule.key, "contains", value, kind=rule.kind)


def _compare_phone(actor: Actor, rule: Rule, operator: str, value: str) -> Condition | None:
    if operator != "=" or len(value) > MOST_TEXT:
        return _compare_text(actor, rule, operator, value)
    return where(actor, rule.key, "eq", value, case_sensitive=True)


def _compare_number(actor: Actor, rule: Rule, operator: str, value: str) -> Condition | None:
    if not _is_number(value):
        return None
    try:
        return where(actor, rule.key, "eq", value, kind=rule.kind)
    except BadValueError:
        return None


def _compare_boolean(actor: Actor, rule: Rule, operator: str, value: str) -> Condition | None:
    truth = {"on": True, "1": True, "true": True, "off": False, "0": False, "false": False}
    found = truth.get(value.strip().lower())
    return None if found is None else where(actor, rule.key, "eq", found, kind=rule.kind)


def _compare_moment(actor: Actor, rule: Rule, operator: str, value: str) -> Condition | None:
    try:
        return where(actor, rule.key, "eq", value, kind=rule.kind)
    except BadValueError:
        return None


def _compare_nothing(actor: Actor, rule: Rule, operator: str, value: str) -> Condition | None:
    return None


def _is_number(value: str) -> bool:
    digits = value.strip().removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdecimal() and len(digits) < 19
