"""Which contacts of the domain are records of which module."""

from api.vtiger.mapping.field import Document
from api.vtiger.mapping.references import Target
from contacts.access import NEEDED, Actor
from contacts.fields.picking import Pick
from contacts.query import Condition, all_of, where

PEOPLE = ("person", "household")
ORGANIZATION = "organization"
CONTACTS = "contact"

RIGHTS = {action: NEEDED["contact", action] for action in ("create", "update", "archive")}

# Addresses of people by their location, those of organizations by their order.
MAILING = Pick(but_locations=frozenset({"other"}))
OTHER = Pick(locations=frozenset({"other"}))
FIRST, SECOND = Pick(place=0), Pick(place=1)


def people(actor: Actor) -> Condition | None:
    """Return the condition of people and households that are no leads."""
    return all_of(where(actor, "kind", "in", list(PEOPLE)), where(actor, "stage", "eq", "contact"))


def organizations(actor: Actor) -> Condition | None:
    """Return the condition of organizations that are no leads."""
    return all_of(where(actor, "kind", "eq", ORGANIZATION), where(actor, "stage", "eq", "contact"))


def is_person(document: Document) -> bool:
    """Tell whether a contact is a person or household and no lead."""
    return document["kind"] in PEOPLE and not is_lead(document)


def is_organization(document: Document) -> bool:
    """Tell whether a contact is an organization and no lead."""
    return document["kind"] == ORGANIZATION and not is_lead(document)


def is_lead(document: Document) -> bool:
    """Tell whether a contact is a lead, or was one before it was converted."""
    stage: str = document.get("stage", CONTACTS)
    return stage != CONTACTS


CONTACT = Target("Contacts", 12, "contact", is_person)
ACCOUNT = Target("Accounts", 11, "contact", is_organization)
LEAD = Target("Leads", 10, "contact", is_lead)
