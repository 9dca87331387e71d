"""What has been deleted for good, as far as the trail tells and an actor may know."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from contacts.access import Actor
from contacts.access.visibility import visible_contacts, visible_deals, visible_tickets
from contacts.models import Change


class Removal(NamedTuple):
    """A record that is gone: its id, when that was, and its last document."""

    record_id: int
    at: datetime
    document: Mapping[str, Any]


def iter_removed_since(actor: Actor, kind: str, since: datetime) -> Iterator[Removal]:
    """Yield the records of a kind that were deleted at or after a moment, oldest first.

    Who is no administrator is told of those only that were in one of its projects, or about
    something that it sees; never of another's private ones.
    """
    gone = Change.objects.filter(record_kind=kind, action="deleted", at__gte=since)
    back = Change.objects.filter(record_kind=kind, action="restored", at__gte=since)
    returned = set(back.values_list("record_id", flat=True))
    changes = [each for each in gone.order_by("at", "pk") if each.record_id not in returned]
    seen = {key: _seen(actor, key, changes) for key in _ABOUT}
    for change in changes:
        if actor.is_administrator or _was_near(actor, change.before, seen):
            yield Removal(change.record_id, change.at, change.before)


# What notes and files were about, by the column that said so.
_ABOUT: Mapping[str, Callable[[Actor], QuerySet[Any]]] = {
    "contact_id": visible_contacts,
    "deal_id": visible_deals,
    "ticket_id": visible_tickets,
}


def _seen(actor: Actor, key: str, changes: Sequence[Change]) -> frozenset[int]:
    named = {change.before[key] for change in changes if change.before.get(key)}
    if actor.is_administrator or not named:
        return frozenset()
    return frozenset(_ABOUT[key](actor).filter(pk__in=named).values_list("pk", flat=True))


def _was_near(
    actor: Actor, document: Mapping[str, Any], seen: Mapping[str, frozenset[int]]
) -> bool:
    if document.get("is_private") and document.get("author_id") != actor.user_id:
        return False
    places = document.get("projects") or [document.get("project_id")]
    in_project = not actor.rights.keys().isdisjoint(places)
    return in_project or any(document.get(key) in seen[key] for key in _ABOUT)
