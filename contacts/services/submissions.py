"""Make contacts of what visitors sent, and review what was held."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts import history
from contacts.access import NEEDED, Actor, form_actor
from contacts.access.visibility import visible_contacts
from contacts.errors import ConflictError, Fault, InvalidError, NotFoundError
from contacts.fields import reference
from contacts.fields.text import key_of
from contacts.index import Document
from contacts.models import Attachment, EmailAddress, Submission, WebForm
from contacts.services.companies import find_company
from contacts.services.contacts import create_contact, update_contact
from contacts.services.form_fields import prepare
from contacts.services.form_texts import main_texts, told
from contacts.services.notes import create_note
from contacts.services.values import check_values

Values = Mapping[str, object]

# What filing needs besides adding; the key of the form never gets these.
FILING = frozenset(
    {"add_contacts", "view_contacts", "view_private_contacts", "edit_contacts", "add_notes"}
)


@dataclass(frozen=True, slots=True)
class Filed:
    """The contact that a submission went to, with its document if it was made for it."""

    contact_id: int
    document: Document | None


def file_values(form: WebForm, values: Values, *, request_id: str = "") -> Filed:
    """Make the contact of a form's prepared values, or add a note to the one that is known.

    Raises InvalidError, ForbiddenError (the project takes no contacts any more).
    """
    actor = form_actor(form, request_id=request_id)
    filing = replace(actor, rights={form.project_id: FILING})
    with transaction.atomic():
        known_id = _known(form, filing, values)
        if known_id is not None:
            _add_note(form, filing, known_id, values)
            return Filed(known_id, None)
        document = create_contact(actor, _complete(form, values), entry_channel="form")
        contact_id: int = document["id"]  # type: ignore[assignment]  # documents have theirs
        # Tied afterwards: the document may be shown to a stranger, and tells of no company.
        company = str(values.get("company") or "")
        if company and find_company(filing, company) is not None:
            update_contact(filing, contact_id, {"company": company})
        return Filed(contact_id, document)


def faults_of(form: WebForm, values: Values) -> list[Fault]:
    """Return what the catalogue finds wrong with prepared values, without storing anything."""
    complete = _complete(form, values)
    return check_values(form_actor(form), "contact", complete, creating=True)[1]


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


def _complete(form: WebForm, values: Values) -> dict[str, object]:
    """Add what the form gives every contact; a visitor's own source and tags are kept."""
    own: dict[str, object] = {
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


def _known(form: WebForm, filing: Actor, values: Values) -> int | None:
    """Return the oldest contact of the form's project with one of the e-mails, or None."""
    if form.on_duplicate != WebForm.OnDuplicate.NOTE:
        return None
    keys = [key_of(text) for text in main_texts("emails", values.get("emails"))]
    if not keys:
        return None
    emails = EmailAddress.objects.filter(address_key__in=keys)
    seen = visible_contacts(filing).filter(
        pk__in=emails.values("contact_id"), project_links__project_id=form.project_id
    )
    return seen.order_by("pk").values_list("pk", flat=True).first()


def _add_note(form: WebForm, filing: Actor, contact_id: int, values: Values) -> None:
    subject = _("Sent again: %(form)s") % {"form": form.title}
    content = told(values) or subject
    create_note(filing, {"contact": contact_id, "subject": subject[:255], "content": content})


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


def _file_again(actor: Actor, submission: Submission, word: str) -> int:
    form = submission.form
    if form is None:
        raise NotFoundError("web_form")
    values, faults = prepare(form, submission.prepared)
    picture_id: int = values.get("avatar") or 0  # type: ignore[assignment]  # as it was kept
    if not Attachment.objects.filter(pk=picture_id).exists():
        # Files that nobody claimed are swept away after a while; the rest is worth keeping.
        values.pop("avatar", None)
    faults += [each for each in faults_of(form, values) if each not in faults]
    if faults:
        raise InvalidError(faults)
    contact_id = file_values(form, values, request_id=actor.request_id).contact_id
    submission.state = Submission.State.ACCEPTED
    submission.contact_id = contact_id
    _sign(actor, submission, word)
    return contact_id


def _sign(actor: Actor, submission: Submission, word: str) -> None:
    submission.reviewer_id = actor.user_id
    submission.reviewed_at = timezone.now()
    submission.save()
    history.record(actor, "submission", submission.pk, word, contact_id=submission.contact_id)
