"""One contact with everything that hangs on it, as rows: what the derived data is computed from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model

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

Row = TypeVar("Row", bound=Model)


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


def load_parts(contact_ids: Sequence[int], *, lock: bool = False) -> list[ContactParts]:
    """Return the parts of the contacts that exist, in a constant number of statements.

    With `lock` nobody else can change them until the transaction ends.
    """
    contacts = Contact.objects.filter(pk__in=contact_ids).order_by("pk")
    if lock:
        contacts = contacts.select_for_update(of=("self",))
    parts = {contact.pk: ContactParts(contact) for contact in contacts}
    ids = list(parts)
    _hang(parts, "emails", EmailAddress.objects.filter(contact_id__in=ids))
    _hang(parts, "phones", Phone.objects.filter(contact_id__in=ids))
    _hang(parts, "addresses", PostalAddress.objects.filter(contact_id__in=ids))
    _hang(parts, "websites", Website.objects.filter(contact_id__in=ids))
    _hang(parts, "messengers", Messenger.objects.filter(contact_id__in=ids))
    _hang(parts, "custom", CustomValue.objects.filter(contact_id__in=ids))
    _hang(parts, "facts", ContactFact.objects.filter(contact_id__in=ids))
    for follower in ContactFollower.objects.filter(contact_id__in=ids).order_by("id"):
        parts[follower.contact_id].follower_ids.append(follower.user_id)
    for tag_link in ContactTag.objects.filter(contact_id__in=ids).order_by("id"):
        parts[tag_link.contact_id].tag_ids.append(tag_link.tag_id)
    group_links = GroupMember.objects.filter(contact_id__in=ids, status=GroupMember.Status.ADDED)
    for group_link in group_links.order_by("id"):
        parts[group_link.contact_id].group_ids.append(group_link.group_id)
    for project_link in ContactProject.objects.filter(contact_id__in=ids).order_by("id"):
        parts[project_link.contact_id].project_ids.append(project_link.project_id)
    for membership in Membership.objects.filter(contact_id__in=ids):
        parts[membership.contact_id].membership = membership
    ties = Relationship.objects.filter(
        contact_a_id__in=ids, type__name_a_b=EMPLOYEE_OF, is_active=True
    )
    for tie in ties.order_by("position", "id"):
        parts[tie.contact_a_id].company_ids.append(tie.contact_b_id)
    return list(parts.values())


def _hang(parts: dict[int, ContactParts], name: str, rows: Iterable[Row]) -> None:
    for row in rows:
        getattr(parts[row.contact_id], name).append(row)  # type: ignore[attr-defined]  # all channels have it
