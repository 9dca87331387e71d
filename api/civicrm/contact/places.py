"""Custom fields that hold a country or a state: a number on the wire, in the domain a name.

So that the other protocols, exports and people read "Belgium" and "California (US)".
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from api.civicrm.errors import bad_operator, bad_option, shown
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import condition_of, each_operand
from api.civicrm.mapping.fields import Offer, WireField
from api.civicrm.mapping.formats import Format
from api.civicrm.mapping.offering import states
from api.civicrm.mapping.options import choices_of, find_choice
from api.civicrm.mapping.states import states_named
from contacts.access import Actor
from contacts.fields import reference
from contacts.fields.atlas import atlas
from contacts.query import Condition, where


class Place(Format):
    """A place of a list; text that names none is shown as it is."""

    html: ClassVar[str] = "Select"

    def numbers(self) -> Mapping[str, str]:
        """Return the number of every place by how it is kept."""
        raise NotImplementedError

    def kept(self, value: str) -> str | None:
        """Return how the place is kept that a number, name or abbreviation names, or None."""
        raise NotImplementedError

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the number."""
        text = "" if value is None else str(value)
        return self.numbers().get(text, text)

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the name; raises CiviApiError."""
        found = self.kept(shown(value).strip())
        if found is None:
            raise bad_option(field.name, value)
        return found

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means; places are the same or they are not."""
        if asked.operator not in _SAME:
            raise bad_operator(asked.name)
        value = each_operand(asked, lambda item: self.read(item, field, actor))
        return condition_of(
            lambda operator, operand: where(actor, field.key, operator, operand, kind=kind),
            asked,
            value,
        )


_SAME = frozenset({"=", "!=", "IN", "NOT IN", "IS NULL", "IS NOT NULL"})


class CountryOfList(Place):
    """A country."""

    def numbers(self) -> Mapping[str, str]:
        """Return the numbers of the countries by name."""
        return reference.kept(
            "civicrm:country:numbers",
            "catalogue",
            lambda: {each.label: each.number for each in choices_of("country")},
        )

    def kept(self, value: str) -> str | None:
        """Return the name of a country."""
        found = find_choice("country", value)
        return found.label if found else None


class StateOfList(Place):
    """A state or province, kept with the code of its country: many share their name."""

    def numbers(self) -> Mapping[str, str]:
        """Return the numbers of the states by name and country."""
        return reference.kept("civicrm:state:numbers", "catalogue", _numbers_of_states)

    def kept(self, value: str) -> str | None:
        """Return the name of a state; of several that are called so the first."""
        if value in self.numbers():
            return value
        found = next(iter(states_named(value)), None)
        return _with_country(found.name, found.country_id) if found else None


def _numbers_of_states() -> Mapping[str, str]:
    return {
        _with_country(each.name, each.country_id): str(each.id) for each in atlas().states.values()
    }


def _with_country(name: str, country_id: int) -> str:
    return f"{name} ({atlas().countries[country_id].code})"


def _countries(params: Mapping[str, Any]) -> Mapping[str, str]:
    return {each.number: each.label for each in choices_of("country")}


# By what the original calls the type: how values are written, and which there are.
PLACES: Mapping[str, tuple[Format, Offer]] = {
    "Country": (CountryOfList(), _countries),
    "StateProvince": (StateOfList(), states),
}
