"""Set up groups of contacts: make, rename and delete them.

Everybody who may change contacts sets up groups; reserved ones are the administrators' matter.
Who is in a group: see `group_members`.
"""

import re
from collections.abc import Mapping

from django.db import transaction

from contacts.access import NEEDED, Actor
from contacts.access.visible_setup import visible_groups
from contacts.errors import Fault, ForbiddenError
from contacts.fields import reference
from contacts.fields.text import fold
from contacts.models import Group, GroupMember
from contacts.services.many_contacts import change_many
from contacts.services.records import Document, locked
from contacts.services.setup import delete_setup, store_change, store_new, taken_faults
from contacts.services.values import check_values, ids_of, require_no_faults

Values = Mapping[str, object]

KIND = "group"
_NOT_WORDS = re.compile(r"[^A-Za-z0-9]+")


def create_group(actor: Actor, values: Values) -> Document:
    """Make a group; its name follows from its title unless given.

    Raises ForbiddenError, InvalidError.
    """
    _require_right(actor, "create")
    with transaction.atomic():
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        row = Group(author_id=actor.user_id)
        require_no_faults(faults + _faults(actor, row, cleaned))
        if not cleaned.get("name"):
            cleaned["name"] = _free_name(str(cleaned["title"]))
        document = store_new(actor, row, KIND, cleaned)
        reference.bump("tags")
        return document


def update_group(actor: Actor, group_id: int, values: Values) -> Document:
    """Change what a group is; its members stay.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, group_id, "update")
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        require_no_faults(faults + _faults(actor, row, cleaned))
        if "name" in cleaned and not cleaned["name"]:
            del cleaned["name"]
        document = store_change(actor, row, KIND, cleaned)
        reference.bump("tags")
        return document


def delete_group(actor: Actor, group_id: int) -> None:
    """Delete a group; the contacts stay. Raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        row = _locked(actor, group_id, "delete")
        links = GroupMember.objects.filter(group=row)
        members = links.filter(status=GroupMember.Status.ADDED)
        change_many(
            actor,
            members.values_list("contact_id", flat=True),
            lambda ids: links.filter(contact_id__in=ids).delete(),
        )
        delete_setup(actor, row, KIND)
        reference.bump("tags")


def _require_right(actor: Actor, action: str) -> None:
    actor.require_write()
    right = NEEDED[KIND, action]
    if not actor.has_anywhere(right):
        raise ForbiddenError(right, KIND)


def _locked(actor: Actor, group_id: int, action: str) -> Group:
    row = locked(visible_groups(actor), KIND, group_id)
    _require_right(actor, action)
    if row.is_reserved:
        actor.require_administrator()
    return row


def _faults(actor: Actor, row: Group, cleaned: Values) -> list[Fault]:
    faults = [*taken_faults(row, "name", cleaned), *taken_faults(row, "title", cleaned)]
    if "is_reserved" in cleaned and not actor.is_administrator:
        faults += [Fault("is_reserved", "not_allowed")] if cleaned["is_reserved"] else []
    if row.pk and any(row.pk in _above(pk) for pk in ids_of(cleaned.get("parents") or ())):
        faults.append(Fault("parents", "not_allowed", {"value": row.pk}))
    return faults


def _above(group_id: int) -> set[int]:
    """Return a group and all groups above it."""
    above, waiting = set[int](), {group_id}
    while waiting:
        above |= waiting
        links = Group.parents.through.objects.filter(from_group_id__in=waiting)
        waiting = set(links.values_list("to_group_id", flat=True)) - above
    return above


def _free_name(title: str) -> str:
    """Return a machine name for a title that no group has yet."""
    name = _NOT_WORDS.sub("_", title).strip("_")[:50] or "group"
    taken = {fold(other) for other in Group.objects.values_list("name", flat=True)}
    numbers = (f"{name}_{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (name, *numbers) if fold(free) not in taken)
