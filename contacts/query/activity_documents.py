"""The documents of what ties activities to others: who is what in them, and their tags."""

from collections.abc import Sequence
from typing import Any

from contacts.access import Actor
from contacts.models import ActivityContact

Document = dict[str, object]


def activity_parts(actor: Actor, rows: Sequence[ActivityContact]) -> list[Document]:
    """Return the documents of contacts in activities, each with what it is there."""
    names = ("activity_id", "contact_id", "part")
    return [{"id": row.pk, **{name: getattr(row, name) for name in names}} for row in rows]


def activity_tags(actor: Actor, rows: Sequence[Any]) -> list[Document]:  # of a table of links
    """Return the documents of tags on activities."""
    return [{"id": row.pk, "activity_id": row.activity_id, "tag_id": row.tag_id} for row in rows]
