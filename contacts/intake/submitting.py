"""Turn one sending of a form into a contact, whichever door it came through."""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from contacts import history
from contacts.access import system_actor
from contacts.errors import Fault, InvalidError
from contacts.index import Document, trace_submissions
from contacts.intake import files, keeping, notifying, screening
from contacts.intake.redirects import redirect_after
from contacts.intake.sending import Outcome, Sender
from contacts.models import Submission, WebForm
from contacts.query import find_contacts
from contacts.services.filing import Filed, faults_of, file_values
from contacts.services.form_askable import FILES, record_of
from contacts.services.form_fields import placed, prepare

# Nobody means to send the same twice within a minute: it was a double click.
SAME_WITHIN = timedelta(minutes=1)

Values = Mapping[str, object]


def submit(form: WebForm, values: Values, sender: Sender) -> Outcome:
    """Store what a visitor sent and make a contact of it; one transaction.

    `values` maps field keys to values; those of fields that the form does not have are kept with
    the submission and go nowhere else. Raises InvalidError (all faults), ForbiddenError,
    ThrottledError.
    """
    redirect_to = redirect_after(form, sender.redirect_to)
    if screening.is_trapped(form, sender) and not sender.is_on_page:
        return Outcome("discarded", redirect_to=redirect_to)
    address = keeping.address_of(sender.address)
    digest = _digest_of(values, address)
    with transaction.atomic():
        # Two clicks at the same moment wait for each other here.
        WebForm.objects.select_for_update().get(pk=form.pk)
        submission = _repeated(form, digest)
        if submission is None:
            screening.require_below_limit(form, sender, address)
            submission, document = _take(form, values, sender, digest)
            notifying.notify_later(form, submission)
        else:
            document = _document_of(submission)
    if form.on_duplicate != WebForm.OnDuplicate.CREATE:
        document = None
    return Outcome(submission.state, document, submission.pk, redirect_to)


def _take(
    form: WebForm, values: Values, sender: Sender, digest: str
) -> tuple[Submission, Document | None]:
    prepared, faults = prepare(form, values)
    picture = prepared.pop("avatar", None)
    sent = {key: prepared.pop(key) for key in [*prepared] if record_of(key)[1] == FILES}
    reasons = screening.suspicions_of(form, values, sender)
    faults += screening.page_faults(form, sender)
    known = {fault.key for fault in faults}
    faults += [each for each in faults_of(form, prepared) if each.key not in known]
    faults, reasons = _sorted(form, sender, faults, reasons)
    if faults:
        raise InvalidError(faults)
    if screening.repeats_work(form, sender):
        reasons = [*reasons, "work_repeated"]
    submission = keeping.submission_of(form, values, sender, reasons)
    submission.digest = digest
    with files.kept_picture(form, picture) as picture_id, files.kept_files(form, sent) as kept:
        stored = {**({"avatar": picture_id} if picture_id is not None else {}), **kept}
        prepared |= stored
        submission.prepared = {**submission.prepared, **stored}
        filed = None if reasons else _filed(form, prepared, sender)
        if filed is not None:
            submission.contact_id, submission.deal_id = filed.contact_id, filed.deal_id
        submission.save()
        trace_submissions([submission])
        _record(submission, sender)
    return submission, filed.document if filed else None


def _record(submission: Submission, sender: Sender) -> None:
    """Write what happened into the trail, from where programs are told of it."""
    actor = system_actor("form").through("form", request_id=sender.request_id)
    number, contact_id = submission.pk, submission.contact_id
    told = {"form": submission.form.title} if submission.form else {}
    history.record(actor, "submission", number, "received", after=told, contact_id=contact_id)
    if submission.state == Submission.State.ACCEPTED:
        # One line in the timeline of the contact is enough.
        history.record(actor, "submission", number, "accepted")


def _sorted(
    form: WebForm, sender: Sender, faults: list[Fault], reasons: list[str]
) -> tuple[list[Fault], list[str]]:
    """Put each fault where the visitor sees it.

    A visitor of our page cannot mend what the page does not ask for, so that is for a review.
    """
    if not sender.is_on_page:
        return faults, reasons
    mended = [_seen(form, fault) for fault in faults]
    if None in mended:
        reasons = [*reasons, "incomplete"]
    return [fault for fault in mended if fault is not None], reasons


def _seen(form: WebForm, fault: Fault) -> Fault | None:
    return fault if fault.key in ("form", "consent") else placed(form, fault)


def _filed(form: WebForm, prepared: Values, sender: Sender) -> Filed:
    try:
        return file_values(form, prepared, request_id=sender.request_id)
    except InvalidError as error:
        if not sender.is_on_page:
            raise
        # Some faults only show once everything is put together, such as a contact without a name.
        shown = [_seen(form, fault) or fault for fault in error.faults]
        raise InvalidError(shown) from error


def _repeated(form: WebForm, digest: str) -> Submission | None:
    since = timezone.now() - SAME_WITHIN
    rows = Submission.objects.filter(form=form, digest=digest, created_at__gt=since)
    return rows.order_by("-id").first()


def _document_of(submission: Submission) -> Document | None:
    if submission.contact_id is None:
        return None
    found = find_contacts(system_actor("form"), [submission.contact_id])
    return found.get(submission.contact_id)


def _digest_of(values: Values, address: str | None) -> str:
    text = json.dumps([address, keeping.kept(values)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
