"""Merge contacts that are the same one, and take that back.

The contact that stays takes what it lacks; notes, deals, files and everything else that hangs on
the other one is handed over to it. The other one goes into the trash, and its id answers with the
one that stayed, even after the trash is emptied. Its own rows are left as they were, so that the
merge can be undone.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from contacts import history, index
from contacts.access import Actor
from contacts.errors import ConflictError, NotFoundError
from contacts.index import Document
from contacts.models import Contact, FormerContact
from contacts.services import companies
from contacts.services.contacts import (
    archive_contact,
    lock_contact,
    restore_contact,
    update_contact,
)
from contacts.services.earlier_values import earlier_values
from contacts.services.handing_over import Moved, hand_back, hand_over
from contacts.services.merged_values import merged_values

MOST_CONTACTS = 10

IDENTIFIER = "external_identifier"


def merge_contacts(
    actor: Actor, keep_id: int, gone_ids: Sequence[int], take: Mapping[str, int] | None = None
) -> Document:
    """Merge contacts into one of them and return its new document.

    `take` names, by the key of a field, the contact whose value shall win; for all others it is the
    one that stays. Raises NotFoundError, ForbiddenError, InvalidError; ConflictError:
    "nothing_to_merge", "too_many", "different_kinds", "contact_of_user".
    """
    gone_ids = list(dict.fromkeys(gone_ids))
    if not gone_ids or keep_id in gone_ids:
        raise ConflictError("nothing_to_merge")
    if len(gone_ids) >= MOST_CONTACTS:
        raise ConflictError("too_many")
    with transaction.atomic():
        # In the order of ids, so that two merges never wait for each other.
        for pk in sorted([keep_id, *gone_ids]):
            lock_contact(actor, pk, "update" if pk == keep_id else "archive")
        for pk in gone_ids:
            _merge(
                actor, keep_id, pk, {key for key, chosen in (take or {}).items() if chosen == pk}
            )
        return index.locked_documents([keep_id])[keep_id]


def unmerge_contact(actor: Actor, former_id: int) -> Document:
    """Take a merge back: the contact lives again, with what it had and what still is where it was.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = FormerContact.objects.filter(pk=former_id).select_for_update().first()
        if row is None or not Contact.objects.filter(pk=former_id).exists():
            raise NotFoundError("contact", former_id)
        restore_contact(actor, former_id)
        lock_contact(actor, row.contact_id, "update")
        _give_back_values(actor, row)
        keep, _document = lock_contact(actor, row.contact_id, "update")
        gone, _document = lock_contact(actor, former_id, "update")

        def back() -> None:
            hand_back(row.moved, keep, gone)
            companies.rename_employer(gone, companies.people_to_rename(gone))

        documents = _with_neighbours(actor, [keep.pk, gone.pk], keep, back)
        before, after = documents[keep.pk]
        told = {"unmerged_id": gone.pk}
        history.record(actor, "contact", keep.pk, "unmerged", before=before, after=after | told)
        return documents[gone.pk][1]


def is_merged(contact_id: int) -> bool:
    """Tell whether this is the id of a contact that was merged into another one."""
    return FormerContact.objects.filter(pk=contact_id).exists()


def _merge(actor: Actor, keep_id: int, gone_id: int, take: Collection[str]) -> None:
    keep = Contact.objects.get(pk=keep_id)
    gone = Contact.objects.get(pk=gone_id)
    _require_same_sort(keep, gone)
    everything = _unrestricted(actor)
    going = archive_contact(actor, gone_id)
    staying = index.locked_documents([keep_id])[keep_id]
    values = merged_values(staying, going, take)
    if IDENTIFIER in values:
        # No two contacts have one identifier, not even in the trash.
        update_contact(everything, gone_id, {IDENTIFIER: ""}, archived=True)
    seen = history.version_of("contact", keep_id)
    update_contact(everything, keep_id, values)
    change = history.changes_of("contact", keep_id).filter(pk__gt=seen).first()
    keep.refresh_from_db()
    gone.refresh_from_db()
    moved: Moved = {}

    def over() -> None:
        moved.update(hand_over(gone, keep))
        companies.rename_employer(keep, companies.people_to_rename(keep))

    before, after = _with_neighbours(actor, [keep_id, gone_id], gone, over)[keep_id]
    FormerContact.objects.create(
        former_id=gone_id, contact=keep, moved=moved, change=change, merged_at=timezone.now()
    )
    told = {"merged_id": gone_id}
    history.record(actor, "contact", keep_id, "merged", before=before, after=after | told)


def _require_same_sort(keep: Contact, gone: Contact) -> None:
    if keep.kind != gone.kind:
        raise ConflictError("different_kinds")
    if gone.is_user:
        raise ConflictError("contact_of_user")


def _unrestricted(actor: Actor) -> Actor:
    """Return the actor with sight of every field: what it may not read must not be lost."""
    return replace(actor, is_administrator=True)


def _with_neighbours(
    actor: Actor, both: Sequence[int], leader: Contact, change: Callable[[], None]
) -> dict[int, tuple[Document, Document]]:
    """Move rows between two contacts, with the derived data of all whose facts name one of them.

    Returns the documents of the two, before and after. The neighbours get entries in the history.
    """
    people = [pk for pk in companies.dependents_of(leader) if pk not in both]
    ids = sorted({*both, *people})
    before = index.locked_documents(ids)
    change()
    after = index.refresh(ids)
    entries = [(pk, "updated", before[pk], after[pk]) for pk in people]
    changed = [entry for entry in entries if any(history.difference(entry[2], entry[3]))]
    history.record_many(actor, "contact", changed)
    return {pk: (before[pk], after[pk]) for pk in both}


def _give_back_values(actor: Actor, row: FormerContact) -> None:
    """Take back what the contact that stayed had taken, as far as nothing moved since."""
    if row.change is None:
        return
    before, after = row.change.before, row.change.after
    everything = _unrestricted(actor)
    update_contact(everything, row.contact_id, lambda now: earlier_values(now, before, after))
    identifier = after.get(IDENTIFIER)
    if identifier and not Contact.objects.filter(external_identifier=identifier).exists():
        update_contact(everything, row.former_id, {IDENTIFIER: identifier})
