"""One contact with everything that hangs on it, as rows: what the derived data is computed from."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet

from contacts.access.prepared import PreparedRows
from contacts.models import (
    EMPLOYEE_OF,
    Contact,
    ContactFact,
    ContactFollower,
    ContactProject,
    ContactTag,
    CustomValue,
    EmailAddress,
    GroupMember,
    Membership,
    Messenger,
    Phone,
    PostalAddress,
    Relationship,
    Website,
)


@dataclass(slots=True)
class ContactParts:
    """The rows of one contact, each list in its order."""

    contact: Contact
    emails: list[EmailAddress] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    addresses: list[PostalAddress] = field(default_factory=list)
    websites: list[Website] = field(default_factory=list)
    messengers: list[Messenger] = field(default_factory=list)
    tag_ids: list[int] = field(default_factory=list)
    group_ids: list[int] = field(default_factory=list)
    project_ids: list[int] = field(default_factory=list)
    company_ids: list[int] = field(default_factory=list)
    follower_ids: list[int] = field(default_factory=list)
    facts: list[ContactFact] = field(default_factory=list)
    custom: list[CustomValue] = field(default_factory=list)
    membership: Membership | None = None


Parts = dict[int, ContactParts]
Reader = Callable[[Parts], None]


def load_parts(contact_ids: Sequence[int], *, lock: bool = False) -> list[ContactParts]:
    """Return the parts of the contacts that exist, in a constant number of statements.

    With `lock` nobody else can change them until the transaction ends.
    """
    contacts = Contact.objects.filter(pk__in=contact_ids).order_by("pk")
    if lock:
        contacts = contacts.select_for_update(of=("self",))
    parts = {contact.pk: ContactParts(contact) for contact in contacts}
    for read in READERS.values():
        read(parts)
    return list(parts.values())


def read_parts(parts: ContactParts, names: Collection[str]) -> None:
    """Read some parts of one contact from their tables, where they are empty so far."""
    for name in names:
        READERS[name]({parts.contact.pk: parts})


def _of(parts: Parts) -> dict[str, list[int]]:
    return {"contact_id__in": list(parts)}


def _rows(name: str, model: type[Model]) -> Reader:
    """Read whole rows, in the order of their table."""
    one = PreparedRows(model, lambda pk: model._default_manager.filter(contact_id=pk))

    def read(parts: Parts) -> None:
        if len(parts) == 1:
            ((pk, each),) = parts.items()
            getattr(each, name).extend(one.find_all(pk))
            return
        for row in model._default_manager.filter(**_of(parts)):
            getattr(parts[row.contact_id], name).append(row)  # type: ignore[attr-defined]  # all of them have it

    return read


def _links(name: str, model: type[Model], target: str, **condition: object) -> Reader:
    """Read the ids on the other side of links, in the order in which they were made."""

    def links(**of: object) -> QuerySet[Model]:
        return model._default_manager.filter(**of, **condition).order_by("id")

    one = PreparedRows(model, lambda pk: links(contact_id=pk))

    def read(parts: Parts) -> None:
        if len(parts) == 1:
            ((pk, each),) = parts.items()
            getattr(each, name).extend(getattr(link, target) for link in one.find_all(pk))
            return
        for contact_id, other in links(**_of(parts)).values_list("contact_id", target):
            getattr(parts[contact_id], name).append(other)

    return read


def _membership(parts: Parts) -> None:
    for membership in Membership.objects.filter(contact_id__in=list(parts)):
        parts[membership.contact_id].membership = membership


def _companies(parts: Parts) -> None:
    ties = Relationship.objects.filter(
        contact_a_id__in=list(parts), type__name_a_b=EMPLOYEE_OF, is_active=True
    )
    for person, company in ties.order_by("position", "id").values_list(
        "contact_a_id", "contact_b_id"
    ):
        # Who was employed twice has one company.
        if company not in parts[person].company_ids:
            parts[person].company_ids.append(company)


# What may hang on a contact, each kept in a table of its own.
READERS: dict[str, Reader] = {
    "emails": _rows("emails", EmailAddress),
    "phones": _rows("phones", Phone),
    "addresses": _rows("addresses", PostalAddress),
    "websites": _rows("websites", Website),
    "messengers": _rows("messengers", Messenger),
    "custom": _rows("custom", CustomValue),
    "facts": _rows("facts", ContactFact),
    "follower_ids": _links("follower_ids", ContactFollower, "user_id"),
    "tag_ids": _links("tag_ids", ContactTag, "tag_id"),
    "group_ids": _links("group_ids", GroupMember, "group_id", status=GroupMember.Status.ADDED),
    "project_ids": _links("project_ids", ContactProject, "project_id"),
    "membership": _membership,
    "company_ids": _companies,
}
