"""Describe an entity: ``getFields``, ``getActions``; and list the entities."""

from collections.abc import Mapping
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.entity import Entity
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import EVERYTHING, is_yes
from api.civicrm.grammar.trees import TRUTHS, folded
from api.civicrm.mapping import formats
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.options import choices_of, meets
from api.civicrm.v4.naming import Naming
from api.civicrm.v4.reading import whole
from api.civicrm.v4.where import tree_of
from contacts.access import Actor

Params = Mapping[str, Any]  # JSON


def get_fields(entity: Entity, params: Params, actor: Actor) -> list[Record]:
    """Return the fields with their types."""
    naming = Naming(entity, actor)
    with_options = is_yes(params.get("loadOptions"))
    rows = [
        _field(naming, field, with_options) for field in [*naming.plain_fields(), *_custom(naming)]
    ]
    return _selected(rows, params, actor)


def rows_of_actions(names: "list[str]", params: Params, actor: Actor) -> list[Record]:
    """Return the names of actions as records."""
    return _selected([{"name": name} for name in names], params, actor)


def _custom(naming: Naming) -> list[WireField]:
    return [naming.fields[name] for name in naming.custom.values()]


def _field(naming: Naming, field: WireField, with_options: bool) -> Record:
    options: Any = bool(field.list_name)
    if with_options and field.list_name:
        options = {each.number: each.label for each in choices_of(field.list_name)}
    return {
        "name": naming.shown(field),
        "title": str(field.title),
        "label": str(field.title),
        "entity": naming.entity.name,
        "type": "Custom" if field.custom else "Field",
        "data_type": _data_type(field),
        "input_type": field.format.html,
        "required": field.is_required,
        "nullable": not field.is_required,
        "readonly": not field.is_writable,
        "default_value": field.default,
        "options": options,
        "fk_entity": field.target or None,
        "serialize": None,
    }


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
    return next((word for kind, word in _TYPES if isinstance(field.format, kind)), "String")


def _selected(rows: list[Record], params: Params, actor: Actor) -> list[Record]:
    tree = tree_of(params.get("where") or [], frozenset(), actor)

    def matches(row: Record) -> bool:
        return folded(tree, lambda each: _meets(each, row), TRUTHS)

    names = params.get("select") or []
    found = [row for row in rows if matches(row)]
    start = whole(params.get("offset"), "offset")
    found = found[start : start + (whole(params.get("limit"), "limit") or EVERYTHING)]
    return [{k: v for k, v in row.items() if k in names} for row in found] if names else found


def _meets(asked: Filter, row: Record) -> bool:
    value = row.get(asked.name)
    return meets(asked, int(value) if isinstance(value, bool) else value)
