"""Put contacts into groups and take them out.

Whoever may change a contact may put it into a group. The row of a contact that leaves stays, with
the time, as "removed".
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_contacts
from contacts.access.visible_setup import visible_groups
from contacts.errors import NotFoundError
from contacts.models import Contact, ContactProject, GroupMember
from contacts.services.many_contacts import change_many

Status = GroupMember.Status

KIND = "group_member"
_TIMES = {
    Status.ADDED: "added_at",
    Status.REMOVED: "removed_at",
    Status.PENDING: "pending_at",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """How many memberships were asked about, and how many are different now."""

    asked: int
    changed: int


def set_members(
    actor: Actor, group_ids: Collection[int], contact_ids: Collection[int], status: str = "added"
) -> Moved:
    """Give each contact a status ("added", "removed", "pending") in each group.

    A contact that never was in a group is not removed from it. Raises NotFoundError for a hidden
    group or contact, ForbiddenError for a contact that the actor may not change.
    """
    wanted = Status(status)
    with transaction.atomic():
        groups = _existing_groups(actor, group_ids)
        contacts = _locked_contacts(actor, contact_ids)
        changed: list[int] = []

        def change(ids: list[int]) -> None:
            moved = _moved(actor, groups, ids, wanted)
            changed.extend(row.contact_id for row in moved)
            touched = Contact.objects.filter(pk__in={row.contact_id for row in moved})
            touched.update(updated_at=timezone.now(), editor_id=actor.user_id)

        change_many(actor, contacts, change)
    return Moved(len(groups) * len(contacts), len(changed))


def forget_members(actor: Actor, group_ids: Collection[int], contact_ids: Collection[int]) -> Moved:
    """Take contacts out of groups as if they had never been in them.

    Raises NotFoundError for a hidden group or contact, ForbiddenError for a contact that the actor
    may not change.
    """
    with transaction.atomic():
        groups = _existing_groups(actor, group_ids)
        contacts = _locked_contacts(actor, contact_ids)
        rows = GroupMember.objects.filter(group_id__in=groups, contact_id__in=contacts)
        forgotten = list(rows)

        def change(ids: list[int]) -> None:
            rows.filter(contact_id__in=ids).delete()
            touched = Contact.objects.filter(pk__in=ids)
            touched.update(updated_at=timezone.now(), editor_id=actor.user_id)

        change_many(actor, {row.contact_id for row in forgotten}, change)
        for row in forgotten:
            if row.status != Status.ADDED:
                _tell_forgotten(actor, row)
    return Moved(len(groups) * len(contacts), len(forgotten))


def replace_groups(actor: Actor, contact: Contact, group_ids: Sequence[int]) -> None:
    """Let a contact be in exactly these groups."""
    rows = {row.group_id: row for row in GroupMember.objects.filter(contact=contact)}
    leaving = [pk for pk, row in rows.items() if row.status == Status.ADDED and pk not in group_ids]
    now = timezone.now()
    for group_id in group_ids:
        row = rows.get(group_id) or GroupMember(group_id=group_id, contact=contact, status="")
        if row.status != Status.ADDED:
            _mark(actor, row, Status.ADDED, now)
            row.save()
    for group_id in leaving:
        _mark(actor, rows[group_id], Status.REMOVED, now)
        rows[group_id].save()


def _mark(actor: Actor, row: GroupMember, status: Status, now: datetime) -> None:
    row.status = status
    row.through = actor.dialect[:32]
    setattr(row, _TIMES[status], now)


def _moved(
    actor: Actor, group_ids: Iterable[int], contact_ids: Sequence[int], status: Status
) -> list[GroupMember]:
    """Store the status where it is another one so far; returns the rows that changed."""
    stored = GroupMember.objects.filter(group_id__in=group_ids, contact_id__in=contact_ids)
    present = {(row.group_id, row.contact_id): row for row in stored}
    asked = ((group_id, pk) for pk in contact_ids for group_id in group_ids)
    rows = [
        present.get(key) or GroupMember(group_id=key[0], contact_id=key[1], status="")
        for key in asked
        if key in present or status != Status.REMOVED
    ]
    moved = [row for row in rows if row.status != status]
    before = [row.status for row in moved]
    now = timezone.now()
    for row in moved:
        _mark(actor, row, status, now)
    GroupMember.objects.bulk_update(
        [row for row in moved if row.pk], ["status", "through", _TIMES[status]]
    )
    GroupMember.objects.bulk_create([row for row in moved if not row.pk])
    for row, was in zip(moved, before, strict=True):
        if Status.ADDED not in (was, status):
            _tell(actor, row, was)
    return moved


def _tell(actor: Actor, row: GroupMember, was: str) -> None:
    """Write in the contact's timeline what its document does not show: who waits."""
    before = {"group_id": row.group_id, "status": was} if was else {}
    after = {"group_id": row.group_id, "status": str(row.status)}
    action = "updated" if was else "created"
    history.record(
        actor, KIND, row.pk, action, before=before, after=after, contact_id=row.contact_id
    )


def _tell_forgotten(actor: Actor, row: GroupMember) -> None:
    before = {"group_id": row.group_id, "status": str(row.status)}
    history.record(actor, KIND, row.pk, "deleted", before=before, contact_id=row.contact_id)


def _existing_groups(actor: Actor, group_ids: Collection[int]) -> list[int]:
    ids = list(dict.fromkeys(group_ids))
    found = set(visible_groups(actor).filter(pk__in=ids).values_list("pk", flat=True))
    for group_id in ids:
        if group_id not in found:
            raise NotFoundError("group", group_id)
    return ids


def _locked_contacts(actor: Actor, contact_ids: Collection[int]) -> list[int]:
    """Return the ids of contacts locked for a change; of all that were asked for, or it raises."""
    ids = sorted(set(contact_ids))
    seen = visible_contacts(actor).filter(pk__in=ids).select_for_update(of=("self",))
    found = set(seen.order_by("pk").values_list("pk", flat=True))
    projects: dict[int, list[int]] = {pk: [] for pk in ids}
    links = ContactProject.objects.filter(contact_id__in=ids).order_by()
    for contact_id, project_id in links.values_list("contact_id", "project_id"):
        projects[contact_id].append(project_id)
    for pk in ids:
        if pk not in found:
            raise NotFoundError("contact", pk)
        actor.require(NEEDED["contact", "update"], projects[pk], "contact")
    return ids
