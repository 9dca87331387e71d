"""Hand over what hangs on one contact to another one, and back again.

Only the rows are moved, and their ids noted. Whoever calls locks both contacts and refreshes what
follows from the rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from contacts.models import (
    EMPLOYEE_OF,
    ActivityContact,
    Attachment,
    Contact,
    ContactFollower,
    Deal,
    DealContact,
    FormerContact,
    GroupMember,
    Membership,
    Note,
    Relationship,
    Submission,
    Ticket,
)

Moved = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Hanging:
    """One way in which rows hang on a contact.

    `once_with` names the columns with which the contact may occur only once; None where it may
    occur as often as it likes.
    """

    name: str
    model: type[Model]
    column: str
    once_with: tuple[str, ...] | None = None


HANGINGS = (
    Hanging("notes", Note, "contact_id"),
    Hanging("deals", Deal, "contact_id"),
    Hanging("tickets", Ticket, "contact_id"),
    Hanging("files", Attachment, "contact_id"),
    Hanging("submissions", Submission, "contact_id"),
    Hanging("former_ids", FormerContact, "contact_id"),
    Hanging("subsidiaries", Contact, "parent_id"),
    Hanging("reports", Contact, "reports_to_id"),
    Hanging("people", Contact, "employer_id"),
    Hanging("membership", Membership, "contact_id", ()),
    Hanging("followers", ContactFollower, "contact_id", ("user_id",)),
    Hanging("groups", GroupMember, "contact_id", ("group_id",)),
    Hanging("activity_parts", ActivityContact, "contact_id", ("activity_id", "part")),
    Hanging("deal_parts", DealContact, "contact_id", ("deal_id",)),
    Hanging("note_parts", Note.further_contacts.through, "contact_id", ("note_id",)),
    Hanging("ticket_parts", Ticket.contacts.through, "contact_id", ("ticket_id",)),
    Hanging("documents", Attachment.contacts.through, "contact_id", ("attachment_id",)),
    Hanging("ties_from", Relationship, "contact_a_id", ("type_id", "contact_b_id")),
    Hanging("ties_to", Relationship, "contact_b_id", ("type_id", "contact_a_id")),
)
BY_NAME = {hanging.name: hanging for hanging in HANGINGS}


# Ties of people who have both companies: the one to the company that goes would say it twice.
ENDED = "ended_ties"
PICTURE = "picture"


def hand_over(gone: Contact, keep: Contact) -> Moved:
    """Move what hangs on a contact to another one; returns the ids of what was moved."""
    moved = {PICTURE: _hand_over_picture(gone, keep)}
    moved |= {hanging.name: _hand_over(hanging, gone, keep) for hanging in HANGINGS}
    twice = Relationship.objects.filter(contact_b=gone, type__name_a_b=EMPLOYEE_OF, is_active=True)
    moved[ENDED] = list(twice.values_list("pk", flat=True))
    twice.update(is_active=False)
    return {name: ids for name, ids in moved.items() if ids}


def hand_back(moved: Mapping[str, Iterable[int]], keep: Contact, gone: Contact) -> None:
    """Move back what was handed over and is still where it was put."""
    pictures = list(moved.get(PICTURE, ()))
    if pictures and keep.avatar_id in pictures:
        _give_picture(keep, gone)
    for name, ids in moved.items():
        hanging = BY_NAME.get(name)
        if hanging is None:
            continue
        manager = hanging.model._default_manager
        rows = manager.filter(pk__in=list(ids), **{hanging.column: keep.pk})
        rows.update(**{hanging.column: gone.pk})
    Relationship.objects.filter(pk__in=moved.get(ENDED, ()), contact_b=gone).update(is_active=True)


def _hand_over_picture(gone: Contact, keep: Contact) -> list[int]:
    """Give the picture to the one that has none; returns its id."""
    picture = gone.avatar_id
    if picture is None or keep.avatar_id is not None:
        return []
    _give_picture(gone, keep)
    return [picture]


def _give_picture(giver: Contact, taker: Contact) -> None:
    Attachment.objects.filter(pk=giver.avatar_id or 0).update(contact=taker)
    taker.avatar_id, giver.avatar_id = giver.avatar_id, None
    for contact in (giver, taker):
        contact.save(update_fields=["avatar"])


def _hand_over(hanging: Hanging, gone: Contact, keep: Contact) -> list[int]:
    manager = hanging.model._default_manager
    rows = manager.filter(_may_go(hanging, gone, keep), **{hanging.column: gone.pk})
    ids = [row.pk for row in rows.order_by("pk") if not _is_there(hanging, row, keep)]
    manager.filter(pk__in=ids).update(**{hanging.column: keep.pk})
    return ids


def _may_go(hanging: Hanging, gone: Contact, keep: Contact) -> Q:
    """Return which rows may be moved: none that ties the two to each other, or is one of them."""
    if hanging.model is Attachment:
        return ~Q(pk=gone.avatar_id or 0)
    if hanging.model is Contact:
        return ~Q(pk=keep.pk)
    if hanging.column == "contact_a_id":
        # The companies of a person are among its values.
        return ~Q(contact_b=keep) & ~Q(type__name_a_b=EMPLOYEE_OF, is_active=True)
    return ~Q(contact_a=keep) if hanging.column == "contact_b_id" else Q()


def _is_there(hanging: Hanging, row: Any, keep: Contact) -> bool:  # noqa: ANN401  # of any model
    if hanging.once_with is None:
        return False
    same = {column: getattr(row, column) for column in hanging.once_with}
    others = hanging.model._default_manager.filter(**{hanging.column: keep.pk}, **same)
    return others.exists()
