"""Set up user groups, the teams that may own contacts; only administrators do."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.db.models import Model

from contacts.access import Actor
from contacts.access.visibility import visible_user_groups
from contacts.errors import ConflictError
from contacts.fields import reference
from contacts.models import Activity, Attachment, Contact, Deal, Note, Ticket, UserGroup
from contacts.services.records import Document, locked, written
from contacts.services.setup import delete_setup, store_change, store_new, taken_faults
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]
Change = Values | Callable[[Document], Values]

# What a user group can own.
OWNED: tuple[type[Model], ...] = (Contact, Deal, Ticket, Activity, Note, Attachment)


def create_user_group(actor: Actor, values: Values) -> Document:
    """Create a user group; raises ForbiddenError, InvalidError."""
    actor.require_administrator()
    with transaction.atomic():
        row = UserGroup()
        cleaned, faults = check_values(actor, "user_group", values, creating=True)
        require_no_faults(faults + taken_faults(row, "name", cleaned))
        document = store_new(actor, row, "user_group", cleaned)
        reference.bump("people")
        return document


def update_user_group(actor: Actor, group_id: int, change: Change) -> Document:
    """Change the name or the users of a group.

    `change` is the values, or a function from the present document to them. Raises NotFoundError,
    ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, group_id)
        values = change(written(actor, row, "user_group")) if callable(change) else change
        cleaned, faults = check_values(actor, "user_group", values, creating=False)
        require_no_faults(faults + taken_faults(row, "name", cleaned))
        document = store_change(actor, row, "user_group", cleaned)
        reference.bump("people")
        return document


def delete_user_group(actor: Actor, group_id: int) -> None:
    """Delete a user group and its memberships.

    Raises ConflictError ("in_use") while it owns records; NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        row = _locked(actor, group_id)
        if any(model._default_manager.filter(owner_group=row).exists() for model in OWNED):
            raise ConflictError("in_use")
        delete_setup(actor, row, "user_group")
        reference.bump("people")


def _locked(actor: Actor, group_id: int) -> UserGroup:
    row = locked(visible_user_groups(actor), "user_group", group_id)
    actor.require_administrator()
    return row
