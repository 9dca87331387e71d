"""Set up the levels of membership; one of them is the default, and always there."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import ProtectedError

from contacts.access import Actor
from contacts.access.visible_setup import visible_membership_levels
from contacts.errors import ConflictError, Fault
from contacts.fields import reference
from contacts.models import MembershipLevel
from contacts.services.records import Document, locked
from contacts.services.setup import (
    delete_setup,
    keep_one_default,
    store_change,
    store_new,
    taken_faults,
)
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "membership_level"


def create_membership_level(actor: Actor, values: Values) -> Document:
    """Create a level; raises ForbiddenError, InvalidError."""
    actor.require_administrator()
    with transaction.atomic():
        row = MembershipLevel()
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        require_no_faults(faults + taken_faults(row, "name", cleaned))
        keep_one_default(row, cleaned)
        document = store_new(actor, row, KIND, cleaned)
        reference.bump("catalogue")
        return document


def update_membership_level(actor: Actor, level_id: int, values: Values) -> Document:
    """Change a level; its type stays while somebody is a member of it.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, level_id)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        if cleaned.get("type", row.type) != row.type and row.members.exists():
            faults.append(Fault("type", "not_allowed", {"value": cleaned["type"]}))
        if row.is_default and cleaned.get("is_default", True) is False:
            faults.append(Fault("is_default", "not_allowed"))
        require_no_faults(faults + taken_faults(row, "name", cleaned))
        keep_one_default(row, cleaned)
        document = store_change(actor, row, KIND, cleaned)
        reference.bump("catalogue")
        return document


def delete_membership_level(actor: Actor, level_id: int) -> None:
    """Delete a level.

    Raises ConflictError for the default ("default") and while somebody is a member of it
    ("in_use"); NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        row = _locked(actor, level_id)
        if row.is_default:
            raise ConflictError("default")
        try:
            delete_setup(actor, row, KIND)
        except ProtectedError:
            raise ConflictError("in_use") from None
        reference.bump("catalogue")


def _locked(actor: Actor, level_id: int) -> MembershipLevel:
    row = locked(visible_membership_levels(actor), KIND, level_id)
    actor.require_administrator()
    return row
