"""Store the row of a contact and what hangs on it, as far as a change names it."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import IntegrityError, transaction

from contacts import index
from contacts.access import Actor
from contacts.errors import Fault, InvalidError
from contacts.index import ContactParts
from contacts.index.changing import change_row
from contacts.models import Contact, CustomValue
from contacts.services import companies
from contacts.services.channels import MODELS, items_of, replace_channels
from contacts.services.contact_rules import is_identifier_taken
from contacts.services.custom_values import ids_of_custom, new_custom_values
from contacts.services.facts import replace_facts
from contacts.services.group_members import replace_groups
from contacts.services.memberships import settle_membership
from contacts.services.placing import change_projects
from contacts.services.tags import replace_tags, tag_ids_of
from contacts.services.values import ids_of

Values = Mapping[str, object]


def save_row(before: ContactParts, contact: Contact, cleaned: Values) -> None:
    """Write the columns that a change moves.

    Raises InvalidError where somebody took the identifier meanwhile.
    """
    index.derive_names(
        contact,
        email=_first(before, cleaned, "emails", "address"),
        phone=_first(before, cleaned, "phones", "number"),
    )
    # Read as `getattr` reads them: all of the columns were.
    held, was = contact.__dict__, before.contact.__dict__
    names = [field.attname for field in Contact._meta.concrete_fields]
    values = {name: held[name] for name in names if held[name] != was[name]}
    if "external_identifier" not in values:
        change_row(Contact, contact.pk, values)
        return
    try:
        with transaction.atomic():
            change_row(Contact, contact.pk, values)
    except IntegrityError:
        require_identifier_free(contact, cleaned)
        raise


def require_identifier_free(contact: Contact, cleaned: Values) -> None:
    """Raise InvalidError where another contact has the external identifier."""
    if is_identifier_taken(contact, cleaned):
        value = cleaned["external_identifier"]
        raise InvalidError([Fault("external_identifier", "taken", {"value": value})])


def _first(before: ContactParts, cleaned: Values, key: str, name: str) -> str:
    """Return what names a contact that has no name."""
    if key in cleaned:
        items = items_of(cleaned, key)
        return str(items[0].get(name, "")) if items else ""
    rows = getattr(before, key)
    return str(getattr(rows[0], name)) if rows else ""


def write_children(
    actor: Actor, before: ContactParts, contact: Contact, cleaned: Values, tied: list[int] | None
) -> ContactParts:
    """Store what a change says of what hangs on a contact; returns what hangs on it then."""
    after = replace(before, contact=contact)
    for key in MODELS:
        if key in cleaned:
            stored = {row.pk: row for row in getattr(before, key)}
            setattr(after, key, replace_channels(contact, key, items_of(cleaned, key), stored))
    tags = cleaned.get("tags")
    if isinstance(tags, tuple):
        after.tag_ids = replace_tags(contact, tag_ids_of(tags), before.tag_ids)
    _replace_custom(before, after, cleaned)
    _write_ties(actor, after, cleaned, tied)
    return after


def _replace_custom(before: ContactParts, after: ContactParts, cleaned: Values) -> None:
    """Replace the values of the custom fields that a change names; others stay."""
    ids = ids_of_custom("contact", cleaned)
    if not ids:
        return
    if any(row.field_id in ids for row in before.custom):
        CustomValue.objects.filter(contact_id=after.contact.pk, field_id__in=ids).delete()
    new: list[CustomValue] = new_custom_values("contact", cleaned)  # type: ignore[assignment]  # of contacts
    for row in new:
        row.contact_id = after.contact.pk
    CustomValue.objects.bulk_create(new)
    kept = [row for row in before.custom if row.field_id not in ids]
    after.custom = sorted([*kept, *new], key=lambda row: (row.position, row.pk))


def _write_ties(actor: Actor, after: ContactParts, cleaned: Values, tied: list[int] | None) -> None:
    """Store projects, groups, companies, the membership and facts, which have rules of their own.

    They are read again: what comes of them is not only what the change says.
    """
    contact = after.contact
    moved: dict[str, object] = {}
    if "projects" in cleaned:
        change_projects(actor, contact, ids_of(cleaned["projects"]))
        moved["project_ids"] = []
    if "groups" in cleaned:
        replace_groups(actor, contact, ids_of(cleaned["groups"]))
        moved["group_ids"] = []
    if tied is not None:
        companies.tie_companies(contact, tied)
        moved["company_ids"] = []
    if settle_membership(contact, cleaned):
        moved["membership"] = None
    if replace_facts("contact", contact.pk, cleaned):
        moved["facts"] = []
    for name, empty in moved.items():
        setattr(after, name, empty)
    index.read_parts(after, moved.keys())
