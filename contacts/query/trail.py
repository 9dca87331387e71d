"""Read what happened to a record that the actor sees."""

from contacts.access import Actor, find_readable
from contacts.fields.types import written_moment
from contacts.models import Change

Document = dict[str, object]


def entries_of(actor: Actor, kind: str, record_id: int, *, limit: int) -> list[Document]:
    """Return the entries of a record, newest first, without fields that the actor may not read.

    Whether the actor sees the record is for the caller to know.
    """
    rows = Change.objects.filter(record_kind=kind, record_id=record_id).order_by("-id")[:limit]
    return [
        {
            "id": row.pk,
            "action": row.action,
            "before": _readable(actor, kind, row.before),
            "after": _readable(actor, kind, row.after),
            "user_id": row.user_id,
            "at": written_moment(row.at),
        }
        for row in rows
    ]


def _readable(actor: Actor, kind: str, values: Document) -> Document:
    """Return the values without those of custom fields that are for others."""
    custom = values.get("custom")
    if not isinstance(custom, dict):
        return values
    seen = {
        key: value
        for key, value in custom.items()
        if find_readable(actor, kind, f"custom_{key}") is not None
    }
    return {**values, "custom": seen}
