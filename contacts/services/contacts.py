"""Create, change, archive, restore and delete contacts.

Each function is one transaction: rights, validation of all values together, rows, derived data,
history. `values` maps field keys to Python values; an absent key means "leave", None or blank means
"clear".
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy

from django.db import transaction
from django.utils import timezone

from contacts import history, index
from contacts.access import NEEDED, Actor, meet_demand
from contacts.access.prepared import PreparedRows
from contacts.access.seeing import sees_contact
from contacts.errors import DomainError, NotFoundError, StaleError
from contacts.index import Document, Held
from contacts.models import Contact, FormerContact
from contacts.query import heir_of
from contacts.services import companies
from contacts.services.carrying import carry, carry_name
from contacts.services.contact_rows import save_row, write_children
from contacts.services.contact_values import assign_values, checked_values
from contacts.services.files import remove_when_committed
from contacts.services.memberships import end_membership
from contacts.services.new_contacts import NewContacts, prepare, store_prepared
from contacts.services.pictures import names_of_files, take_files
from contacts.services.placing import place, projects_for_new
from contacts.services.wastebasket import forget_contact

Values = Mapping[str, object]
Change = Values | Callable[[Document], Values]


def create_contact(actor: Actor, values: Values, *, entry_channel: str = "") -> Document:
    """Create a contact and return its document.

    Without `projects` it goes to the actor's default project. Raises ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        return store_prepared(actor, [prepare(actor, values, entry_channel=entry_channel)])[0]


def create_contacts(
    actor: Actor, batch: Sequence[Values], *, entry_channel: str = ""
) -> list[Document | DomainError]:
    """Create many contacts in one transaction; one that is refused has its error in its place.

    What comes of it is the same as creating one after the other.
    """
    with transaction.atomic(savepoint=False):
        return NewContacts(actor, entry_channel).add_all(batch)


def update_contact(
    actor: Actor,
    contact_id: int,
    change: Change,
    *,
    unchanged_since: str | None = None,
    archived: bool | None = False,
    keeps_time: bool = False,
) -> Document:
    """Change what `change` names and return the new document.

    `change` may be a function from the present document to values; it runs while the contact is
    locked. `unchanged_since` is the `updated_at` that the caller has seen; `archived` says where
    the contact may be (None: anywhere). With `keeps_time` values that are there already leave the
    contact as it is, with its time of change. Raises NotFoundError, ForbiddenError, InvalidError,
    StaleError.
    """
    with transaction.atomic():
        held = _hold(actor, contact_id, "update", archived=archived)
        contact = copy(held.parts.contact)
        if unchanged_since is not None and held.document.get("updated_at") != unchanged_since:
            raise StaleError("contact", contact_id)
        values = change(held.document) if callable(change) else change
        cleaned = checked_values(actor, contact, values)
        before = held.parts
        tied = assign_values(actor, contact, cleaned)
        contact.updated_at = timezone.now()
        contact.editor_id = actor.user_id
        save_row(before, contact, cleaned)
        after = write_children(actor, before, contact, cleaned, tied)
        take_files(actor, contact, cleaned, before.contact.avatar_id)
        document = index.settle_change(held, after)
        if keeps_time and _is_same(held.document, document):
            index.roll_back()
            return held.document
        carry_name(actor, contact, document, renamed_from=before.contact.display_name)
        history.record(
            actor, "contact", contact.pk, "updated", before=held.document, after=document
        )
    return document


def _is_same(before: Document, after: Document) -> bool:
    moved = ("updated_at", "editor_id")
    return {**before, **dict.fromkeys(moved)} == {**after, **dict.fromkeys(moved)}


def archive_contact(actor: Actor, contact_id: int) -> Document:
    """Put a living contact into the trash; raises NotFoundError, ForbiddenError."""
    return _set_archived(actor, contact_id, archived=True)


def restore_contact(actor: Actor, contact_id: int) -> Document:
    """Take a contact out of the trash; raises NotFoundError, ForbiddenError."""
    return _set_archived(actor, contact_id, archived=False)


def delete_contact(actor: Actor, contact_id: int) -> None:
    """Delete an archived contact for good; its history stays.

    Raises NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        contact, before = lock_contact(actor, contact_id, "delete", archived=True)
        others = companies.dependents_of(contact)
        remove_when_committed(names_of_files(contact))
        forget_contact(contact_id)
        end_membership(contact)
        carry(actor, others, contact.delete)
        history.record(actor, "contact", contact_id, "deleted", before=before)


def touch_contact(actor: Actor, contact_id: int) -> None:
    """Move a contact's time of change: something was added to it."""
    Contact.objects.filter(pk=contact_id).update(updated_at=timezone.now(), editor_id=actor.user_id)
    index.refresh([contact_id])


def lock_contact(
    actor: Actor, contact_id: int, action: str, *, archived: bool | None = False
) -> tuple[Contact, Document]:
    """Return a contact locked for a change, with its document before it.

    Raises NotFoundError where the actor does not see it, ForbiddenError where it may not change it.
    """
    held = _hold(actor, contact_id, action, archived=archived)
    return held.parts.contact, held.document


def _hold(actor: Actor, contact_id: int, action: str, *, archived: bool | None = False) -> Held:
    held = _seen(actor, contact_id, archived=archived)
    if held is None and not archived and action == "update":
        # It was merged into another one, which answers for it now; nobody means that one who
        # wants to be rid of the old id.
        held = _seen(actor, heir_of(contact_id), archived=archived)
    if held is None:
        raise NotFoundError("contact", contact_id)
    actor.require(NEEDED["contact", action], held.parts.project_ids, "contact")
    meet_demand("contact", held.parts.contact.pk, held.parts.contact.updated_at)
    return held


def _seen(actor: Actor, contact_id: int | None, *, archived: bool | None) -> Held | None:
    """Return a contact, locked; None for one that the actor does not see."""
    if contact_id is None:
        return None
    contact = next(iter(_LOCKED.find_all(contact_id)), None)
    if contact is None or (archived is not None and (contact.archived_at is None) is archived):
        return None
    held = index.hold(contact)
    return held if sees_contact(actor, contact, held.parts.project_ids) else None


_LOCKED = PreparedRows(
    Contact,
    lambda pk: Contact.objects.order_by().filter(pk=pk).select_for_update(of=("self",)),
)


def _set_archived(actor: Actor, contact_id: int, *, archived: bool) -> Document:
    action = "archive" if archived else "restore"
    with transaction.atomic():
        contact, before = lock_contact(actor, contact_id, action, archived=not archived)
        now = timezone.now()
        contact.archived_at = now if archived else None
        contact.updated_at = now
        contact.editor_id = actor.user_id
        contact.save(update_fields=["archived_at", "updated_at", "editor"])
        if not archived:
            # From now on it answers for itself again.
            FormerContact.objects.filter(pk=contact_id).delete()
        if not archived and not contact.project_links.exists():
            # Its project was deleted meanwhile; every living contact is in one.
            place(contact, projects_for_new(actor, ()))
        document = index.refresh([contact_id])[contact_id]
        word = "archived" if archived else "restored"
        history.record(actor, "contact", contact_id, word, before=before, after=document)
    return document
