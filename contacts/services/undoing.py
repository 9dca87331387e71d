"""Take back what was done: one change of a contact, or everything that one request changed.

What was said of contacts that look alike is taken back too.

Of a whole request, deals, activities and tickets only go into the trash and out of it, and notes,
files, relationships and saved views are brought back from the wastebasket; a single change of these
is taken back by `undoing_records`.

What somebody else has changed since stays as it is now. Undoing is a change like any other: it
needs the same rights, is in the history, and can itself be undone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from contacts.access import Actor
from contacts.access.visibility import visible_projects
from contacts.errors import DomainError, NotFoundError
from contacts.index import Document
from contacts.models import Change, Contact
from contacts.services import duplicates
from contacts.services.contacts import archive_contact, restore_contact, update_contact
from contacts.services.earlier_values import DERIVED, earlier_values, moved_since
from contacts.services.merging import is_merged, unmerge_contact
from contacts.services.undoing_records import (
    REMOVALS,
    TRASH,
    Way,
    can_undo_record,
    undo_record_change,
)
from contacts.services.wastebasket import bring_back, deleted_by_request

MOST_CHANGES = 1_000


@dataclass(frozen=True, slots=True)
class Left:
    """A contact that was left as it is, or of which something was.

    `keys` names the fields that were changed since; `is_edited` tells that something else was, and
    without either the contact could not be changed at all.
    """

    contact_id: int
    keys: tuple[str, ...] = ()
    is_edited: bool = False


@dataclass(frozen=True, slots=True)
class Undone:
    """How many changes were taken back, how many could not be, and where older ones begin."""

    count: int
    refused: int
    last: int | None = None
    left: tuple[Left, ...] = ()


def changes_by_request(actor: Actor, request_id: str) -> QuerySet[Change]:
    """Return what the actor itself changed by one request, the newest change first."""
    changes = Change.objects.filter(request_id=request_id, user_id__isnull=False)
    own = changes.filter(record_kind__in=["contact", duplicates.KIND, *TRASH])
    if not request_id or actor.user_id is None:
        return own.none()
    return own.filter(user_id=actor.user_id).order_by("-id")


def undo_request(
    actor: Actor, request_id: str, *, below: int | None = None, most: int = MOST_CHANGES
) -> Undone:
    """Take back what the actor itself changed by one request, the newest change first.

    Of more than `most` changes the older ones are left; `below` goes on with those. A contact that
    was made by the request stays where somebody has done anything with it since.
    """
    found = changes_by_request(actor, request_id)
    changes = list((found if below is None else found.filter(pk__lt=below))[:most])
    last = changes[-1].pk if len(changes) == most else None
    merged = {change.after.get("merged_id") for change in changes if change.action == "merged"}
    made = _made_by(changes)
    touched = _touched_since(actor, request_id, made)
    gone = _archived_of(made)
    count, refused = _bring_back(actor, request_id) if below is None else (0, 0)
    left: list[Left] = []
    unmerged: set[int] = set()
    for change in changes:
        # What a merge archived and changed comes back with the merge.
        by_merge = {"archived": merged, "updated": unmerged}.get(change.action, ())
        if change.pk in gone or change.record_id in by_merge:
            continue
        if change.pk in touched:
            refused += 1
            left.append(Left(change.record_id, is_edited=True))
            continue
        try:
            is_undone = _undo(actor, change, left)
        except DomainError:
            refused += 1
            if change.record_kind == "contact":
                left.append(Left(change.record_id))
        else:
            count += is_undone
            if is_undone and change.action == "merged":
                unmerged |= {change.record_id, change.after["merged_id"]}
    return Undone(count, refused, last, tuple(left))


def _made_by(changes: Sequence[Change]) -> dict[int, int]:
    """Return the contacts that some changes made, each with that change."""
    return {
        change.record_id: change.pk
        for change in changes
        if (change.record_kind, change.action) == ("contact", "created")
    }


def _archived_of(made: Mapping[int, int]) -> set[int]:
    """Return those changes that made a contact which is in the archive already."""
    archived = Contact.objects.filter(pk__in=list(made), archived_at__isnull=False)
    return {made[pk] for pk in archived.values_list("pk", flat=True)}


def _touched_since(actor: Actor, request_id: str, made: Mapping[int, int]) -> set[int]:
    """Return those changes that made a contact with which something else has happened since."""
    ours = [text for text in (request_id, actor.request_id) if text]
    others = Change.objects.filter(contact_id__in=list(made)).exclude(request_id__in=ours)
    later = others.order_by().values_list("contact_id", "pk")
    return {made[contact_id] for contact_id, pk in later if contact_id and pk > made[contact_id]}


def _bring_back(actor: Actor, request_id: str) -> tuple[int, int]:
    """Bring back what the request deleted; returns how many came, and how many could not."""
    count = refused = 0
    for kept in deleted_by_request(actor, request_id):
        try:
            bring_back(actor, kept)
        except DomainError:
            refused += 1
        else:
            count += 1
    return count, refused


def undo_change(actor: Actor, change_id: int) -> bool:
    """Take back one change in a contact's timeline; tell whether anything was left to take back.

    Raises NotFoundError, ForbiddenError, InvalidError, ConflictError.
    """
    change = Change.objects.filter(pk=change_id).first()
    if change is None or change.record_kind not in ("contact", duplicates.KIND, *REMOVALS):
        raise NotFoundError("change", change_id)
    if change.record_kind in ("contact", duplicates.KIND):
        return _undo(actor, change, [])
    return undo_record_change(actor, change)


def can_undo(change: Change) -> bool:
    """Tell whether a change is of a kind that can be taken back."""
    if change.record_kind == duplicates.KIND:
        return change.action in _UNSAID
    if change.record_kind != "contact":
        return can_undo_record(change)
    if change.action != "updated":
        return change.action in _OPPOSITES or change.action == "merged"
    return bool((change.before.keys() | change.after.keys()) - DERIVED)


_OPPOSITES = {
    "created": archive_contact,
    "restored": archive_contact,
    "archived": restore_contact,
}

# What was said of contacts that look alike.
_UNSAID: dict[str, Callable[[Actor, Sequence[int]], int]] = {
    duplicates.REFUSED: duplicates.suspect_again,
    duplicates.SUSPECTED: duplicates.refuse_duplicates,
}


def _opposite(change: Change) -> Way | None:
    if change.record_kind == "contact":
        return _OPPOSITES.get(change.action)
    archive, restore = TRASH[change.record_kind]
    return {"created": archive, "restored": archive, "archived": restore}.get(change.action)


def _undo(actor: Actor, change: Change, left: list[Left]) -> bool:
    """Take back one change; what has to stay is put among what is left."""
    if change.record_kind == duplicates.KIND:
        return bool(_UNSAID[change.action](actor, change.after["contacts"]))
    if change.record_kind == "contact" and change.action in ("merged", "archived"):
        # What went into the trash by a merge comes back with all that was taken from it.
        former_id = change.after.get("merged_id", change.record_id)
        if is_merged(former_id):
            unmerge_contact(actor, former_id)
            return True
        if change.action == "merged":
            return False
    opposite = _opposite(change)
    if opposite is not None:
        opposite(actor, change.record_id)
        return True
    if change.action != "updated" or change.record_kind != "contact":
        return False
    return _take_back(actor, change, left)


def _take_back(actor: Actor, change: Change, left: list[Left]) -> bool:
    """Give the fields of a contact what they held before, where nobody has changed them since."""
    taken_back: dict[str, object] = {}
    moved: list[str] = []

    def earlier(now: Document) -> Mapping[str, object]:
        moved.extend(moved_since(now, change.before, change.after))
        taken_back.update(earlier_values(now, change.before, change.after))
        if "projects" in taken_back:
            ids = change.before.get("projects", [])
            # Those that the actor does not see stay as they are.
            taken_back["projects"] = list(
                visible_projects(actor).filter(pk__in=ids).values_list("pk", flat=True)
            )
        return taken_back

    update_contact(actor, change.record_id, earlier)
    if moved:
        left.append(Left(change.record_id, tuple(moved)))
    return bool(taken_back)
