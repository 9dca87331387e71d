"""The names that follow from a contact's other facts: shown, sorted by, compared."""

from contacts.fields.text import KEY_LENGTH, fold, key_of
from contacts.models import Contact

# Sorts before every character of a name: "last name, first name, blanks first" is one plain key.
SEPARATOR = "\t"

DERIVED_COLUMNS = ("display_name", "sort_name", "name_key", "first_name_key", "company_key")


def derive_names(contact: Contact, *, email: str = "", phone: str = "") -> None:
    """Set the derived columns of a contact; `email` and `phone` name one without any name."""
    contact.display_name = display_name_of(contact) or email or phone
    contact.name_key = fold(contact.display_name)[:600]
    contact.sort_name = sort_name_of(contact)[:600]
    contact.first_name_key = key_of(contact.first_name)
    contact.company_key = key_of(contact.company)[:KEY_LENGTH]


def display_name_of(contact: Contact) -> str:
    """Return the name that people read, or "" for a contact without any."""
    if contact.kind == Contact.Kind.ORGANIZATION and contact.organization_name:
        return contact.organization_name
    if contact.kind == Contact.Kind.HOUSEHOLD and contact.household_name:
        return contact.household_name
    full = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    return (
        full
        or contact.middle_name
        or contact.nickname
        or contact.organization_name
        or contact.household_name
        or contact.company
    )


def sort_name_of(contact: Contact) -> str:
    """Return the key of the order "last name, first name", without one first."""
    if contact.kind == Contact.Kind.PERSON and (contact.last_name or contact.first_name):
        return fold(contact.last_name) + SEPARATOR + fold(contact.first_name)
    return SEPARATOR + fold(contact.display_name)
