"""Create, change, archive, restore and delete contacts.

Each function is one transaction: rights, validation of all values together, rows, derived data,
history. `values` maps field keys to Python values; an absent key means "leave", None or blank means
"clear".
"""

from collections.abc import Callable, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts import history, index
from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_contacts
from contacts.errors import Fault, ForbiddenError, InvalidError, NotFoundError, StaleError
from contacts.fields import catalogue
from contacts.index import Document
from contacts.models import Contact, FormerContact
from contacts.query import heir_of
from contacts.services import companies
from contacts.services.channels import MODELS, items_of, replace_channels
from contacts.services.contact_rules import faults_of, is_identifier_taken
from contacts.services.custom_values import replace_custom_values, with_defaults
from contacts.services.facts import replace_facts
from contacts.services.files import remove_when_committed
from contacts.services.group_members import replace_groups
from contacts.services.memberships import end_membership, settle_membership
from contacts.services.pictures import names_of_files, take_files
from contacts.services.placing import change_projects, place, projects_for_new
from contacts.services.tags import replace_tags, tag_ids_of
from contacts.services.values import check_values, id_of, ids_of, require_no_faults
from contacts.services.wastebasket import forget_contact

Values = Mapping[str, object]
Change = Values | Callable[[Document], Values]


def create_contact(actor: Actor, values: Values, *, entry_channel: str = "") -> Document:
    """Create a contact and return its document.

    Without `projects` it goes to the actor's default project. Raises ForbiddenError, InvalidError.
    """
    actor.require_write()
    if not actor.has_anywhere("add_contacts"):
        raise ForbiddenError("add_contacts", "contact")
    with transaction.atomic():
        now = timezone.now()
        contact = Contact(created_at=now, updated_at=now, author_id=actor.user_id)
        contact.entry_channel = entry_channel or actor.dialect
        cleaned = _checked(actor, contact, values)
        project_ids = projects_for_new(actor, ids_of(cleaned.get("projects")))
        cleaned = with_defaults("contact", {**cleaned, "projects": tuple(project_ids)})
        tied = _assign(actor, contact, cleaned)
        _name(contact, cleaned)
        _save(contact, cleaned)
        place(contact, project_ids)
        _write_children(actor, contact, cleaned, tied)
        take_files(actor, contact, cleaned, None)
        document = _derived(actor, contact, created=True)
        history.record(actor, "contact", contact.pk, "created", after=document)
    return document


def update_contact(
    actor: Actor,
    contact_id: int,
    change: Change,
    *,
    unchanged_since: str | None = None,
    archived: bool | None = False,
) -> Document:
    """Change what `change` names and return the new document.

    `change` may be a function from the present document to values; it runs while the contact is
    locked. `unchanged_since` is the `updated_at` that the caller has seen; `archived` says where
    the contact may be (None: anywhere). Raises NotFoundError, ForbiddenError, InvalidError,
    StaleError.
    """
    with transaction.atomic():
        contact, before = lock_contact(actor, contact_id, "update", archived=archived)
        if unchanged_since is not None and before.get("updated_at") != unchanged_since:
            raise StaleError("contact", contact_id)
        values = change(before) if callable(change) else change
        cleaned = _checked(actor, contact, values)
        old_name = contact.display_name
        tied = _assign(actor, contact, cleaned)
        contact.updated_at = timezone.now()
        contact.editor_id = actor.user_id
        _save(contact, cleaned)
        if "projects" in cleaned:
            change_projects(actor, contact, ids_of(cleaned["projects"]))
        _write_children(actor, contact, cleaned, tied)
        take_files(actor, contact, cleaned, id_of(before.get("avatar_id")))
        document = _derived(actor, contact, renamed_from=old_name)
        history.record(actor, "contact", contact.pk, "updated", before=before, after=document)
    return document


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
        _carry(actor, others, contact.delete)
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
    seen = visible_contacts(actor, archived=archived)
    contact = seen.filter(pk=contact_id).select_for_update(of=("self",)).first()
    if contact is None and not archived and action == "update":
        # It was merged into another one, which answers for it now; nobody means that one who
        # wants to be rid of the old id.
        heir_id = heir_of(contact_id)
        contact = seen.filter(pk=heir_id or 0).select_for_update(of=("self",)).first()
    if contact is None:
        raise NotFoundError("contact", contact_id)
    (parts,) = index.load_parts([contact.pk])
    actor.require(NEEDED["contact", action], parts.project_ids, "contact")
    return contact, index.document_of(parts)


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


def _checked(actor: Actor, contact: Contact, values: Values) -> dict[str, object]:
    """Return the cleaned values of a change; raises InvalidError with everything wrong in it."""
    kind = str(values.get("kind") or contact.kind)
    creating = contact.pk is None
    cleaned, faults = check_values(actor, "contact", values, creating=creating, record_kind=kind)
    wrong = {fault.key for fault in faults}
    require_no_faults(faults + faults_of(actor, contact, cleaned, wrong))
    return cleaned


def _assign(actor: Actor, contact: Contact, cleaned: dict[str, object]) -> list[int] | None:
    """Set the row's own columns; returns the companies to tie, or None to leave them."""
    owner_before = (contact.owner_id, contact.owner_group_id)
    for field in catalogue("contact"):
        if field.column and field.key in cleaned and field.key not in ("company", "employer"):
            value = cleaned[field.key]
            setattr(contact, field.column, _column_value(field.key, value))
    if "owner" in cleaned and cleaned["owner"] is not None:
        contact.owner_group = None
    elif cleaned.get("owner_group") is not None:
        contact.owner = None
    if (contact.owner_id, contact.owner_group_id) != owner_before:
        contact.owner_assigned_at = timezone.now()
    return companies.settle_company(actor, contact, cleaned)


def _column_value(key: str, value: object) -> object:
    if key == "external_identifier":
        return value or None
    if key in ("balance", "total_donated"):
        return value or 0
    return list(value) if key == "preferred_channels" and isinstance(value, tuple) else value


def _name(contact: Contact, cleaned: Values) -> None:
    """Set the derived names before the first save, so that they need not be written twice."""
    emails, phones = items_of(cleaned, "emails"), items_of(cleaned, "phones")
    index.derive_names(
        contact,
        email=str(emails[0].get("address", "")) if emails else "",
        phone=str(phones[0].get("number", "")) if phones else "",
    )


def _save(contact: Contact, cleaned: Values) -> None:
    """Write the row; raises InvalidError where somebody took its identifier meanwhile."""
    is_new = contact.pk is None
    if not cleaned.get("external_identifier"):
        contact.save(force_insert=is_new)
        return
    try:
        with transaction.atomic():
            contact.save(force_insert=is_new)
    except IntegrityError:
        contact.pk = None if is_new else contact.pk
        if not is_identifier_taken(contact, cleaned):
            raise
        value = cleaned["external_identifier"]
        raise InvalidError([Fault("external_identifier", "taken", {"value": value})]) from None


def _write_children(
    actor: Actor, contact: Contact, cleaned: Values, tied: list[int] | None
) -> None:
    for key in MODELS:
        if key in cleaned:
            replace_channels(contact, key, items_of(cleaned, key))
    tags = cleaned.get("tags")
    if isinstance(tags, tuple):
        replace_tags(contact, tag_ids_of(tags))
    if "groups" in cleaned:
        replace_groups(actor, contact, ids_of(cleaned["groups"]))
    if tied is not None:
        companies.tie_companies(contact, tied)
    settle_membership(contact, cleaned)
    replace_custom_values("contact", contact.pk, cleaned)
    replace_facts("contact", contact.pk, cleaned)


def _derived(
    actor: Actor, contact: Contact, *, created: bool = False, renamed_from: str = ""
) -> Document:
    """Refresh the derived data of a contact, and of people whose company it is."""
    document = index.refresh([contact.pk])[contact.pk]
    if contact.kind != Contact.Kind.ORGANIZATION:
        return document
    contact.display_name = str(document["display_name"])
    if created:
        people = companies.people_to_adopt(actor, contact)
        _carry(actor, people, lambda: companies.adopt_people(contact, people))
    elif contact.display_name != renamed_from:
        people = companies.people_to_rename(contact)
        _carry(actor, people, lambda: companies.rename_employer(contact, people))
    return document


def _carry(actor: Actor, contact_ids: Sequence[int], change: Callable[[], object]) -> None:
    """Make a change that also changes other contacts, with their derived data and history."""
    before = index.locked_documents(contact_ids)
    change()
    if not contact_ids:
        return
    after = index.refresh(contact_ids)
    entries = ((pk, "updated", before[pk], after[pk]) for pk in before)
    history.record_many(actor, "contact", entries)
