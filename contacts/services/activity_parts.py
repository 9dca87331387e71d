"""Let contacts take part in activities, one at a time.

Each is a change of its activity: the same right, the same entry in the history.
"""

from collections.abc import Mapping

from django.db import transaction

from contacts.access import Actor
from contacts.access.visible_work import visible_activity_parts
from contacts.errors import Fault, InvalidError, NotFoundError
from contacts.fields.activity_fields import PARTS
from contacts.models import ActivityContact
from contacts.query import get_record
from contacts.services.activities import update_activity
from contacts.services.records import Document, hold
from contacts.services.values import clean_values, id_of, ids_of

Values = Mapping[str, object]

KIND = "activity_part"
_KEYS = {part.value: key for key, part in PARTS.items()}


def add_part(actor: Actor, values: Values) -> Document:
    """Let a `contact` be a `part` in an `activity`; one that is that already stays it.

    Raises InvalidError, NotFoundError for a hidden or missing activity, ForbiddenError.
    """
    actor.require_write()
    cleaned = clean_values(actor, KIND, values, creating=True)
    activity_id, contact_id = id_of(cleaned["activity"]), id_of(cleaned["contact"])
    if activity_id is None or contact_id is None:
        raise InvalidError([Fault("activity", "blank")])
    key = _KEYS[str(cleaned["part"])]
    with transaction.atomic():
        present = _present(actor, activity_id, key)
        if contact_id not in present:
            update_activity(actor, activity_id, {key: [*present, contact_id]})
        ends = {"activity_id": activity_id, "contact_id": contact_id, "part": cleaned["part"]}
        return get_record(actor, KIND, ActivityContact.objects.get(**ends).pk)


def change_part(actor: Actor, part_id: int, values: Values) -> Document:
    """Change who is what in which activity; it becomes another record where that differs.

    Raises NotFoundError, InvalidError, ForbiddenError.
    """
    with transaction.atomic():
        row = _find(actor, part_id)
        before = {"activity": row.activity_id, "contact": row.contact_id, "part": row.part}
        wanted = {**before, **values}
        if wanted == before:
            return get_record(actor, KIND, part_id)
        remove_part(actor, part_id)
        return add_part(actor, wanted)


def remove_part(actor: Actor, part_id: int) -> None:
    """Let a contact be no longer what it was in an activity.

    Raises NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        row = _find(actor, part_id)
        key = _KEYS[row.part]
        left = [pk for pk in _present(actor, row.activity_id, key) if pk != row.contact_id]
        update_activity(actor, row.activity_id, {key: left})


def _present(actor: Actor, activity_id: int, key: str) -> list[int]:
    """Return who takes part in an activity, held: the parts of one key are written as a whole."""
    hold(actor, "activity", activity_id)
    return ids_of(get_record(actor, "activity", activity_id).get(key))


def _find(actor: Actor, part_id: int) -> ActivityContact:
    row = visible_activity_parts(actor).filter(pk=part_id).first()
    if row is None:
        raise NotFoundError(KIND, part_id)
    return row
