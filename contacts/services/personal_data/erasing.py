"""Erase everything that is kept about one person."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Model

from contacts import history
from contacts.access import Actor
from contacts.models import Activity, Attachment, Contact, Deal, Delivery, Submission, Ticket
from contacts.services.background import start_job
from contacts.services.contacts import archive_contact, delete_contact
from contacts.services.files import remove_when_committed
from contacts.services.personal_data.finding import TRAILED, PersonalData, require_personal
from contacts.services.personal_data.kept import forget_kept
from contacts.services.personal_data.mentions import (
    LookedThrough,
    forget_mentions,
    look_through_answers,
    words_of,
)
from contacts.services.personal_data.scrubbing import SCRUB
from contacts.services.trash import delete_row

# The records with a trash; activities come first, they belong to the others.
_WORK = ((Activity, "activity"), (Deal, "deal"), (Ticket, "ticket"))


def erase(actor: Actor, contact_id: int) -> dict[str, int]:
    """Erase a person, and return how many rows of each kind went.

    One transaction, and a job that cleans what the database keeps of deleted rows. Raises what
    `require_personal` raises, and ForbiddenError for a credential that may only read.
    """
    actor.require_write()
    while True:
        answers = look_through_answers(words_of(require_personal(actor, contact_id)))
        counts = _erased(actor, contact_id, answers)
        if counts is not None:
            return counts


def _erased(actor: Actor, contact_id: int, answers: LookedThrough) -> dict[str, int] | None:
    """Erase a person, or return None where answers have to be looked through for more words."""
    with transaction.atomic():
        personal = require_personal(actor, contact_id)
        counts, words = personal.counts(), words_of(personal)
        if not words <= answers.words:
            return None
        _delete_submissions(actor, personal)
        _delete_work(personal, actor)
        _delete_documents(actor, personal)
        for pk in reversed(personal.contact_ids):
            _delete_contact(actor, pk)
        forget_kept(personal.kept)
        _silence(personal)
        forget_mentions(words, answers)
        history.record(actor, "contact", personal.contact_ids[0], "erased")
        start_job(actor, SCRUB, key=SCRUB)
    return counts


def _delete_submissions(actor: Actor, personal: PersonalData) -> None:
    for row in personal.records[Submission]:
        pk = row.pk
        row.delete()
        history.record(actor, "submission", pk, "deleted")


def _delete_work(personal: PersonalData, actor: Actor) -> None:
    for model, kind in _WORK:
        for row in personal.records[model]:
            delete_row(actor, row, kind, contact_id=personal.contact_ids[0])  # type: ignore[arg-type]  # of a model with a trash


def _delete_documents(actor: Actor, personal: PersonalData) -> None:
    rows: Sequence[Model] = personal.records[Attachment]
    remove_when_committed([row.file.name or "" for row in personal.files()])
    for row in rows:
        pk = row.pk
        row.delete()
        history.record(actor, "attachment", pk, "deleted", contact_id=personal.contact_ids[0])


def _delete_contact(actor: Actor, contact_id: int) -> None:
    if Contact.objects.filter(pk=contact_id, archived_at=None).exists():
        archive_contact(actor, contact_id)
    delete_contact(actor, contact_id)


def _silence(personal: PersonalData) -> None:
    """Leave of the history who did what and when; records that are shared keep theirs."""
    for kind, gone in _gone(personal):
        history.silence(kind, gone)
        bodies = Delivery.objects.filter(webhook__record_kind=kind, record_id__in=gone)
        bodies.update(body="", error="")


def _gone(personal: PersonalData) -> Iterable[tuple[str, set[int]]]:
    """Yield the records that are not there any more, by kind."""
    named: dict[str, set[int]] = {}
    for kind, pk in personal.changes().values_list("record_kind", "record_id"):
        named.setdefault(kind, set()).add(pk)
    for kind, ids in named.items():
        model = TRAILED.get(kind)
        living = model._default_manager.filter(pk__in=ids) if model else None
        alive = set(living.values_list("pk", flat=True)) if living is not None else set()
        yield kind, ids - alive
