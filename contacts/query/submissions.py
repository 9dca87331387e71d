"""What visitors sent, for those who review it."""

from django.db.models import QuerySet

from contacts.access import NEEDED, Actor
from contacts.models import Submission

RIGHT = NEEDED["submission", "review"]


def reviewable(actor: Actor) -> QuerySet[Submission]:
    """Return the submissions of the forms in whose projects the actor reviews."""
    rows = Submission.objects.filter(form__isnull=False)
    if actor.is_administrator:
        return rows
    return rows.filter(form__project_id__in=actor.projects_with(RIGHT))


def find_submission(actor: Actor, submission_id: int) -> dict[str, object] | None:
    """Return a submission as a document, or None for one that the actor does not review."""
    row = reviewable(actor).select_related("form").filter(pk=submission_id).first()
    if row is None or row.form is None:
        return None
    return {
        "id": row.pk,
        "form_id": row.form_id,
        "form": row.form.title,
        "project_id": row.form.project_id,
        "state": row.state,
        "suspicion": row.suspicion,
        "reasons": row.reasons,
        "values": row.prepared,
        "contact_id": row.contact_id,
        "deal_id": row.deal_id,
        "created_at": row.created_at.isoformat(),
    }


def newest_submission(actor: Actor) -> int | None:
    """Return the id of what came last, or None."""
    return reviewable(actor).order_by("-pk").values_list("pk", flat=True).first()
