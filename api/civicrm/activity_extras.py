"""What lists of activities tell more of them, as the original does: tags, and names in words."""

from collections.abc import Sequence

from api.civicrm.calls import Asked, Record
from api.civicrm.entity import Entity
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import EVERYTHING
from api.civicrm.mapping.fields import Document
from api.civicrm.mapping.options import find_choice
from api.civicrm.mapping.tables_named import ACTIVITY_TABLE
from api.civicrm.registry import entity_named
from api.civicrm.sources.records import written
from contacts.access import Actor


def tag_names(asked: Asked) -> list[str]:
    """Return what is asked for of the tags of activities: ``tag_id`` and ``tag_id.name``."""
    names = asked.returned or ()
    return [name for name in names if name == "tag_id" or name.startswith("tag_id.")]


def add_tags(actor: Actor, records: Sequence[Record], names: Sequence[str]) -> None:
    """Put the tags of activities into their records, each under its id."""
    entity = entity_named("EntityTag")
    by_id = {record["id"]: record for record in records}
    if entity is None or not by_id:
        return
    filters = (
        Filter("entity_table", "=", ACTIVITY_TABLE),
        Filter("entity_id", "IN", list(by_id)),
    )
    wanted = tuple(dict.fromkeys(("tag_id", "entity_id", *names)))
    asked = Asked(filters, limit=EVERYTHING, returned=wanted)
    for row in entity.source.find(actor, entity, asked):
        told = {name: value for name, value in row.items() if name not in ("id", "entity_id")}
        by_id[row["entity_id"]].setdefault("tag_id", {})[row["tag_id"]] = told


def add_words(
    actor: Actor,
    entity: Entity,
    records: Sequence[Record],
    documents: Sequence[Document],
    asked: Asked,
) -> None:
    """Name types and statuses in words, and show custom fields, in the activities of a contact.

    The original does so where the filter ``contact_id`` is used, and nowhere else.
    """
    if not any(each.name == "contact_id" for each in asked.filters):
        return
    customs = written(entity, actor, documents, Asked(returned=("custom",)))
    for record, custom in zip(records, customs, strict=True):
        record.update((name, value) for name, value in custom.items() if name.startswith("custom_"))
        status = find_choice("activity_status", record.get("status_id"))
        if status is not None:
            record["status"] = status.label
        kind = find_choice("activity_type", record.get("activity_type_id"))
        if kind is not None:
            record["activity_name"] = kind.name
