"""Filters of a list as controls of a form and parameters of its address.

A filter that cannot be understood is left out and reported, so that a mistyped address still shows
a list.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from contacts.access import Actor
from contacts.errors import QueryError
from contacts.fields import Field
from contacts.query import Condition, Not, Or, all_of, where

Text = str | Promise
# From the actor and the value of the parameter to a condition.
Meaning = Callable[[Actor, str], Condition | None]
YES, NO = "yes", "no"
# How several values of one filter go together; what is not named means all of them.
ANY, NONE = "any", "none"


@dataclass(frozen=True, slots=True)
class Filter:
    """One parameter of the address; `choices` makes it a list to choose from.

    Of several values all have to be met. With `others`, what chips say instead of the label, one of
    them or none can be asked for too, by a parameter of its own.
    """

    name: str
    label: Text
    meaning: Meaning
    choices: Sequence[tuple[str, Text]] = ()
    control: str = "select"
    is_multiple: bool = False
    others: Mapping[str, Text] = field(default_factory=dict)

    def words_of(self, value: str, way: str = "") -> str:
        """Return what a chip says of a value."""
        word = next((label for key, label in self.choices if key == value), value)
        return f"{self.others.get(way, self.label)}: {word}"

    def way_in(self, parameters: QueryDict) -> str:
        """Return how the values go together in an address."""
        way = parameters.get(f"{self.name}_is", "")
        return way if way in self.others else ""

    def together(self, conditions: list[Condition], way: str) -> list[Condition]:
        """Return what has to be met by a record that fits the values."""
        if way == NONE:
            return [Not(each) for each in conditions]
        return [Or(tuple(conditions))] if way == ANY and conditions[1:] else conditions


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force, and the address without it."""

    text: str
    remove_url: str


@dataclass(slots=True)
class Control:
    """A filter as the form shows it: its value now."""

    filter: Filter
    values: list[str]
    way: str = ""

    @property
    def value(self) -> str:
        """Return the value of a single choice or text."""
        return self.values[0] if self.values and not self.filter.is_multiple else ""

    @property
    def kept(self) -> list[str]:
        """Return the values that further ones are added to."""
        return self.values if self.filter.is_multiple else []


@dataclass(slots=True)
class Filtering:
    """What the filters of one address mean."""

    condition: Condition | None
    chips: list[Chip]
    controls: list[Control]
    problems: list[str] = field(default_factory=list)

    @property
    def is_on(self) -> bool:
        """Tell whether anything is filtered."""
        return bool(self.chips)


def read_filters(actor: Actor, filters: Iterable[Filter], parameters: QueryDict) -> Filtering:
    """Return the meaning of the filters in an address."""
    conditions: list[Condition] = []
    found = Filtering(None, [], [])
    for each in filters:
        values = [value for value in parameters.getlist(each.name) if value]
        values = values if each.is_multiple else values[:1]
        way = each.way_in(parameters)
        found.controls.append(Control(each, values, way))
        understood: list[Condition] = []
        for value in values:
            chip = Chip(each.words_of(value, way), address_without(parameters, each.name, value))
            found.chips.append(chip)
            try:
                condition = each.meaning(actor, value)
            except QueryError:
                found.problems.append(_("Not understood and left out: %s") % chip.text)
                continue
            if condition is not None:
                understood.append(condition)
        conditions += each.together(understood, way)
    found.condition = all_of(*conditions)
    return found


def address_without(parameters: QueryDict, name: str, value: str) -> str:
    """Return the address of the same list without one filter, from its first page."""
    rest = parameters.copy()
    rest.setlist(name, [each for each in rest.getlist(name) if each != value])
    rest.pop("page", None)
    return f"?{rest.urlencode()}"


def equal_to(key: str) -> Meaning:
    """Return "the field has this value"."""
    return lambda actor, value: where(actor, key, "eq", _typed(value))


def has_one(key: str) -> Meaning:
    """Return "the list holds this id"."""
    return lambda actor, value: where(actor, key, "has_any", [_typed(value)])


def filled(key: str) -> Meaning:
    """Return "the field has a value" for yes, "has none" for no."""
    return lambda actor, value: where(actor, key, "is_empty", value != YES)


def since(key: str) -> Meaning:
    """Return "not before this day"."""
    return lambda actor, value: where(actor, key, "ge", value)


def until(key: str) -> Meaning:
    """Return "not after this day"."""
    return lambda actor, value: where(actor, key, "le", value)


def holds(key: str) -> Meaning:
    """Return "the text contains this"."""
    return lambda actor, value: where(actor, key, "contains", value)


def _typed(value: str) -> object:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else value


def yes_or_no() -> list[tuple[str, str]]:
    """Return the choices of a question."""
    return [(YES, _("yes")), (NO, _("no"))]


def filters_of_custom_field(custom: Field) -> list[Filter]:
    """Return the filters of one custom field, by its type."""
    kind = custom.type.name
    if custom.choices:
        choices = [(str(choice.value), choice.label) for choice in custom.choices]
        meaning = has_one(custom.key) if custom.is_multiple else equal_to(custom.key)
        return [Filter(custom.key, custom.label, meaning, choices)]
    if kind == "boolean":
        return [Filter(custom.key, custom.label, _truth(custom.key), yes_or_no())]
    if kind in ("date", "datetime", "integer", "decimal"):
        control = "date" if kind in ("date", "datetime") else "number"
        return [
            Filter(
                f"{custom.key}_from",
                _("%s from") % custom.label,
                since(custom.key),
                control=control,
            ),
            Filter(
                f"{custom.key}_to", _("%s up to") % custom.label, until(custom.key), control=control
            ),
        ]
    if "contains" in custom.type.operators:
        return [Filter(custom.key, custom.label, holds(custom.key), control="text")]
    return []


def _truth(key: str) -> Meaning:
    return lambda actor, value: where(actor, key, "eq", value == YES)
