"""Read what is pinned to a timeline."""

from contacts.fields.types import written_moment
from contacts.models import Pin


def pins_of(kind: str, record_id: int) -> dict[tuple[str, int], str]:
    """Return when each note and activity was pinned to a contact or deal, by kind and id.

    Whether the actor sees the record is for the caller to know.
    """
    rows = Pin.objects.filter(**{f"{kind}_id": record_id})
    found: dict[tuple[str, int], str] = {}
    for row in rows:
        for entry, entry_id in (("note", row.note_id), ("activity", row.activity_id)):
            if entry_id is not None:
                found[entry, entry_id] = written_moment(row.created_at)
    return found
