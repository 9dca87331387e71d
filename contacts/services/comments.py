"""Comment on notes and activities.

Whoever sees the note or activity may comment on it, if it may write notes or plan activities there.
A comment is changed and deleted by its author, or by whoever may delete notes of others there.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_activities, visible_notes
from contacts.access.visible_work import visible_comments
from contacts.errors import Fault, ForbiddenError, NotFoundError
from contacts.models import Activity, Comment, Note
from contacts.services.records import (
    Document,
    assign,
    contact_of,
    locked,
    projects_of,
    trail_of,
    written,
)
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "comment"


def create_comment(actor: Actor, values: Values) -> Document:
    """Comment on the note or activity that the values name.

    One that the actor does not see looks like a missing one. Raises NotFoundError, ForbiddenError,
    InvalidError.
    """
    actor.require_write()
    with transaction.atomic():
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        require_no_faults(faults or _subject_faults(cleaned))
        about = _about(actor, cleaned)
        right = NEEDED["note" if isinstance(about, Note) else "activity", "create"]
        if not (actor.has(right, projects_of(about)) or _is_own(actor, about)):
            raise ForbiddenError(right, KIND)
        now = timezone.now()
        row = Comment(author_id=actor.user_id, created_at=now, updated_at=now)
        assign(row, KIND, cleaned)
        row.save(force_insert=True)
        _record(actor, row, "created", after=trail_of(row, KIND))
        return written(actor, row, KIND)


def update_comment(actor: Actor, comment_id: int, values: Values) -> Document:
    """Change what a comment says; raises NotFoundError, ForbiddenError, InvalidError."""
    with transaction.atomic():
        row = _locked(actor, comment_id)
        before = trail_of(row, KIND)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        moved = [
            Fault(key, "read_only")
            for key in ("note", "activity")
            if key in cleaned and cleaned[key] != getattr(row, f"{key}_id")
        ]
        require_no_faults(faults + moved)
        assign(row, KIND, cleaned)
        row.updated_at = timezone.now()
        row.save()
        _record(actor, row, "updated", before=before, after=trail_of(row, KIND))
        return written(actor, row, KIND)


def delete_comment(actor: Actor, comment_id: int) -> None:
    """Delete a comment; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        row = _locked(actor, comment_id)
        _record(actor, row, "deleted", before=trail_of(row, KIND))
        row.delete()


def _subject_faults(cleaned: Values) -> list[Fault]:
    named = [key for key in ("note", "activity") if cleaned.get(key)]
    return [] if len(named) == 1 else [Fault("note", "not_several" if named else "blank")]


def _about(actor: Actor, cleaned: Values) -> Note | Activity:
    kind = "note" if cleaned.get("note") else "activity"
    number = int(str(cleaned[kind]))
    if kind == "note":
        return locked(visible_notes(actor), kind, number)
    return locked(visible_activities(actor), kind, number)


def _is_own(actor: Actor, about: Note | Activity) -> bool:
    people = (about.author_id, getattr(about, "owner_id", None))
    return actor.user_id is not None and actor.user_id in people


def _locked(actor: Actor, comment_id: int) -> Comment:
    row = locked(visible_comments(actor), KIND, comment_id)
    actor.require_write()
    is_own = row.author_id is not None and row.author_id == actor.user_id
    if not (is_own or actor.has(NEEDED["note", "delete"], projects_of(_subject_of(row)))):
        raise ForbiddenError(NEEDED["note", "delete"], KIND)
    return row


def _subject_of(row: Comment) -> Note | Activity:
    subject = row.note or row.activity
    if subject is None:
        raise NotFoundError(KIND, row.pk)
    return subject


def _record(
    actor: Actor,
    row: Comment,
    action: str,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    contact_id = contact_of(row.note) if row.note else _contact_of(row.activity)
    history.record(actor, KIND, row.pk, action, before=before, after=after, contact_id=contact_id)


def _contact_of(activity: Activity | None) -> int | None:
    """Return the first contact of an activity: in its timeline the comment stands."""
    if activity is None:
        return None
    return activity.contact_links.values_list("contact_id", flat=True).first()
