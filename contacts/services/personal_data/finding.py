"""Find every row that is about one person and nobody else."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import router
from django.db.models import Model, Q, QuerySet
from django.db.models.deletion import Collector
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.access import Actor
from contacts.access.visibility import visible_contacts
from contacts.errors import ConflictError, NotFoundError
from contacts.fields.activity_fields import TAKING_PART
from contacts.models import (
    Activity,
    ActivityContact,
    Attachment,
    Change,
    Comment,
    Contact,
    ContactAccess,
    ContactDocument,
    ContactKey,
    ContactProject,
    ContactTag,
    ContactText,
    Deal,
    DealContact,
    DeletedRecord,
    EmailAddress,
    FormerContact,
    GroupMember,
    Membership,
    Note,
    Relationship,
    Submission,
    SubmissionAddress,
    Ticket,
)
from contacts.models.custom_fields import TypedValue
from contacts.models.facts import Fact
from contacts.models.followers import Follower
from contacts.services.personal_data.kept import Kept, find_kept

# The records that have a history, by the word that it uses for them.
TRAILED: Mapping[str, type[Model]] = {
    "contact": Contact,
    "deal": Deal,
    "ticket": Ticket,
    "activity": Activity,
    "note": Note,
    "comment": Comment,
    "attachment": Attachment,
    "relationship": Relationship,
    "submission": Submission,
    "membership": Membership,
    "group_member": GroupMember,
}
# What people call rows whose tables have no name of their own.
WORDS: Sequence[tuple[type[Model] | tuple[type[Model], ...], str | Promise]] = (
    (Fact, _("further details")),
    (Follower, _("followers")),
    (TypedValue, _("values of custom fields")),
    ((ContactTag, ContactProject, ActivityContact, DealContact), _("links")),
)
# Repeats what stands in the other rows, so that reading is fast.
DERIVED = (ContactAccess, ContactDocument, ContactKey, ContactText, SubmissionAddress)


class _Cascade(Collector):
    """Knows all rows that go with others, one by one."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:  # as Django declares it
        """Return no: rows that are deleted unseen could not be told of."""
        return False


@dataclass(frozen=True, slots=True)
class PersonalData:
    """The rows of a person: `contact_ids` begins with the contact that lives.

    `records` are those that a service deletes, `rows` everything that goes with them.
    """

    contact_ids: tuple[int, ...]
    records: Mapping[type[Model], Sequence[Model]]
    rows: Mapping[type[Model], Sequence[Model]]
    kept: Sequence[Kept]

    def ids_of(self, model: type[Model]) -> set[int]:
        """Return the ids of the rows of one table."""
        return {row.pk for row in self.rows.get(model, ())}

    def of(self, model: type[Any]) -> Sequence[Any]:
        """Return the rows of one table."""
        return self.rows.get(model, ())

    def changes(self) -> QuerySet[Change]:
        """Return what the history tells of the person and of what goes with it."""
        about = Q(contact_id__in=self.contact_ids)
        for kind, model in TRAILED.items():
            about |= Q(record_kind=kind, record_id__in=self.ids_of(model))
        return Change.objects.filter(about).order_by("pk")

    def files(self) -> list[Attachment]:
        """Return the files that go."""
        return list(self.of(Attachment))

    def counts(self) -> dict[str, int]:
        """Return how many rows of each kind there are, without what only repeats them."""
        found: Counter[str] = Counter()
        for model, rows in self.rows.items():
            if model not in DERIVED and rows and not model._meta.auto_created:
                found[word_of(model)] += len(rows)
        entries = {
            str(DeletedRecord._meta.verbose_name_plural): len(self.kept),
            str(Change._meta.verbose_name_plural): self.changes().count(),
        }
        return dict(found) | {name: count for name, count in entries.items() if count}


def word_of(model: type[Model]) -> str:
    """Return what people call the rows of a table."""
    word = next((word for base, word in WORDS if issubclass(model, base)), None)
    return str(word or model._meta.verbose_name_plural)


def require_personal(actor: Actor, contact_id: int) -> PersonalData:
    """Return everything about the person that a contact is, wherever the contact stands.

    The id of a contact that was merged leads to the one that stayed. Raises ForbiddenError for
    everybody but administrators, NotFoundError; ConflictError "contact_of_user" for somebody who
    signs in: the user has to go first.
    """
    actor.require_administrator()
    contact_id = _heir(contact_id)
    contact = visible_contacts(actor, archived=None).filter(pk=contact_id).first()
    if contact is None:
        raise NotFoundError("contact", contact_id)
    if contact.is_user:
        raise ConflictError("contact_of_user")
    former = FormerContact.objects.filter(contact_id=contact_id).order_by("pk")
    ids = (contact_id, *former.values_list("pk", flat=True))
    records = _records(ids)
    rows = _with_all_that_hangs_on(records)
    return PersonalData(ids, records, rows, list(find_kept(rows)))


def _heir(contact_id: int) -> int:
    heir = FormerContact.objects.filter(pk=contact_id).values_list("contact_id", flat=True)
    return heir.first() or contact_id


def _records(ids: Sequence[int]) -> dict[type[Model], Sequence[Model]]:
    """Return the records that name the person and no other contact.

    Each is looked for by what is known of the person: a condition on all others, or two joined by
    "or", would make either database read whole tables.
    """
    records: dict[type[Model], Sequence[Model]] = {
        Activity: list(_activities(ids)),
        Deal: list(_deals(ids)),
        Ticket: [row for row in _tickets(ids) if _names_only(row.contacts, ids)],
    }
    records[Attachment] = list(_documents(ids, records))
    records[Contact] = list(Contact.objects.filter(pk__in=ids).order_by("pk"))
    records[Submission] = list(_submissions(ids))
    records[Attachment] = [*records[Attachment], *_unclaimed(records[Submission])]
    return records


def _activities(ids: Sequence[int]) -> QuerySet[Activity]:
    mine = {
        *ActivityContact.objects.filter(contact_id__in=ids).values_list("activity_id", flat=True)
    }
    of_mine = ActivityContact.objects.filter(activity_id__in=mine, **dict(TAKING_PART))
    shared = {*of_mine.exclude(contact_id__in=ids).values_list("activity_id", flat=True)}
    return Activity.objects.filter(pk__in=mine - shared).order_by("pk")


def _deals(ids: Sequence[int]) -> QuerySet[Deal]:
    linked = {*DealContact.objects.filter(contact_id__in=ids).values_list("deal_id", flat=True)}
    found = _numbers(
        Deal.objects.filter(contact_id__in=ids), Deal.objects.filter(pk__in=linked, contact=None)
    )
    of_mine = DealContact.objects.filter(deal_id__in=found).exclude(contact_id__in=ids)
    shared = {*of_mine.values_list("deal_id", flat=True)}
    return Deal.objects.filter(pk__in=found - shared).order_by("pk")


def _tickets(ids: Sequence[int]) -> QuerySet[Ticket]:
    found = _numbers(
        Ticket.objects.filter(contact_id__in=ids),
        Ticket.objects.filter(contacts__in=ids, contact=None),
    )
    return Ticket.objects.filter(pk__in=found).order_by("pk")


def _numbers(*found: QuerySet[Any]) -> set[int]:
    """Return the ids that questions find, asked one after the other."""
    return {pk for each in found for pk in each.values_list("pk", flat=True)}


def _names_only(contacts: Any, ids: Sequence[int]) -> bool:  # noqa: ANN401  # a related manager
    return not contacts.exclude(pk__in=ids).exists()


def _documents(
    ids: Sequence[int], records: Mapping[type[Model], Sequence[Model]]
) -> Iterator[Attachment]:
    deals, tickets = ([row.pk for row in records[model]] for model in (Deal, Ticket))
    documents = Attachment.objects.filter(is_document=True)
    found = _numbers(documents.filter(contacts__in=ids), documents.filter(contact_id__in=ids))
    for row in documents.filter(pk__in=found).order_by("pk"):
        shared = row.contacts.exclude(pk__in=ids) or row.deals.exclude(pk__in=deals)
        if not shared and not row.tickets.exclude(pk__in=tickets):
            yield row


def _submissions(ids: Sequence[int]) -> QuerySet[Submission]:
    """Return what the person sent, also what never became a contact but has its e-mail address."""
    emails = EmailAddress.objects.filter(contact_id__in=ids).exclude(address_key="")
    sent = SubmissionAddress.objects.filter(
        text__in=set(emails.values_list("address_key", flat=True)), submission__contact=None
    )
    # Asked one after the other: either database reads all submissions for an "or" of the two.
    found = {*sent.values_list("submission_id", flat=True)}
    found |= {*Submission.objects.filter(contact_id__in=ids).values_list("pk", flat=True)}
    return Submission.objects.filter(pk__in=found).order_by("pk")


def _unclaimed(submissions: Iterable[Model]) -> QuerySet[Attachment]:
    """Return the files of submissions that belong to no record yet."""
    named = {
        each
        for row in submissions
        for value in getattr(row, "prepared", {}).values()
        for each in (value if isinstance(value, list) else [value])
        if isinstance(each, int)
    }
    loose = Attachment.objects.filter(contact=None, deal=None, note=None, ticket=None)
    return loose.filter(pk__in=named, is_document=False, author=None)


def _with_all_that_hangs_on(
    records: Mapping[type[Model], Sequence[Model]],
) -> dict[type[Model], Sequence[Model]]:
    cascade = _Cascade(using=router.db_for_write(Contact))
    for rows in records.values():
        if rows:
            cascade.collect(list(rows))
    return {
        model: sorted(rows, key=lambda row: row.pk)
        for model, rows in sorted(cascade.data.items(), key=lambda pair: pair[0].__name__)
    }
