"""Create, change, archive, restore and delete contacts.

Each function is one transaction: rights, validation of all values together, rows, derived data,
history. `values` maps field keys to Python values; an absent key means "leave", None or blank means
"clear".
"""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils import timezone

from contacts import history, index
from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_contacts
from contacts.errors import Fault, ForbiddenError, InvalidError, NotFoundError, StaleError
from contacts.fields import catalogue
from contacts.index import Document
from contacts.models import Contact
from contacts.services import companies
from contacts.services.channels import MODELS, replace_channels
from contacts.services.custom_values import replace_custom_values, with_defaults
from contacts.services.files import remove_when_committed
from contacts.services.pictures import names_of_files, take_files
from contacts.services.placing import change_projects, place, projects_for_new
from contacts.services.tags import replace_tags, tag_ids_of
from contacts.services.values import clean_values

Values = Mapping[str, object]
Change = Values | Callable[[Document], Values]

# A contact must have at least one of these, or nobody could find it again.
NAMING = (
    "first_name",
    "last_name",
    "middle_name",
    "nickname",
    "organization_name",
    "household_name",
    "company",
)


def create_contact(actor: Actor, values: Values, *, entry_channel: str = "") -> Document:
    """Create a contact and return its document.

    Without `projects` it goes to the actor's default project. Raises ForbiddenError, InvalidError.
    """
    actor.require_write()
    if not actor.has_anywhere("add_contacts"):
        raise ForbiddenError("add_contacts", "contact")
    with transaction.atomic():
        cleaned = clean_values(actor, "contact", values, creating=True)
        _require_author_right(actor, cleaned)
        cleaned = with_defaults("contact", cleaned)
        project_ids = projects_for_new(actor, list(cleaned.get("projects") or ()))  # type: ignore[call-overload]  # cleaned ids
        now = timezone.now()
        contact = Contact(created_at=now, updated_at=now, author_id=actor.user_id)
        contact.entry_channel = entry_channel or actor.dialect
        tied = _assign(actor, contact, cleaned)
        _require_name(contact, cleaned)
        _name(contact, cleaned)
        contact.save(force_insert=True)
        place(contact, project_ids)
        _write_children(actor, contact, cleaned, tied)
        take_files(actor, contact, cleaned, None)
        document = _derived(actor, contact, created=True)
        history.record(actor, "contact", contact.pk, "created", after=document)
    return document


def update_contact(
    actor: Actor, contact_id: int, change: Change, *, unchanged_since: str | None = None
) -> Document:
    """Change what `change` names and return the new document.

    `change` may be a function from the present document to values; it runs while the contact is
    locked. `unchanged_since` is the `updated_at` that the caller has seen. Raises NotFoundError,
    ForbiddenError, InvalidError, StaleError.
    """
    with transaction.atomic():
        contact, before = lock_contact(actor, contact_id, "update")
        if unchanged_since is not None and before.get("updated_at") != unchanged_since:
            raise StaleError("contact", contact_id)
        values = change(before) if callable(change) else change
        cleaned = clean_values(actor, "contact", values, creating=False)
        _require_author_right(actor, cleaned)
        old_name = contact.display_name
        tied = _assign(actor, contact, cleaned)
        contact.updated_at = timezone.now()
        contact.editor_id = actor.user_id
        _require_name(contact, cleaned)
        contact.save()
        if "projects" in cleaned:
            change_projects(actor, contact, list(cleaned["projects"]))  # type: ignore[call-overload]  # cleaned ids
        _write_children(actor, contact, cleaned, tied)
        take_files(actor, contact, cleaned, before.get("avatar_id"))  # type: ignore[arg-type]  # an id
        document = _derived(actor, contact, renamed_from=old_name)
        history.record(actor, "contact", contact_id, "updated", before=before, after=document)
    return document


def archive_contact(actor: Actor, contact_id: int) -> Document:
    """Put a living contact into the trash; raises NotFoundError, ForbiddenError."""
    return _set_archived(actor, contact_id, archived=True)


def restore_contact(actor: Actor, contact_id: int) -> Document:
    """Take a contact out of the trash; raises NotFoundError, ForbiddenError."""
    return _set_archived(actor, contact_id, archived=False)


def delete_contact(actor: Actor, contact_id: int) -> None:
    """Delete an archived contact for good; its history stays. Raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        contact, before = lock_contact(actor, contact_id, "delete", archived=True)
        people = list(contact.employees.values_list("pk", flat=True))
        remove_when_committed(names_of_files(contact))
        contact.delete()
        index.refresh(people)
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
    seen = visible_contacts(actor, archived=archived).filter(pk=contact_id)
    contact = seen.select_for_update(of=("self",)).first()
    if contact is None:
        raise NotFoundError("contact", contact_id)
    (parts,) = index.load_parts([contact_id])
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
        document = index.refresh([contact_id])[contact_id]
        word = "archived" if archived else "restored"
        history.record(actor, "contact", contact_id, word, before=before, after=document)
    return document


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
    if contact.kind != Contact.Kind.PERSON and "company" in cleaned:
        contact.company = str(cleaned["company"] or "")
    return companies.settle_company(actor, contact, cleaned)


def _column_value(key: str, value: object) -> object:
    if key == "external_identifier":
        return value or None
    if key in ("balance", "total_donated"):
        return value or 0
    return list(value) if key == "preferred_channels" and isinstance(value, tuple) else value


def _require_author_right(actor: Actor, cleaned: Values) -> None:
    if "author" in cleaned and not actor.is_administrator:
        raise InvalidError([Fault("author", "not_allowed")])
    identifier = cleaned.get("external_identifier")
    if identifier and Contact.objects.filter(external_identifier=identifier).exists():
        raise InvalidError([Fault("external_identifier", "taken", {"value": identifier})])


def _require_name(contact: Contact, cleaned: Values) -> None:
    """Raise InvalidError for a contact without any name, e-mail or phone."""
    if any(getattr(contact, name).strip() for name in NAMING):
        return
    for key in ("emails", "phones"):
        if key in cleaned:
            if cleaned[key]:
                return
        elif contact.pk and getattr(contact, key).exists():
            return
    raise InvalidError([Fault(_name_field(contact), "blank")])


def _name_field(contact: Contact) -> str:
    return {
        Contact.Kind.ORGANIZATION: "organization_name",
        Contact.Kind.HOUSEHOLD: "household_name",
    }.get(Contact.Kind(contact.kind), "first_name")


def _name(contact: Contact, cleaned: Values) -> None:
    """Set the derived names before the first save, so that they need not be written twice."""
    emails: tuple[dict[str, str], ...] = cleaned.get("emails") or ()  # type: ignore[assignment]  # cleaned channels
    phones: tuple[dict[str, str], ...] = cleaned.get("phones") or ()  # type: ignore[assignment]  # cleaned channels
    index.derive_names(
        contact,
        email=emails[0].get("address", "") if emails else "",
        phone=phones[0].get("number", "") if phones else "",
    )


def _write_children(
    actor: Actor, contact: Contact, cleaned: Values, tied: list[int] | None
) -> None:
    for key in MODELS:
        if key in cleaned:
            replace_channels(contact, key, cleaned[key])  # type: ignore[arg-type]  # cleaned channels
    if "tags" in cleaned:
        replace_tags(contact, tag_ids_of(cleaned["tags"]))  # type: ignore[arg-type]  # cleaned names
    if tied is not None:
        companies.tie_companies(contact, tied)
    replace_custom_values("contact", contact.pk, cleaned)


def _derived(
    actor: Actor, contact: Contact, *, created: bool = False, renamed_from: str = ""
) -> Document:
    """Refresh the derived data of a contact, and of people whose company it is."""
    document = index.refresh([contact.pk])[contact.pk]
    if contact.kind != Contact.Kind.ORGANIZATION:
        return document
    people: list[int] = []
    if created:
        people = companies.adopt_people(actor, contact)
    elif document["display_name"] != renamed_from:
        contact.display_name = str(document["display_name"])
        people = companies.rename_employer(contact)
    if people:
        index.refresh(people)
    return document
