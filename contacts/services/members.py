"""Let users and user groups into projects, with roles; only administrators do."""

from collections.abc import Mapping

from django.db import transaction

from contacts.access import Actor
from contacts.access.visibility import visible_members
from contacts.errors import Fault
from contacts.fields import reference
from contacts.models import ProjectMember
from contacts.services.records import Document, locked
from contacts.services.setup import delete_setup, store_change, store_new
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

WHO = ("user", "group")


def create_member(actor: Actor, values: Values) -> Document:
    """Make a user or a user group a member of a project; raises ForbiddenError, InvalidError."""
    actor.require_administrator()
    with transaction.atomic():
        cleaned, faults = check_values(actor, "member", values, creating=True)
        require_no_faults(faults + _faults(cleaned, values))
        document = store_new(actor, ProjectMember(), "member", cleaned)
        reference.bump("people")
        return document


def update_member(actor: Actor, member_id: int, values: Values) -> Document:
    """Give a member other roles; who it is and where stays.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, member_id)
        cleaned, faults = check_values(actor, "member", values, creating=False)
        faults += [
            Fault(key, "read_only")
            for key in ("project", *WHO)
            if key in cleaned and cleaned[key] != getattr(row, f"{key}_id")
        ]
        require_no_faults(faults)
        document = store_change(actor, row, "member", cleaned)
        reference.bump("people")
        return document


def delete_member(actor: Actor, member_id: int) -> None:
    """End a membership; what the member owns stays. Raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        delete_setup(actor, _locked(actor, member_id), "member")
        reference.bump("people")


def _locked(actor: Actor, member_id: int) -> ProjectMember:
    row = locked(visible_members(actor), "member", member_id)
    actor.require_administrator()
    return row


def _faults(cleaned: Values, values: Values) -> list[Fault]:
    named = [key for key in WHO if values.get(key) not in (None, "")]
    if not named:
        return [Fault("user", "blank")]
    if len(named) > 1:
        return [Fault("group", "not_several")]
    (who,) = named
    if who not in cleaned or cleaned.get("project") is None:
        return []
    same = {f"{who}_id": cleaned[who], "project_id": cleaned["project"]}
    if ProjectMember.objects.filter(**same).exists():
        return [Fault(who, "taken", {"value": cleaned[who]})]
    return []
