"""Merge contacts, and tell what a contact became or was made of."""

from api.civicrm.calls import Asked, Call, Records, Result, success
from api.civicrm.errors import CiviApiError, bad_reference, missing_params
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.formats import whole
from api.civicrm.registry import entity_named
from contacts.errors import ConflictError, ForbiddenError, NotFoundError
from contacts.query import former_of, successor_of
from contacts.services.merging import merge_contacts

_WORDS = {
    "contact_of_user": "The contact of a user account cannot be merged away",
    "different_kinds": "Contacts of different types cannot be merged",
    "nothing_to_merge": "A contact cannot be merged with itself",
}


def merge(call: Call) -> Result:
    """Merge the contact ``to_remove_id`` into ``to_keep_id``."""
    names = ("to_keep_id", "to_remove_id")
    lacking = [name for name in names if not call.params.get(name)]
    if lacking:
        raise missing_params(*lacking)
    keep, gone = (whole(call.params[name], name) for name in names)
    try:
        merge_contacts(call.actor, keep, [gone])
    except NotFoundError as error:
        raise bad_reference("contact_id", error.record_id) from None
    except ForbiddenError:
        message = "Permission denied to modify contact record"
        raise CiviApiError(message, "unauthorized") from None
    except ConflictError as error:
        raise CiviApiError(_WORDS.get(error.reason, "The contacts cannot be merged"), 0) from None
    return success({"merged": [{"main_id": str(keep), "other_id": str(gone)}], "skipped": []}, 2)


def merged_to(call: Call) -> Records:
    """Return the contact that a contact was merged into."""
    found = successor_of(call.actor, _contact_id(call))
    return Records({str(found): {"id": str(found)}} if found else {})


def merged_from(call: Call) -> Records:
    """Return the contacts that were merged into a contact."""
    ids = former_of(call.actor, _contact_id(call))
    return Records({str(pk): {"id": str(pk)} for pk in ids})


def reference_counts(call: Call) -> Result:
    """Return how many records of each kind hang on a contact."""
    if not call.params.get("id"):
        raise missing_params("id")
    contact_id = whole(call.params["id"], "id")
    values = [
        {
            "name": f"sql:{table}:{name}",
            "type": "sql",
            "table": table,
            "key": name,
            "count": count,
        }
        for entity, (table, name) in TABLES.items()
        if (count := _count(call, entity, name, contact_id))
    ]
    return success(values, len(values))


# What hangs on contacts: its table in the original, and the field that says on which.
TABLES = {
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


def _count(call: Call, name: str, field: str, contact_id: int) -> int:
    entity = entity_named(name)
    if entity is None:
        return 0
    return entity.source.count(call.actor, entity, Asked((Filter(field, "=", contact_id),)))


def _contact_id(call: Call) -> int:
    if not call.params.get("contact_id"):
        raise missing_params("contact_id")
    return whole(call.params["contact_id"], "contact_id")
