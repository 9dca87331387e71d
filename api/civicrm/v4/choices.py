"""The choices of a field by any of their sides: ``gender_id:label``, ``tag_id:name``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from api.civicrm.calls import Asked, Record
from api.civicrm.entity import Entity
from api.civicrm.errors import bad_option
from api.civicrm.grammar.options import EVERYTHING
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.options import choices_of, find_choice
from api.civicrm.mapping.states import STATE
from api.civicrm.registry import entity_named
from contacts.access import Actor
from contacts.fields import reference
from contacts.fields.atlas import atlas
from contacts.fields.text import fold

Value = Any  # JSON

# The sides that names may end in.
SUFFIXES = ("label", "name", "abbr", "description", "color", "icon")
# Entities whose few records are choices; those of all others are found by joins.
_TABLES = frozenset(
    {"CustomGroup", "Group", "LocationType", "OptionGroup", "RelationshipType", "Tag"}
)
# Side: where the records of a table may have it, the best place first.
_PLACES: Mapping[str, Sequence[str]] = {
    "id": ("id",),
    "name": ("name", "name_a_b"),
    "label": ("label", "label_a_b", "title", "display_name", "name", "name_a_b"),
    "abbr": ("abbreviation",),
    "description": ("description",),
    "color": ("color",),
    "icon": ("icon",),
}


def has_choices(field: WireField) -> bool:
    """Say whether a field has choices."""
    return bool(field.list_name or field.offers or field.target in _TABLES)


def choices(field: WireField, actor: Actor) -> list[Record]:
    """Return the choices of a field with all of their sides; a side that is not kept is None."""
    if field.list_name:
        return [
            _sides(id=each.number, name=each.name, label=each.label, abbr=each.abbreviation or None)
            for each in choices_of(field.list_name)
            if each.is_active
        ]
    target = _table(field)
    if target is not None:
        rows = target.source.find(actor, target, Asked(limit=EVERYTHING))
        return [
            _sides(**{side: _first(row, places) for side, places in _PLACES.items()})
            for row in rows
        ]
    offered = field.offers({}) if field.offers else {}
    return [
        _sides(id=key, name=_name(field, key, label), label=label) for key, label in offered.items()
    ]


def side_of(value: Value, field: WireField, suffix: str, actor: Actor) -> Value:
    """Return one side of the choice that a value is, None for none; a list for a list."""
    if isinstance(value, list):
        return [side_of(item, field, suffix, actor) for item in value]
    if value in (None, ""):
        return None
    if field.is_joined:
        return side_of(value.split(","), replace(field, is_joined=False), suffix, actor)
    if field.list_name:
        choice = find_choice(field.list_name, value)
        known = (
            {"label": choice.label, "name": choice.name, "abbr": choice.abbreviation}
            if choice
            else {}
        )
        return known.get(suffix) or None
    if field.format is STATE:
        return _side_of_state(value, suffix)
    found = (each[suffix] for each in choices(field, actor) if each["id"] == str(value))
    return next(found, None)


def read(value: Value, field: WireField, suffix: str, actor: Actor) -> Value:
    """Return the id of the choice that has a value on one side; raises CiviApiError for none.

    The choices of lists are left as they are, and so are states: version 3 knows them by every
    side.
    """
    if field.list_name or field.format is STATE or not has_choices(field):
        return value
    if isinstance(value, list):
        return [read(item, field, suffix, actor) for item in value]
    if value in (None, ""):
        return value
    wanted = fold(str(value))
    for each in choices(field, actor):
        if fold(str(each[suffix] or "")) == wanted:
            return each["id"]
    raise bad_option(field.name, value)


def listed(value: Value, field: WireField) -> Value:
    """Return the ids of what hangs on a contact; version 3 shows tags by their labels."""
    if field.name not in HANGING or not isinstance(value, str) or not value:
        return value
    if field.name == "group":
        return [int(number) for number in value.split(",")]
    ids = {each.name: each.id for each in reference.tags().by_id.values()}
    return [ids[name] for name in value.split(",") if name in ids]


# What hangs on contacts, several each: the entities whose records are the choices.
HANGING: Mapping[str, str] = {"tag": "Tag", "group": "Group"}


def _side_of_state(value: Value, suffix: str) -> Value:
    """Return one side of a state, in whichever country it is."""
    text = str(value)
    state = atlas().states.get(int(text)) if text.isdecimal() else None
    if state is None:
        return None
    return {"name": state.name, "label": state.name, "abbr": state.code}.get(suffix) or None


def _table(field: WireField) -> Entity | None:
    if field.target in _TABLES:
        return entity_named(field.target)
    return entity_named(HANGING[field.name]) if field.name in HANGING else None


def _first(row: Record, places: Sequence[str]) -> Value:
    return next((str(row[place]) for place in places if row.get(place)), None)


def _name(field: WireField, key: str, label: str) -> str:
    """Return the machine name of an option: of a custom field's, what its label leaves."""
    if field.is_named_by_label:
        return label
    return re.sub(r"\W", "_", label, flags=re.ASCII) if field.custom else key


def _sides(**known: Value) -> Record:
    return {side: known.get(side) for side in ("id", *SUFFIXES)}
