"""States and provinces: a number on the wire, in the domain the name within an address."""

from collections.abc import Mapping
from typing import Any, ClassVar

from api.civicrm.errors import bad_option, shown
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NEGATIVE
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import Format
from contacts.access import Actor
from contacts.fields.atlas import WORLD_REGIONS, StateEntry, atlas
from contacts.fields.text import fold
from contacts.query import And, Condition, Not, Or, where

Document = Mapping[str, Any]  # an address as the domain writes it


class State(Format):
    """The state of an address; named by number, name or abbreviation."""

    code: ClassVar[int] = 1
    html: ClassVar[str] = "Select"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the text as it was given: which state it is depends on the country."""
        return shown(value)

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means: the region of an address in the country of the state."""
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            is_empty = asked.operator == "IS NULL"
            return where(actor, "region", "is_empty", is_empty, kind=kind, scope=field.scope)
        items = asked.operand if isinstance(asked.operand, list) else [asked.operand]
        found = Or(tuple(_is_in(actor, kind, field, item) for item in items))
        if asked.operator in NEGATIVE:
            filled = where(actor, "region", "is_empty", False, kind=kind, scope=field.scope)
            return And((Not(found), filled))
        return found


def _is_in(actor: Actor, kind: str, field: WireField, value: object) -> Condition:
    text = shown(value).strip("%")
    states = states_named(text)
    names = {name for state in states for name in (state.name, state.code) if name} or {text}
    in_region = where(actor, "region", "in", sorted(names), kind=kind, scope=field.scope)
    countries = sorted({state.country_id for state in states})
    if not countries:
        return in_region
    in_country = where(actor, "country", "in", countries, kind=kind, scope=field.scope)
    return And((in_region, in_country))


def states_named(text: str) -> list[StateEntry]:
    """Return the states with this number, name or abbreviation, in whichever country."""
    states = atlas().states
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return [states[int(text)]] if int(text) in states else []
    wanted = fold(text)
    return [each for each in states.values() if wanted in (fold(each.name), fold(each.code))]


def state_of(text: str, country_id: int | None, name: str) -> StateEntry:
    """Return the state that a text names, in the country if there is one; raises CiviApiError."""
    for state in states_named(text):
        if country_id in (None, state.country_id):
            return state
    raise bad_option(name, text)


def placed(address: Document) -> dict[str, Any]:
    """Return what an address says of its state and its part of the world."""
    country_id, region = address.get("country_id"), str(address.get("region", ""))
    state = atlas().state_named(region, country_id) if region else None
    country = atlas().countries.get(country_id) if country_id else None
    return {
        "state_number": state.id if state else None,
        "state_name": state.name if state else region,
        "state_code": state.code if state else region,
        "world_region_id": country.world_region if country else None,
        "world_region": WORLD_REGIONS.get(country.world_region, "") if country else "",
    }


STATE = State()
