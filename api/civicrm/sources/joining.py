"""Add fields of the records that a record points to, under their dotted names."""

from collections.abc import Sequence

from api.civicrm.calls import Asked, Record
from api.civicrm.entity import Entity
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import EVERYTHING
from api.civicrm.mapping.fields import Document
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
    documents: Sequence[Document],
    joined: Joined,
) -> None:
    """Put what is asked of other records into the records; what is empty is left out."""
    fields = entity.by_name(actor)
    for head, names in joined.items():
        field = fields.get(head)
        target = entity_named(field.target) if field and field.target else None
        if field is None or target is None:
            continue
        ids = [str(field.format.written(document.get(field.path), field)) for document in documents]
        rows = rows_by_id(actor, target, ids, names)
        for record, record_id in zip(records, ids, strict=True):
            row = rows.get(record_id, {})
            for name in names:
                if row.get(name, "") != "":
                    record[f"{head}.{name}"] = row[name]


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
