"""What others changed in the contacts that somebody follows, and has not been seen yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone

from contacts import history, query
from contacts.access import Actor
from contacts.admin.address_book.rows import contact_url
from contacts.admin.address_book.standing import visible_changes
from contacts.admin.address_book.timeline import HEADINGS, is_told
from contacts.models import Change, ContactFollower

# Of one person's contacts; who was away for longer begins with the newest.
MOST_CHANGES = 300
KEPT_FOR = timedelta(days=30)
FOLLOWING = frozenset({"followers"})


@dataclass(frozen=True, slots=True)
class News:
    """What is new in one contact: how many changes, and the last of them in words."""

    contact_id: int
    name: str
    url: str
    count: int
    heading: str
    who: str
    door: str
    at: datetime
    number: int


def follows_any(actor: Actor) -> bool:
    """Tell whether the actor follows contacts at all."""
    return ContactFollower.objects.filter(user_id=actor.user_id or 0).exists()


def news_of(actor: Actor, *, after: int = 0) -> list[News]:
    """Return what is new for the actor since the change of a number, the newest contact first.

    Never one's own changes, and nothing of records that the actor does not see.
    """
    changes = visible_changes(actor, (each for each in _unseen(actor, after) if _is_news(each)))
    names = query.names_of_contacts(actor, {each.contact_id for each in changes if each.contact_id})
    found = [
        _news(contact_id, names[contact_id], entries)
        for contact_id, entries in _by_contact(changes)
        if contact_id in names
    ]
    return sorted(found, key=lambda news: -news.number)


def _unseen(actor: Actor, after: int) -> Iterator[Change]:
    marks = ContactFollower.objects.filter(user_id=actor.user_id or 0)
    seen = dict(marks.values_list("contact_id", "seen"))
    if not seen:
        return
    changes = history.latest().filter(
        contact_id__in=marks.values("contact_id"),
        pk__gt=max(after, min(seen.values())),
        at__gte=timezone.now() - KEPT_FOR,
    )
    for change in changes.exclude(user_id=actor.user_id or 0)[:MOST_CHANGES]:
        if change.contact_id is not None and change.pk > seen.get(change.contact_id, 0):
            yield change


def _is_news(change: Change) -> bool:
    """Leave out what says nothing to people, such as that somebody else follows too."""
    touched = change.before.keys() | change.after.keys()
    is_noise = change.action == "updated" and touched <= FOLLOWING
    return is_told(change) and not is_noise


def _by_contact(changes: Iterable[Change]) -> Iterator[tuple[int, list[Change]]]:
    ordered = sorted(changes, key=lambda change: (change.contact_id or 0, -change.pk))
    for contact_id, entries in groupby(ordered, key=lambda change: change.contact_id or 0):
        yield contact_id, list(entries)


def _news(contact_id: int, name: str, entries: list[Change]) -> News:
    last = entries[0]
    return News(
        contact_id=contact_id,
        name=name or f"#{contact_id}",
        url=contact_url(contact_id),
        count=len(entries),
        heading=str(HEADINGS[last.record_kind, last.action]),
        who=last.user.name if last.user else "",
        door=last.dialect,
        at=last.at,
        number=last.pk,
    )
