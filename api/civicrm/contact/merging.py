"""Merge contacts, and tell what a contact became or was made of."""

from api.civicrm.calls import Call, Records, Result, success
from api.civicrm.errors import CiviApiError, bad_reference, missing_params
from api.civicrm.mapping.formats import whole
from contacts.errors import ConflictError, ForbiddenError, NotFoundError
from contacts.query import former_of, successor_of
from contacts.services.merging import merge_contacts

_WORDS = {
    "contact_of_user": "The contact of a user account cannot be merged away",
    "different_kinds": "Contacts of different types cannot be merged",
    "nothing_to_merge": "A contact cannot be merged with itself",
}


# The older names are the wrong way round, upstream too.
OLDER_NAMES = {"to_remove_id": "main_id", "to_keep_id": "other_id"}


def merge(call: Call) -> Result:
    """Merge the contact ``to_remove_id`` into ``to_keep_id``."""
    given = {
        name: call.params.get(name) or call.params.get(older) for name, older in OLDER_NAMES.items()
    }
    lacking = [name for name, value in given.items() if not value]
    if lacking:
        raise missing_params(*lacking)
    gone, keep = (whole(value, name) for name, value in given.items())
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


def _contact_id(call: Call) -> int:
    if not call.params.get("contact_id"):
        raise missing_params("contact_id")
    return whole(call.params["contact_id"], "contact_id")
