"""Which records behind a timeline are there, in a trash, or gone; who may see and undo what."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from contacts.access import NEEDED, Actor, visibility
from contacts.access.visible_setup import visible_relationships
from contacts.models import Change, DeletedRecord
from contacts.services.duplicates import KIND as LIKE
from contacts.services.undoing import can_undo

Key = tuple[str, int]

# Rows of each kind that an actor sees; each is a query of its own.
SEEN: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "note": visibility.visible_notes,
    "deal": visibility.visible_deals,
    "activity": visibility.visible_activities,
    "ticket": visibility.visible_tickets,
    "attachment": visibility.visible_attachments,
}
# Those that have a trash of their own.
TRASHED: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "deal": lambda actor: visibility.visible_deals(actor, archived=True),
    "activity": lambda actor: visibility.visible_activities(actor, archived=True),
    "ticket": lambda actor: visibility.visible_tickets(actor, archived=True),
}
# What an action that is taken back needs; the records of a kind are removed by one of these.
RIGHTS = {"archived": "restore", "updated": "update"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the records of some changes are now, as far as an actor sees them."""

    living: set[Key] = field(default_factory=set)
    trashed: set[Key] = field(default_factory=set)
    kept: set[Key] = field(default_factory=set)


def standing_of(actor: Actor, changes: Sequence[Change]) -> Standing:
    """Return where the records are that changes are about."""
    found = Standing()
    _find(actor, changes, {**SEEN, "relationship": visible_relationships}, found.living)
    _find(actor, changes, TRASHED, found.trashed, "archived")
    deleted = [change for change in changes if change.action == "deleted"]
    if deleted:
        kept = DeletedRecord.objects.filter(_any_of(deleted))
        if not actor.is_administrator:
            kept = kept.filter(user_id=actor.user_id or 0)
        found.kept.update(kept.values_list("kind", "record_id"))
    return found


def _find(
    actor: Actor,
    changes: Iterable[Change],
    rows_of: Mapping[str, Callable[[Actor], QuerySet[Any]]],
    into: set[Key],
    action: str = "",
) -> None:
    """Add the records that are among some rows; with an action, only where there was one such."""
    wanted: dict[str, set[int]] = {}
    with_action = set()
    for change in changes:
        wanted.setdefault(change.record_kind, set()).add(change.record_id)
        if change.action == action:
            with_action.add(change.record_kind)
    for kind, rows in rows_of.items():
        if kind in wanted and (not action or kind in with_action):
            ids = rows(actor).filter(pk__in=wanted[kind]).values_list("pk", flat=True)
            into |= {(kind, pk) for pk in ids}


def _any_of(changes: Iterable[Change]) -> Q:
    found = Q(pk=None)
    for change in changes:
        found |= Q(kind=change.record_kind, record_id=change.record_id)
    return found


def visible_changes(
    actor: Actor, changes: Iterable[Change], standing: Standing | None = None
) -> list[Change]:
    """Return the changes of records that the actor sees: a private note leaves no trace.

    Nor does a contact that looks alike and that the actor does not see. What is deleted is told to
    those who can bring it back.
    """
    changes = _of_known_likes(actor, list(changes))
    now = standing or standing_of(actor, changes)

    def is_seen(change: Change) -> bool:
        key = (change.record_kind, change.record_id)
        if change.record_kind not in SEEN:
            return True
        return key in now.living or key in now.trashed or key in now.kept

    return [change for change in changes if is_seen(change)]


def may_undo(actor: Actor, change: Change, now: Standing, projects: Sequence[int]) -> bool:
    """Tell whether a change can be taken back, and by this actor; `projects` are the contact's."""
    kind, key = change.record_kind, (change.record_kind, change.record_id)
    if not can_undo(change):
        return False
    if change.action == "deleted":
        return key in now.kept
    if kind in ("contact", LIKE):
        return _has_right(actor, change, projects)
    there = now.trashed if change.action == "archived" else now.living
    return key in there and _has_right(actor, change, projects)


def _has_right(actor: Actor, change: Change, projects: Sequence[int]) -> bool:
    kind = change.record_kind
    if kind in ("contact", LIKE, "attachment"):
        return actor.has(NEEDED["contact", "update"], projects)
    action = RIGHTS.get(change.action, "archive" if kind in TRASHED else "delete")
    is_own = kind == "note" and change.user_id is not None and change.user_id == actor.user_id
    if is_own and actor.has(NEEDED["own_note", action], projects):
        return True
    return actor.has(NEEDED[kind, action], projects)


def _of_known_likes(actor: Actor, changes: Sequence[Change]) -> list[Change]:
    """Leave out what was said of contacts some of which the actor does not see."""
    alike = {each.pk: set(each.after["contacts"]) for each in changes if each.record_kind == LIKE}
    named = set().union(*alike.values())
    if not named:
        return list(changes)
    seen = visibility.visible_contacts(actor, archived=None).filter(pk__in=named)
    hidden = named - set(seen.values_list("pk", flat=True))
    return [each for each in changes if not alike.get(each.pk, set()) & hidden]
