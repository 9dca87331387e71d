"""Countries with their states, as address books number them.

Besides the ISO codes many address books know a country by a number of their own; `atlas_id` is the
one that is widespread (Belgium 1020, United States 1228). The id of a state is such a number too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from contacts.fields import reference
from contacts.fields.text import fold
from contacts.models import Country, State

WORLD_REGIONS = {
    1: "Europe and Central Asia",
    2: "America South, Central, North and Caribbean",
    3: "Middle East and North Africa",
    4: "Asia-Pacific",
    5: "Africa West, East, Central and Southern",
    99: "unassigned",
}


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A country; `id` is that of our table."""

    id: int
    name: str
    code: str
    atlas_id: int
    world_region: int


@dataclass(frozen=True, slots=True)
class StateEntry:
    """A state, province or the like; `country_id` is that of our table."""

    id: int
    name: str
    code: str
    country_id: int


@dataclass(frozen=True, slots=True)
class Atlas:
    """All countries by our id and by the number of address books, all states by id."""

    countries: Mapping[int, CountryEntry]
    by_atlas_id: Mapping[int, CountryEntry]
    states: Mapping[int, StateEntry]
    by_text: Mapping[tuple[int, str], StateEntry]

    def state_named(self, text: str, country_id: int | None) -> StateEntry | None:
        """Return the state of a country by its name or abbreviation, whatever the case, or None."""
        return self.by_text.get((country_id, fold(text))) if country_id else None


def atlas() -> Atlas:
    """Return the atlas as it is now."""
    return reference.kept("atlas", "catalogue", _read)


def _read() -> Atlas:
    columns = ("id", "name", "code", "atlas_id", "world_region")
    countries = [CountryEntry(*row) for row in Country.objects.values_list(*columns)]
    rows = State.objects.order_by("pk").values_list("id", "name", "code", "country_id")
    states = [StateEntry(*row) for row in rows]
    # A name counts before an abbreviation that another state has.
    by_text = {(state.country_id, fold(state.code)): state for state in states}
    by_text |= {(state.country_id, fold(state.name)): state for state in states}
    return Atlas(
        {country.id: country for country in countries},
        {country.atlas_id: country for country in countries},
        {state.id: state for state in states},
        by_text,
    )
