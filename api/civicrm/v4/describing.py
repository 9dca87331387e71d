"""Describe an entity: ``getFields``, ``getActions``."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.contact.ages import AGES
from api.civicrm.contact.formats import several
from api.civicrm.entity import Entity
from api.civicrm.grammar.options import EVERYTHING, is_yes
from api.civicrm.mapping import formats
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.options import ordered_by
from api.civicrm.v4 import choices
from api.civicrm.v4.listing import NAMES
from api.civicrm.v4.matching import meets_all
from api.civicrm.v4.naming import PLACES, Naming, Place
from api.civicrm.v4.narrowing import of_type
from api.civicrm.v4.reading import orders_of, whole
from api.civicrm.v4.values import is_truth, typed
from api.civicrm.v4.where import tree_of
from contacts.access import Actor

Params = Mapping[str, Any]  # JSON


def get_fields(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Return the fields with their types; those of one type of contact where `values` say it."""
    values = params.get("values")
    kind = values.get("contact_type") if isinstance(values, Mapping) else None
    naming, load = Naming(of_type(entity, kind), actor), params.get("loadOptions")
    shown = [*naming.plain_fields(), *_custom(naming)]
    rows = [_field(naming, naming.shown(field), field, load) for field in shown]
    if entity.name == "Contact":
        rows += [_place(naming, name, place) for name, place in PLACES.items()]
        rows += [{**_field(naming, each.name, each, None), "type": "Extra"} for each in AGES]
    known = {row["name"] for row in rows}
    # Fields of other records are told where the call names them.
    for name in _named_in(params.get("where")):
        if name not in known and "." in name and naming.has(name):
            field = naming.field_of(naming.named(name))
            rows += [_field(naming, name, field, load)] if field else []
    return selected(rows, params, actor)


def _named_in(where: object) -> list[str]:
    """Return the names of fields that conditions at the top ask for."""
    asked = [each for each in where if isinstance(each, list)] if isinstance(where, list) else []
    asked = [each for each in asked if len(each) == 3 and each[0] == "name"]
    found = [item for each in asked for item in several(each[2]) if each[1] in ("=", "IN")]
    return [str(each) for each in found]


def _place(naming: Naming, name: str, place: Place) -> Record:
    """Return what is told of what hangs on a contact once."""
    target, _line, way = name.partition("_")
    title = f"{way.capitalize()} {_SHORT.get(target, target.capitalize())}"
    link = WireField(
        name=name, title=title, format=formats.INTEGER, target=place.entity, is_writable=False
    )
    return {**_field(naming, name, link, None), "type": "Extra", "column_name": "id"}


_SHORT = {"im": "IM"}


def _custom(naming: Naming) -> list[WireField]:
    return [naming.fields[name] for name in naming.custom.values()]


def _field(naming: Naming, name: str, field: WireField, load_options: object) -> Record:
    has_choices = choices.has_choices(field)
    return {
        "name": name,
        "title": str(field.title),
        "label": str(field.title),
        "entity": naming.entity.name,
        "type": "Custom" if field.custom else "Field",
        "data_type": _data_type(field),
        "input_type": field.format.html,
        "required": field.is_required,
        "nullable": not field.is_required,
        "readonly": not field.is_writable,
        "default_value": _default(naming, field),
        "options": _options(field, load_options, naming.actor) if has_choices else False,
        "suffixes": ["name", "label"] if has_choices else None,
        "fk_entity": NAMES.get(field.target, field.target) or None,
        "table_name": f"civicrm_{naming.entity.snake}",
        "column_name": field.name,
        "serialize": None,
    }


def _default(naming: Naming, field: WireField) -> Any:  # noqa: ANN401 -- JSON
    # Who says nothing means a person; see `writing`.
    is_type = naming.entity.name == "Contact" and field.name == "contact_type"
    if field.default is None:
        return "Individual" if is_type else None
    return typed(str(field.default), field)


def _options(field: WireField, load_options: object, actor: Actor) -> Any:  # noqa: ANN401 -- JSON
    """Return whether there are choices, their labels by id, or the sides that are asked for."""
    if isinstance(load_options, list):
        sides = [str(side) for side in load_options]
        return [
            {
                side: typed(each.get(side), field) if side == "id" else each.get(side)
                for side in sides
            }
            for each in choices.choices(field, actor)
        ]
    if not is_yes(load_options):
        return True
    return {each["id"]: each["label"] for each in choices.choices(field, actor)}


# Kind of format: the word of version 4 for its values; the first that fits counts.
_TYPES: tuple[tuple[type[formats.Format], str], ...] = (
    (formats.YesNo, "Boolean"),
    (formats.Money, "Money"),
    (formats.Number, "Float"),
    (formats.Integer, "Integer"),
    (formats.Option, "Integer"),
    (formats.Day, "Date"),
    (formats.Moment, "Timestamp"),
    (formats.LongText, "Text"),
)


def _data_type(field: WireField) -> str:
    if isinstance(field.format, formats.YesNo) and not is_truth(field):
        return "String"
    return next((word for kind, word in _TYPES if isinstance(field.format, kind)), "String")


def selected(rows: Sequence[Record], params: Params, actor: Actor) -> list[Record]:
    """Return what a call asks for of rows that are worked out; raises CiviApiError."""
    tree = tree_of(params.get("where") or [], frozenset(), actor)
    found = [row for row in rows if meets_all(tree, row)]
    for name, way in reversed(list(orders_of(params.get("orderBy")))):
        found.sort(key=partial(_placed, name), reverse=way)
    start = whole(params.get("offset"), "offset")
    found = found[start : start + (whole(params.get("limit"), "limit") or EVERYTHING)]
    patterns = [str(each) for each in params.get("select") or ["*"] if each != "row_count"]
    return [
        {name: value for name, value in row.items() if _is_among(name, patterns)} for row in found
    ]


def _placed(name: str, row: Record) -> Any:  # noqa: ANN401 -- anything that can be ordered
    return ordered_by(row.get(name))


def _is_among(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
