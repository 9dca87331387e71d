"""Keep the contact that every user has of its own."""

from collections.abc import Mapping
from dataclasses import replace

from contacts import index
from contacts.access import Actor
from contacts.fields import reference
from contacts.index import Document
from contacts.models import Contact, User
from contacts.services.contacts import archive_contact, create_contact, update_contact
from contacts.services.placing import default_project


def give_own_contact(actor: Actor, user: User) -> None:
    """Make the contact of a user who has none; before the first project there is none to make.

    The actor is one who may change the user.
    """
    keeper = _keeper(actor)
    if user.contact_id is not None or default_project(keeper) is None:
        return
    named = user.first_name or user.last_name
    values = {
        "first_name": user.first_name if named else user.username,
        "last_name": user.last_name,
        "emails": [user.email] if user.email else [],
        "visibility": Contact.Visibility.PRIVATE.value,
        "owner": user.pk,
    }
    document = create_contact(keeper, values)
    user.contact_id = int(str(document["id"]))
    User.objects.filter(pk=user.pk).update(contact_id=user.contact_id)
    Contact.objects.filter(pk=user.contact_id).update(is_user=True)
    reference.bump("people")
    index.refresh([user.contact_id])


def rename_own_contact(actor: Actor, user: User, had: Mapping[str, str]) -> None:
    """Carry a user's new name and e-mail to its contact, where that still says what they were."""
    contact = user.contact
    if contact is None or contact.archived_at is not None:
        return

    def change(document: Document) -> dict[str, object]:
        values: dict[str, object] = {
            key: getattr(user, key)
            for key in ("first_name", "last_name")
            if had[key] != getattr(user, key) and document.get(key, "") == had[key]
        }
        emails = [dict(item) for item in document.get("emails", ())]  # type: ignore[attr-defined]  # a list of dicts
        if had["email"] != user.email and _replace(emails, had["email"], user.email):
            values["emails"] = emails
        return values

    if any(had[key] != getattr(user, key) for key in had):
        update_contact(_keeper(actor), contact.pk, change)


def drop_own_contact(actor: Actor, user: User) -> None:
    """Put the contact of a user into the trash."""
    if user.contact is not None and user.contact.archived_at is None:
        archive_contact(_keeper(actor), user.contact.pk)


def _keeper(actor: Actor) -> Actor:
    """Return the same person, with the right to keep contacts that it may not change itself."""
    return replace(actor, is_administrator=True, default_project_id=None)


def _replace(emails: list[dict[str, object]], old: str, new: str) -> bool:
    """Put a new address in the place of the old one; tells whether anything changes."""
    found = [item for item in emails if item.get("address") == old]
    if found:
        found[0]["address"] = new
    elif not old and new:
        emails.append({"address": new})
    return bool(found) or bool(not old and new)
