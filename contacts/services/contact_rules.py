"""What a contact must be to make sense, checked before anything of a change is stored."""

from collections.abc import Collection, Mapping

from contacts.access import Actor
from contacts.errors import Fault
from contacts.models import Contact
from contacts.services.channels import channel_faults, will_have
from contacts.services.memberships import membership_faults
from contacts.services.uniqueness import unique_faults

Values = Mapping[str, object]

# A contact must have at least one of these, or nobody could find it again.
NAMING = (
    "first_name",
    "last_name",
    "middle_name",
    "nickname",
    "organization_name",
    "household_name",
)

COMPANY = ("companies", "employer", "company")
REACHING = ("emails", "phones")
_TELLING = frozenset({*NAMING, *COMPANY, *REACHING})

# Longer lines of superiors do not exist; a circle would be longer than any.
LONGEST_LINE = 100


def faults_of(
    actor: Actor, contact: Contact, cleaned: Values, wrong: Collection[str] = ()
) -> list[Fault]:
    """Return what is wrong with cleaned values as a change of a contact, stored or new.

    `wrong` names the fields whose values were refused already, and so are not among the cleaned.
    """
    faults = channel_faults(contact, cleaned) + unique_faults("contact", contact.pk, cleaned)
    if "author" in cleaned and not actor.is_administrator:
        faults.append(Fault("author", "not_allowed"))
    if is_identifier_taken(contact, cleaned):
        value = cleaned["external_identifier"]
        faults.append(Fault("external_identifier", "taken", {"value": value}))
    if contact.pk and "projects" in cleaned and not cleaned["projects"]:
        faults.append(Fault("projects", "blank"))
    if cleaned.get("stage") == Contact.Stage.CONVERTED:
        faults.append(Fault("stage", "not_allowed", {"value": cleaned["stage"]}))
    faults += _circles(contact, cleaned) + membership_faults(contact, cleaned)
    if _TELLING.isdisjoint(wrong) and not _has_name(contact, cleaned):
        faults.append(Fault(_name_field(contact, cleaned), "blank"))
    return faults


def is_identifier_taken(contact: Contact, cleaned: Values) -> bool:
    """Tell whether another contact has the external identifier that a change gives."""
    identifier = cleaned.get("external_identifier")
    if not isinstance(identifier, str) or not identifier:
        return False
    others = Contact.objects.exclude(pk=contact.pk) if contact.pk else Contact.objects.all()
    return others.filter(external_identifier=identifier).exists()


def _circles(contact: Contact, cleaned: Values) -> list[Fault]:
    """Return a fault for each tie that would lead a contact back to itself."""
    if not contact.pk:
        return []
    companies = cleaned.get("companies")
    faults = []
    if isinstance(companies, tuple) and contact.pk in companies:
        faults.append(Fault("companies", "not_allowed", {"value": contact.pk}))
    if cleaned.get("employer") == contact.pk:
        faults.append(Fault("employer", "not_allowed", {"value": contact.pk}))
    for key in ("parent", "reports_to"):
        above = cleaned.get(key)
        if isinstance(above, int) and contact.pk in _line_above(above, f"{key}_id"):
            faults.append(Fault(key, "not_allowed", {"value": above}))
    return faults


def _line_above(contact_id: int, column: str) -> list[int]:
    line: list[int] = []
    following: int | None = contact_id
    while following is not None and following not in line and len(line) < LONGEST_LINE:
        line.append(following)
        rows = Contact.objects.filter(pk=following).values_list(column, flat=True)
        following = rows.first()
    return line


def _has_name(contact: Contact, cleaned: Values) -> bool:
    if any(cleaned.get(name, getattr(contact, name)) for name in NAMING):
        return True
    if _has_company(contact, cleaned):
        return True
    return any(will_have(contact, key, cleaned) for key in REACHING)


def _has_company(contact: Contact, cleaned: Values) -> bool:
    if any(cleaned.get(key) for key in COMPANY):
        return True
    return cleaned.keys().isdisjoint(COMPANY) and bool(contact.company)


def _name_field(contact: Contact, cleaned: Values) -> str:
    return {
        Contact.Kind.ORGANIZATION: "organization_name",
        Contact.Kind.HOUSEHOLD: "household_name",
    }.get(Contact.Kind(str(cleaned.get("kind", contact.kind))), "first_name")
