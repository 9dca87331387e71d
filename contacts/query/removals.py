"""What has been deleted for good, as far as the trail tells and an actor may know."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from contacts.access import Actor
from contacts.models import Change


class Removal(NamedTuple):
    """A record that is gone: its id, when that was, and its last document."""

    record_id: int
    at: datetime
    document: Mapping[str, Any]


def iter_removed_since(actor: Actor, kind: str, since: datetime) -> Iterator[Removal]:
    """Yield the records of a kind that were deleted at or after a moment, oldest first.

    Who is no administrator is told of those only that were in one of its projects.
    """
    gone = Change.objects.filter(record_kind=kind, action="deleted", at__gte=since)
    for change in gone.order_by("at", "pk"):
        if actor.is_administrator or _was_near(actor, change.before):
            yield Removal(change.record_id, change.at, change.before)


def _was_near(actor: Actor, document: Mapping[str, Any]) -> bool:
    places = document.get("projects") or [document.get("project_id")]
    return not actor.rights.keys().isdisjoint(places)
