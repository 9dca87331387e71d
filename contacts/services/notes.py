"""Write, change and delete notes about contacts, deals and tickets."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_contacts, visible_deals, visible_notes
from contacts.errors import Fault, ForbiddenError
from contacts.index import roll_back
from contacts.models import Contact, Note
from contacts.services.contacts import touch_contact
from contacts.services.records import (
    Document,
    Owner,
    all_of,
    assign,
    contact_of,
    locked,
    projects_of,
    trail_of,
    written,
)
from contacts.services.trash import delete_row
from contacts.services.values import check_values, id_of, require_no_faults

Values = Mapping[str, object]

# What a note can be about; it is about exactly one of them.
SUBJECTS = ("contact", "deal", "ticket")


def create_note(
    actor: Actor,
    values: Values,
    *,
    written_at: datetime | None = None,
    changed_at: datetime | None = None,
) -> Document:
    """Write a note about the contact, deal or ticket that the values name, and touch that record.

    `written_at` and `changed_at` date back what was written down elsewhere before; the history
    tells the truth.
    Raises ForbiddenError, InvalidError.
    """
    actor.require_write()
    with transaction.atomic():
        cleaned, faults = check_values(actor, "note", values, creating=True)
        require_no_faults(faults + _subject_faults(values) + _thread_faults(None, cleaned))
        now = timezone.now()
        note = Note(author_id=actor.user_id, created_at=written_at or now)
        note.updated_at = changed_at or now
        note.entry_channel = actor.dialect
        assign(note, "note", cleaned)
        about = _about(note)
        actor.require(NEEDED["note", "create"], projects_of(about), "note")
        note.save(force_insert=True)
        _show_elsewhere(actor, note, cleaned)
        _touch(actor, about)
        history.record(
            actor,
            "note",
            note.pk,
            "created",
            after=trail_of(note, "note"),
            contact_id=contact_of(about),
        )
        return written(actor, note, "note")


def update_note(
    actor: Actor, note_id: int, values: Values, *, keeps_time: bool = False
) -> Document:
    """Change what the values name; a note stays with its record.

    With `keeps_time` values that are there already leave the note as it is.
    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        note = _locked(actor, note_id, "update")
        present = all_of(actor, note, "note") if keeps_time else {}
        document = written(actor, note, "note") if keeps_time else {}
        before = trail_of(note, "note")
        cleaned, faults = check_values(actor, "note", values, creating=False)
        moved = [
            Fault(key, "read_only")
            for key in SUBJECTS
            if key in cleaned and cleaned[key] != getattr(note, f"{key}_id")
        ]
        require_no_faults(faults + moved + _thread_faults(note, cleaned))
        assign(note, "note", cleaned)
        note.updated_at = timezone.now()
        note.editor_id = actor.user_id
        note.save()
        _show_elsewhere(actor, note, cleaned)
        if keeps_time and all_of(actor, note, "note") == present:
            roll_back()
            return document
        history.record(
            actor,
            "note",
            note.pk,
            "updated",
            before=before,
            after=trail_of(note, "note"),
            contact_id=contact_of(note),
        )
        return written(actor, note, "note")


def delete_note(actor: Actor, note_id: int) -> None:
    """Delete a note with its files; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        note = _locked(actor, note_id, "delete")
        delete_row(actor, note, "note", contact_id=contact_of(note))


def _locked(actor: Actor, note_id: int, action: str) -> Note:
    """Return a note that the actor may change: any with the right, its own with the lesser one."""
    note = locked(visible_notes(actor), "note", note_id)
    actor.require_write()
    projects = projects_of(note)
    if actor.has(NEEDED["note", action], projects):
        return note
    is_own = note.author_id is not None and note.author_id == actor.user_id
    if is_own and actor.has(NEEDED["own_note", action], projects):
        return note
    raise ForbiddenError(NEEDED["note", action], "note")


def _show_elsewhere(actor: Actor, note: Note, cleaned: Values) -> None:
    """Show a note at exactly these further records; those that the actor does not see stay."""
    contacts, deals = cleaned.get("further_contacts"), cleaned.get("further_deals")
    if isinstance(contacts, tuple):
        seen = note.further_contacts.filter(pk__in=visible_contacts(actor).values("pk"))
        note.further_contacts.remove(*seen.exclude(pk__in=contacts))
        note.further_contacts.add(*(pk for pk in contacts if pk != note.contact_id))
    if isinstance(deals, tuple):
        seen_deals = note.further_deals.filter(pk__in=visible_deals(actor).values("pk"))
        note.further_deals.remove(*seen_deals.exclude(pk__in=deals))
        note.further_deals.add(*(pk for pk in deals if pk != note.deal_id))


def _subject_faults(values: Values) -> list[Fault]:
    named = [key for key in SUBJECTS if values.get(key) not in (None, "")]
    if not named:
        return [Fault("contact", "blank")]
    return [Fault(key, "not_several") for key in named[1:]]


def _thread_faults(note: Note | None, cleaned: Values) -> list[Fault]:
    """Return a fault for an answer to itself, or to a note about another record."""
    parent = Note.objects.filter(pk=id_of(cleaned.get("parent")) or 0).first()
    if parent is None:
        return []
    fault = Fault("parent", "not_allowed", {"value": parent.pk})
    above = parent
    while note is not None and above is not None:
        if above.pk == note.pk:
            return [fault]
        above = above.parent  # type: ignore[assignment]  # None ends the line
    subject = {key: getattr(note, f"{key}_id") if note else cleaned.get(key) for key in SUBJECTS}
    same = all(getattr(parent, f"{key}_id") == subject[key] for key in SUBJECTS)
    return [] if same else [fault]


def _about(note: Note) -> Owner:
    return note.contact or note.deal or note.ticket  # type: ignore[return-value]  # never nothing, see `_subject_faults`


def _touch(actor: Actor, about: Owner) -> None:
    if isinstance(about, Contact):
        touch_contact(actor, about.pk)
        return
    type(about)._default_manager.filter(pk=about.pk).update(updated_at=timezone.now())
