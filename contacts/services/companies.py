"""How people belong to companies: a tie where the company is a contact, text where it is not."""

from collections.abc import Sequence

from contacts.access import Actor
from contacts.access.visibility import visible_contacts
from contacts.fields.contact_fields import CODES
from contacts.fields.text import key_of
from contacts.index import EMPLOYEE_OF
from contacts.models import Contact, ContactKey, Relationship, RelationshipType


def find_company(actor: Actor, name: str) -> Contact | None:
    """Return the oldest visible organization of this name, whatever the case, or None."""
    key = key_of(name)
    if not key:
        return None
    keys = ContactKey.objects.filter(code=CODES["organization_name"], text=key)
    seen = visible_contacts(actor).filter(kind=Contact.Kind.ORGANIZATION)
    return seen.filter(pk__in=keys.values("contact_id")).order_by("pk").first()


def settle_company(actor: Actor, contact: Contact, values: dict[str, object]) -> list[int] | None:
    """Set the company's text and the employer from what a change names.

    `companies` (ids in order) wins over `employer`, that over the text `company`. Returns the ids
    of the companies to tie, or None when the change names none of the three.
    """
    if "companies" in values:
        ids = [int(pk) for pk in values["companies"]]  # type: ignore[attr-defined]  # cleaned ids
        _employ(contact, Contact.objects.filter(pk=ids[0]).first() if ids else None)
        return ids
    others = _other_companies(contact)
    if "employer" in values:
        employer = Contact.objects.filter(pk=values["employer"]).first()
        _employ(contact, employer)
        return [employer.pk, *(pk for pk in others if pk != employer.pk)] if employer else others
    if "company" not in values or contact.kind != Contact.Kind.PERSON:
        return None
    text = str(values["company"] or "")
    employer = find_company(actor, text)
    contact.employer = employer
    contact.company = text
    if employer is None:
        return others
    contact.company = employer.display_name
    return [employer.pk, *(pk for pk in others if pk != employer.pk)]


def _employ(contact: Contact, employer: Contact | None) -> None:
    contact.employer = employer
    contact.company = employer.display_name if employer else ""


def _other_companies(contact: Contact) -> list[int]:
    """Return the companies that a contact is tied to besides its stored employer."""
    if contact.pk is None:
        return []
    stored = Contact.objects.filter(pk=contact.pk).values_list("employer_id", flat=True).first()
    ties = Relationship.objects.filter(
        contact_a=contact, type__name_a_b=EMPLOYEE_OF, is_active=True
    ).order_by("position", "id")
    return [pk for pk in ties.values_list("contact_b_id", flat=True) if pk != stored]


def tie_companies(contact: Contact, company_ids: Sequence[int]) -> None:
    """Make the ties "Employee of" of a contact exactly these, in this order."""
    tie_type = RelationshipType.objects.get(name_a_b=EMPLOYEE_OF)
    ties = Relationship.objects.filter(contact_a=contact, type=tie_type, is_active=True)
    ties.exclude(contact_b_id__in=company_ids).delete()
    present = {tie.contact_b_id: tie for tie in ties}
    for position, pk in enumerate(company_ids):
        tie = present.get(pk)
        if tie is None:
            Relationship.objects.create(
                type=tie_type, contact_a=contact, contact_b_id=pk, position=position
            )
        elif tie.position != position:
            Relationship.objects.filter(pk=tie.pk).update(position=position)


def rename_employer(company: Contact) -> list[int]:
    """Carry a company's new name to its people; returns their ids."""
    people = Contact.objects.filter(employer=company).exclude(company=company.display_name)
    ids = list(people.values_list("pk", flat=True))
    Contact.objects.filter(pk__in=ids).update(company=company.display_name)
    return ids


def adopt_people(actor: Actor, company: Contact) -> list[int]:
    """Tie the people who name a company that was only text until now; returns their ids."""
    key = key_of(company.organization_name)
    if not key:
        return []
    keys = ContactKey.objects.filter(code=CODES["company"], text=key)
    people = visible_contacts(actor).filter(
        pk__in=keys.values("contact_id"), employer=None, kind=Contact.Kind.PERSON
    )
    ids = list(people.values_list("pk", flat=True))
    Contact.objects.filter(pk__in=ids).update(employer=company, company=company.display_name)
    tie_type = RelationshipType.objects.get(name_a_b=EMPLOYEE_OF)
    Relationship.objects.bulk_create(
        [Relationship(type=tie_type, contact_a_id=pk, contact_b=company) for pk in ids],
        ignore_conflicts=True,
    )
    return ids
