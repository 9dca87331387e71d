"""Add fields of the records that a record points to, under their dotted names."""

from collections.abc import Sequence

from api.civicrm.calls import Asked, Record
from api.civicrm.entity import Entity
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import EVERYTHING
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.options import choices_of, sides_of
from api.civicrm.registry import entity_named
from contacts.access import Actor

Joined = dict[str, list[str]]


def split_joined(names: Sequence[str] | None) -> tuple[Sequence[str] | None, Joined]:
    """Return the names of own fields, and by reference those of other records."""
    if names is None:
        return None, {}
    joined: Joined = {}
    own = []
    for name in names:
        head, _, rest = name.partition(".")
        if rest:
            joined.setdefault(head, []).append(rest)
        else:
            own.append(name)
    return own, joined


def add_joined(
    actor: Actor,
    entity: Entity,
    records: Sequence[Record],
    pointing: Sequence[Record],
    joined: Joined,
) -> None:
    """Put what is asked of other records into the records; what is empty is left out.

    ``pointing`` are the same records with the fields that point to the others.
    """
    fields = entity.by_name(actor)
    for head, names in joined.items():
        field = fields.get(head)
        if field is None or not (field.target or field.list_name):
            continue
        ids = [_id_in(row, field) for row in pointing]
        rows = _rows_joined(actor, field, ids, names)
        for record, record_id in zip(records, ids, strict=True):
            row = rows.get(record_id, {})
            for name in names:
                if row.get(name, "") != "":
                    record[f"{head}.{name}"] = row[name]


def _rows_joined(
    actor: Actor, field: WireField, ids: Sequence[str], names: Sequence[str]
) -> dict[str, Record]:
    if not field.target:
        return {each.number: sides_of(each) for each in choices_of(field.list_name)}
    target = entity_named(field.target)
    return rows_by_id(actor, target, ids, names) if target else {}


def _id_in(row: Record, field: WireField) -> str:
    # Custom fields that hold contacts show their names, and the ids beside.
    beside = row.get(f"{field.name}_id") if field.custom else None
    return str(beside or row.get(field.shown_as, row.get(field.name, "")))


def rows_by_id(
    actor: Actor, target: Entity, ids: Sequence[str], names: Sequence[str]
) -> dict[str, Record]:
    """Return records of another entity by their ids, with the fields that are asked for."""
    wanted = sorted({int(record_id) for record_id in ids if record_id.isdecimal()})
    if not wanted:
        return {}
    asked = Asked((Filter("id", "IN", wanted),), limit=EVERYTHING, returned=tuple(names))
    found = target.source.find(actor, target, asked)
    return {str(row["id"]): row for row in found}
