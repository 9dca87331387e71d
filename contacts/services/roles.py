"""Set up roles, the sets of rights that members have; only administrators do."""

from collections.abc import Mapping

from django.db import transaction

from contacts.access import RIGHTS, Actor
from contacts.access.visibility import visible_roles
from contacts.errors import ConflictError, Fault, InvalidError
from contacts.fields import reference
from contacts.models import Role
from contacts.services.records import Document, locked
from contacts.services.setup import delete_setup, store_change, store_new, taken_faults
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]


def create_role(actor: Actor, values: Values) -> Document:
    """Create a role; raises ForbiddenError, InvalidError."""
    actor.require_administrator()
    with transaction.atomic():
        row = Role(position=Role.objects.count())
        cleaned, faults = check_values(actor, "role", values, creating=True)
        require_no_faults(faults + _faults(row, cleaned))
        document = store_new(actor, row, "role", cleaned)
        reference.bump("people")
        return document


def update_role(actor: Actor, role_id: int, values: Values) -> Document:
    """Change a role, and so the rights of everybody who has it.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, role_id)
        cleaned, faults = check_values(actor, "role", values, creating=False)
        require_no_faults(faults + _faults(row, cleaned))
        document = store_change(actor, row, "role", cleaned)
        reference.bump("people")
        return document


def delete_role(actor: Actor, role_id: int, *, move_to: int | None = None) -> None:
    """Delete a role; members who have it get the role `move_to`.

    Raises ConflictError ("in_use") where members have it and nothing is said of them: they would
    silently lose their rights. Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, role_id)
        members = list(row.members.all())
        if members and move_to is None:
            raise ConflictError("in_use")
        if move_to is not None:
            if move_to == row.pk:
                raise InvalidError([Fault("move_to", "invalid", {"value": move_to})])
            target = _locked(actor, move_to)
            for member in members:
                member.roles.add(target)
        delete_setup(actor, row, "role")
        reference.bump("people")


def _locked(actor: Actor, role_id: int) -> Role:
    row = locked(visible_roles(actor), "role", role_id)
    actor.require_administrator()
    return row


def _faults(row: Role, cleaned: Values) -> list[Fault]:
    rights = cleaned.get("rights") or ()
    unknown = [right for right in rights if right not in RIGHTS]  # type: ignore[attr-defined]  # cleaned names
    faults = [Fault("rights", "not_in_list", {"value": right}) for right in unknown]
    return faults + taken_faults(row, "name", cleaned)
