"""The rule of `contacts.access.visibility` for records that are in memory already."""

from collections.abc import Collection

from contacts.access.actor import Actor
from contacts.access.visibility import (
    personal_principals,
    principals_of,
    shared_principals,
)
from contacts.fields.reference import Place
from contacts.models import Contact, Project


def sees_contact(actor: Actor, contact: Contact, project_ids: Collection[int]) -> bool:
    """Tell whether an actor sees a contact whose row and projects are known."""
    if actor.is_administrator:
        return True
    seeing, viewing = principals_of(contact, project_ids), actor.projects_with("view_contacts")
    if not seeing.isdisjoint(shared_principals(actor)):
        return True
    return not seeing.isdisjoint(personal_principals(actor)) and not viewing.isdisjoint(project_ids)


def sees_project(actor: Actor, place: Place) -> bool:
    """Tell whether an actor sees a project that is known."""
    if actor.is_administrator:
        return True
    return place.status != Project.Status.ARCHIVED and (place.is_public or place.id in actor.rights)
