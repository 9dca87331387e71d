"""Make contacts of what visitors sent, and review what was held."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor, form_actor
from contacts.errors import ConflictError, Fault, InvalidError, NotFoundError
from contacts.fields import reference
from contacts.index import Document
from contacts.models import Submission, WebForm
from contacts.services.contacts import create_contact
from contacts.services.form_fields import prepare
from contacts.services.values import clean_values

Values = Mapping[str, object]


def file_values(form: WebForm, values: Values, *, request_id: str = "") -> Document:
    """Make the contact of a form's prepared values and return its document.

    Raises InvalidError, ForbiddenError (the project takes no contacts any more).
    """
    actor = form_actor(form, request_id=request_id)
    return create_contact(actor, _complete(form, values), entry_channel="form")


def id_of(document: Document) -> int:
    """Return the id of a contact's document."""
    return document["id"]  # type: ignore[return-value]  # documents always have theirs


def faults_of(form: WebForm, values: Values) -> list[Fault]:
    """Return what the catalogue finds wrong with prepared values, without storing anything."""
    try:
        clean_values(form_actor(form), "contact", _complete(form, values), creating=True)
    except InvalidError as error:
        return list(error.faults)
    return []


def accept_submission(actor: Actor, submission_id: int) -> Document:
    """Make the contact of a held submission and return its document.

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


def replay_submission(actor: Actor, submission_id: int) -> Document:
    """Make a contact of a submission once more, with the form as it is now.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        return _file_again(actor, _lock(actor, submission_id), "replayed")


def _complete(form: WebForm, values: Values) -> dict[str, object]:
    """Add what the form gives every contact; a visitor's own source and tags are kept."""
    own = {
        "projects": [form.project_id],
        "source": values.get("source") or f"Web form: {form.title}"[:255],
        "tags": [*_tags(values.get("tags")), *form.tags],
    }
    if form.owner_id is not None:
        own["owner"] = form.owner_id
    web_form = reference.options().named("lead_source", "web_form")
    if web_form is not None and not values.get("lead_source"):
        own["lead_source"] = web_form.pk
    return {**values, **own}


def _tags(value: object) -> list[object]:
    if isinstance(value, str):
        return [name for name in map(str.strip, value.split(",")) if name]
    return list(value) if isinstance(value, list | tuple) else []


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


def _file_again(actor: Actor, submission: Submission, word: str) -> Document:
    form = submission.form
    if form is None:
        raise NotFoundError("web_form")
    values, faults = prepare(form, submission.prepared)
    if faults:
        raise InvalidError(faults)
    document = file_values(form, values, request_id=actor.request_id)
    submission.state = Submission.State.ACCEPTED
    submission.contact_id = id_of(document)
    _sign(actor, submission, word)
    return document


def _sign(actor: Actor, submission: Submission, word: str) -> None:
    submission.reviewer_id = actor.user_id
    submission.reviewed_at = timezone.now()
    submission.save()
    history.record(actor, "submission", submission.pk, word, contact_id=submission.contact_id)
