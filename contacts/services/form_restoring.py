"""Bring web forms back that were deleted, with their keys and what was sent through them."""

from django.db import transaction

from contacts.access import NEEDED, Actor
from contacts.models import Contact, Deal, DeletedRecord
from contacts.services.wastebasket import bring_back, find_kept, kept_of

KIND = "web_form"
RIGHT = NEEDED[KIND, "manage"]


def bring_back_web_form(actor: Actor, form_id: int) -> None:
    """Put a deleted form back; only who deleted it may, or an administrator.

    Raises NotFoundError, ForbiddenError; ConflictError "gone" where its project is gone.
    """
    with transaction.atomic():
        kept = find_kept(KIND, form_id)
        _forget_missing(kept)
        bring_back(actor, kept)


def deleted_web_forms(actor: Actor) -> list[dict[str, object]]:
    """Return what can be brought back: `record_id`, `label`, `deleted_at`; the last first."""
    kept = DeletedRecord.objects.filter(kind=KIND)
    if not actor.is_administrator:
        kept = kept.filter(user_id=actor.user_id or 0)
    own = set(kept.values_list("record_id", flat=True))
    return [each for each in kept_of(KIND, "title") if each["record_id"] in own]


def _forget_missing(kept: DeletedRecord) -> None:
    """Let submissions name no contact or deal that went for good in the meantime."""
    sent = [row["fields"] for row in kept.rows if row["model"] == "contacts.submission"]
    for name, model in (("contact", Contact), ("deal", Deal)):
        ids = {fields[name] for fields in sent if fields[name] is not None}
        present = set(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True))
        for fields in sent:
            if fields[name] not in present:
                fields[name] = None
