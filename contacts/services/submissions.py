"""Make contacts of what visitors sent, and review what was held."""

from django.db import transaction
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.errors import ConflictError, InvalidError, NotFoundError
from contacts.models import Attachment, Submission
from contacts.services.filing import faults_of, file_values
from contacts.services.form_askable import FILES, record_of
from contacts.services.form_fields import prepare


def accept_submission(actor: Actor, submission_id: int) -> int:
    """Make the contact of a held submission and return its id.

    Raises NotFoundError, ForbiddenError, ConflictError (reviewed already), InvalidError.
    """
    with transaction.atomic():
        submission = _lock(actor, submission_id)
        _require_held(submission)
        return _file_again(actor, submission, "accepted")


def reject_submission(actor: Actor, submission_id: int) -> None:
    """Refuse a held submission; what was sent is kept.

    Raises NotFoundError, ForbiddenError, ConflictError (reviewed already).
    """
    with transaction.atomic():
        submission = _lock(actor, submission_id)
        _require_held(submission)
        submission.state = Submission.State.REJECTED
        _sign(actor, submission, "rejected")


def replay_submission(actor: Actor, submission_id: int) -> int:
    """Make a contact of a submission once more, with the form as it is now, and return its id.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        return _file_again(actor, _lock(actor, submission_id), "replayed")


def _lock(actor: Actor, submission_id: int) -> Submission:
    """Return a submission locked for review; one of a project unseen looks like a missing one."""
    rows = Submission.objects.select_related("form__credential", "form__project")
    submission = rows.select_for_update(of=("self",)).filter(pk=submission_id).first()
    if submission is None or submission.form is None:
        raise NotFoundError("submission", submission_id)
    project_id = submission.form.project_id
    if not actor.has("view_contacts", [project_id]):
        raise NotFoundError("submission", submission_id)
    actor.require(NEEDED["submission", "review"], [project_id], "submission")
    return submission


def _require_held(submission: Submission) -> None:
    if submission.state != Submission.State.HELD:
        raise ConflictError("already_reviewed")


def _file_again(actor: Actor, submission: Submission, word: str) -> int:
    form = submission.form
    if form is None:
        raise NotFoundError("web_form")
    values, faults = prepare(form, _with_kept_files(submission.prepared), is_stored=True)
    faults += [each for each in faults_of(form, values) if each not in faults]
    if faults:
        raise InvalidError(faults)
    filed = file_values(form, values, request_id=actor.request_id)
    submission.state = Submission.State.ACCEPTED
    submission.contact_id, submission.deal_id = filed.contact_id, filed.deal_id
    _sign(actor, submission, word)
    return filed.contact_id


def _with_kept_files(prepared: dict[str, object]) -> dict[str, object]:
    """Return values without the files that are gone.

    Files that nobody claimed are swept away after a while, and those of an earlier filing belong
    to its records; the rest is worth keeping.
    """
    free = Attachment.objects.filter(contact=None, deal=None, note=None, ticket=None)
    found: dict[str, object] = {}
    for key, value in prepared.items():
        if key == "avatar":
            is_there = Attachment.objects.filter(pk=int(str(value or 0))).exists()
            found |= {key: value} if is_there else {}
        elif record_of(key)[1] == FILES and isinstance(value, list):
            found[key] = list(free.filter(pk__in=value).values_list("pk", flat=True))
        else:
            found[key] = value
    return found


def _sign(actor: Actor, submission: Submission, word: str) -> None:
    submission.reviewer_id = actor.user_id
    submission.reviewed_at = timezone.now()
    submission.save()
    history.record(actor, "submission", submission.pk, word, contact_id=submission.contact_id)
