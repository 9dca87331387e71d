"""Take out of the trail what it tells of a person who is erased.

The one exception to "written once and never altered": who did what and when stays, so that the
numbers go on and programs still learn that a record is gone.
"""

from collections.abc import Collection

from contacts.models import Change

# Who may learn that a record is gone depends on where it was (see `query.removals`).
PLACES = frozenset(
    {
        "kind",
        "stage",
        "projects",
        "project_id",
        "is_private",
        "author_id",
        "contact_id",
        "deal_id",
        "ticket_id",
    }
)


def silence(kind: str, record_ids: Collection[int]) -> None:
    """Empty the entries of records that are gone; of a deletion it stays where the record was."""
    entries = Change.objects.filter(record_kind=kind, record_id__in=record_ids)
    entries.exclude(action="deleted").update(before={}, after={})
    for entry in entries.filter(action="deleted"):
        entry.before = {key: value for key, value in entry.before.items() if key in PLACES}
        entry.after = {}
        entry.save(update_fields=["before", "after"])
