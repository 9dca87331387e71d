"""Count what points to a record: ``getrefcount``."""

from collections.abc import Iterator

from api.civicrm.calls import Asked, Call, Record, Result, success
from api.civicrm.entity import Entity
from api.civicrm.errors import missing_params
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import whole
from api.civicrm.registry import all_entities, entity_named
from contacts.fields import reference

# What hangs on contacts: its table in the original, and the field that says on which.
_OF_CONTACTS = {
    "Activity": ("civicrm_activity_contact", "contact_id"),
    "Address": ("civicrm_address", "contact_id"),
    "Email": ("civicrm_email", "contact_id"),
    "EntityTag": ("civicrm_entity_tag", "entity_id"),
    "GroupContact": ("civicrm_group_contact", "contact_id"),
    "Im": ("civicrm_im", "contact_id"),
    "Note": ("civicrm_note", "entity_id"),
    "Phone": ("civicrm_phone", "contact_id"),
    "Relationship": ("civicrm_relationship", "contact_id"),
    "Website": ("civicrm_website", "contact_id"),
}


def reference_counts(call: Call) -> Result:
    """Return how many records of each kind point to one; none for one that is not there."""
    if not call.params.get("id"):
        raise missing_params("id")
    record_id = whole(call.params["id"], "id")
    asked = Asked((Filter("id", "=", record_id),), limit=1, is_complete=True)
    found = call.entity.source.find(call.actor, call.entity, asked)
    values = list(_counts(call, found[0])) if found else []
    return success(values, len(values))


def _counts(call: Call, record: Record) -> Iterator[Record]:
    for entity, table, name, value in _pointing(call, record):
        question = Asked((Filter(name, "=", value),))
        count = entity.source.count(call.actor, entity, question)
        if count:
            yield {
                "name": f"sql:{table}:{name}",
                "type": "sql",
                "table": table,
                "key": name,
                "count": count,
            }


def _pointing(call: Call, record: Record) -> Iterator[tuple[Entity, str, str, object]]:
    """Yield what may point to a record: entity, table, name of the field, what it then holds."""
    if call.entity.name == "Contact":
        for known, (table, name) in _OF_CONTACTS.items():
            entity = entity_named(known)
            if entity is not None:
                yield entity, table, name, record["id"]
        return
    for entity in all_entities().values():
        for field in entity.fields(call.actor):
            # What is shown of the primary channel is counted with the channels.
            if field.scope == "any" and field.key and _points_to(field, call.entity, record):
                value = record["value"] if field.list_name and not field.target else record["id"]
                yield entity, f"civicrm_{entity.snake}", field.name, value


def _points_to(field: WireField, entity: Entity, record: Record) -> bool:
    if entity.name == "OptionValue" and field.list_name and not field.target:
        number = reference.option_lists().id_of(field.list_name)
        return str(record["option_group_id"]) == str(number)
    return field.target == entity.name
