"""How people belong to companies: a tie where the company is a contact, text where it is not."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from django.db.models import F, Q, QuerySet

from contacts.access import Actor
from contacts.access.visibility import visible_contacts
from contacts.fields.contact_declaring import CODES
from contacts.fields.text import fold, key_of
from contacts.index import EMPLOYEE_OF
from contacts.models import Contact, ContactKey, Relationship, RelationshipType

Values = Mapping[str, object]
# Finds a company by its name for a contact, given by its id if it has one.
Find = Callable[[str, int | None], Contact | None]

KEYS = frozenset({"companies", "employer", "company"})


def find_company(actor: Actor, name: str, *, but: int | None = None) -> Contact | None:
    """Return the oldest visible organization of this name, whatever the case, or None."""
    key = key_of(name)
    if not key:
        return None
    named = _named([key]).values("contact_id")
    return _organizations(actor).exclude(pk=but or 0).filter(pk__in=named).order_by("pk").first()


def find_companies(actor: Actor, names: Iterable[str]) -> dict[str, Contact | None]:
    """Return what `find_company` would of many names, by their keys."""
    found: dict[str, Contact | None] = dict.fromkeys(key for name in names if (key := key_of(name)))
    # Mostly there is none, and then there is no need to ask who sees it.
    ids = list(_named(found.keys()).values_list("contact_id", flat=True)) if found else []
    for company in _organizations(actor).filter(pk__in=ids).order_by("-pk") if ids else ():
        found[key_of(company.organization_name)] = company
    return found


def _named(keys: Collection[str]) -> QuerySet[ContactKey]:
    return ContactKey.objects.filter(code=CODES["organization_name"], text__in=keys)


def _organizations(actor: Actor) -> QuerySet[Contact]:
    # A lead is no company yet, were it one of this name.
    own = {"kind": Contact.Kind.ORGANIZATION, "stage": Contact.Stage.CONTACT}
    return visible_contacts(actor).filter(**own)


def settle_company(
    actor: Actor, contact: Contact, values: Values, find: Find | None = None
) -> list[int] | None:
    """Set the company's text and the employer from what a change names.

    `companies` (ids in order) wins over `employer`, that over the text `company`; a blank one gives
    way to the next. Returns the ids of the companies to tie, or None to leave the ties alone.
    Companies that the actor does not see stay: it cannot have meant them. Whoever has looked for
    many companies at once says how one is found.
    """
    named = values.keys() & KEYS
    if not named:
        return None
    rest = _other_companies(contact)
    companies = values.get("companies")
    if "companies" in values:
        rest = _hidden(actor, rest)
    if isinstance(companies, tuple) and companies:
        _employ(contact, Contact.objects.filter(pk=companies[0]).first())
        return [*companies, *(pk for pk in rest if pk not in companies)]
    employer_id = values.get("employer")
    if isinstance(employer_id, int):
        _employ(contact, Contact.objects.filter(pk=employer_id).first())
        return _first(contact, rest)
    if "company" in values:
        only_text = named == {"company"}
        look = find or (lambda name, but: find_company(actor, name, but=but))
        return _settle_text(look, contact, str(values["company"] or ""), rest, only=only_text)
    _employ(contact, None)
    return rest


def _settle_text(
    find: Find, contact: Contact, text: str, rest: list[int], *, only: bool
) -> list[int] | None:
    if contact.kind != Contact.Kind.PERSON:
        contact.company = text
        return None if only else rest
    if only and contact.employer_id is not None and fold(text) == fold(contact.company):
        # The name is repeated as it was read. Its company may be hidden or archived, or one of
        # several of this name; looking for it again would lose it.
        return None
    _employ(contact, find(text, contact.pk))
    if contact.employer_id is None:
        contact.company = text
    return _first(contact, rest)


def _employ(contact: Contact, employer: Contact | None) -> None:
    contact.employer = employer
    contact.company = employer.display_name[:255] if employer else ""


def _first(contact: Contact, rest: Sequence[int]) -> list[int]:
    """Return the employer, if there is one, before the other companies."""
    first = [contact.employer_id] if contact.employer_id is not None else []
    return [*first, *(pk for pk in rest if pk != contact.employer_id)]


def _hidden(actor: Actor, ids: Collection[int]) -> list[int]:
    seen = set(visible_contacts(actor).filter(pk__in=ids).values_list("pk", flat=True))
    return [pk for pk in ids if pk not in seen]


def _other_companies(contact: Contact) -> list[int]:
    """Return the companies that a contact is tied to besides its stored employer."""
    if not contact.pk:
        return []
    stored = Contact.objects.filter(pk=contact.pk).values_list("employer_id", flat=True).first()
    ties = _ties().filter(contact_a=contact).order_by("position", "id")
    ids = dict.fromkeys(ties.values_list("contact_b_id", flat=True))
    return [pk for pk in ids if pk != stored]


def _ties() -> QuerySet[Relationship]:
    return Relationship.objects.filter(type__name_a_b=EMPLOYEE_OF, is_active=True)


def tie_companies(contact: Contact, company_ids: Sequence[int]) -> None:
    """Make the ties "Employee of" of a contact exactly these, in this order."""
    tie_type = RelationshipType.objects.get(name_a_b=EMPLOYEE_OF)
    ties = _ties().filter(contact_a=contact)
    ties.exclude(contact_b_id__in=company_ids).delete()
    present: dict[int, int] = {tie.contact_b_id: tie.position for tie in ties}
    for position, pk in enumerate(company_ids):
        if pk not in present:
            _tie(tie_type, contact, pk, position)
        elif present[pk] != position:
            ties.filter(contact_b_id=pk).update(position=position)


def _tie(tie_type: RelationshipType, contact: Contact, company_id: int, position: int) -> None:
    """Tie a contact to a company: anew, or again where a tie had been switched off."""
    ends = {"type": tie_type, "contact_a": contact, "contact_b_id": company_id}
    former = Relationship.objects.filter(**ends, is_active=False, ends_on=None).order_by("-id")
    last = former.values_list("pk", flat=True).first()
    if last is None:
        Relationship.objects.create(**ends, position=position)
    else:
        Relationship.objects.filter(pk=last).update(is_active=True, position=position)


def people_to_rename(company: Contact) -> list[int]:
    """Return the people who still carry an earlier name of a company."""
    people = Contact.objects.filter(employer=company).exclude(company=company.display_name[:255])
    return _locked(people)


def rename_employer(company: Contact, people: Collection[int]) -> None:
    """Carry a company's new name to its people."""
    Contact.objects.filter(pk__in=people).update(company=company.display_name[:255])


def named_by_people(organizations: Sequence[Contact]) -> list[Contact]:
    """Return those whose names some contacts give as their companies."""
    keys = {key for each in organizations if (key := key_of(each.organization_name))}
    if not keys:
        return []
    given = ContactKey.objects.filter(code=CODES["company"], text__in=keys)
    named = set(given.values_list("text", flat=True).distinct())
    return [each for each in organizations if key_of(each.organization_name) in named]


def people_to_adopt(actor: Actor, company: Contact) -> list[int]:
    """Return the people who name a company that was only text until now."""
    key = key_of(company.organization_name)
    if not key:
        return []
    keys = ContactKey.objects.filter(code=CODES["company"], text=key)
    people = visible_contacts(actor).filter(
        pk__in=keys.values("contact_id"), employer=None, kind=Contact.Kind.PERSON
    )
    return _locked(people)


def _locked(people: QuerySet[Contact]) -> list[int]:
    """Return the ids in order, locked: who finds another employer meanwhile is not among them."""
    rows = people.order_by("pk").select_for_update(of=("self",))
    return list(rows.values_list("pk", flat=True))


def adopt_people(company: Contact, people: Collection[int]) -> None:
    """Make a company the employer of people, before any other companies of theirs."""
    Contact.objects.filter(pk__in=people).update(
        employer=company, company=company.display_name[:255]
    )
    _ties().filter(contact_a_id__in=people).update(position=F("position") + 1)
    tie_type = RelationshipType.objects.get(name_a_b=EMPLOYEE_OF)
    Relationship.objects.bulk_create(
        [Relationship(type=tie_type, contact_a_id=pk, contact_b=company) for pk in people],
        ignore_conflicts=True,
    )


def dependents_of(contact: Contact) -> list[int]:
    """Return the contacts whose own facts name this one: its people, subsidiaries, reports."""
    naming = Q(employer=contact) | Q(parent=contact) | Q(reports_to=contact)
    ties = Relationship.objects.filter(contact_b=contact).values("contact_a_id")
    found = Contact.objects.filter(naming | Q(pk__in=ties)).exclude(pk=contact.pk)
    return _locked(found)
