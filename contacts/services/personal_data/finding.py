"""Find every row that is about one person and nobody else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import router
from django.db.models import Model, Q, QuerySet
from django.db.models.deletion import Collector

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
    ContactText,
    Deal,
    DealContact,
    DeletedRecord,
    FormerContact,
    GroupMember,
    Membership,
    Note,
    Relationship,
    Submission,
    Ticket,
)

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
# Repeats what stands in the other rows, so that reading is fast.
DERIVED = (ContactAccess, ContactDocument, ContactKey, ContactText)


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
    kept: Sequence[DeletedRecord]

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
        found = {
            str(model._meta.verbose_name_plural): len(rows)
            for model, rows in self.rows.items()
            if model not in DERIVED and rows and not model._meta.auto_created
        }
        entries = {
            str(DeletedRecord._meta.verbose_name_plural): len(self.kept),
            str(Change._meta.verbose_name_plural): self.changes().count(),
        }
        return found | {name: count for name, count in entries.items() if count}


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
    return PersonalData(ids, records, rows, list(_kept(rows)))


def _heir(contact_id: int) -> int:
    heir = FormerContact.objects.filter(pk=contact_id).values_list("contact_id", flat=True)
    return heir.first() or contact_id


def _records(ids: Sequence[int]) -> dict[type[Model], Sequence[Model]]:
    """Return the records that name the person and no other contact."""
    others = ActivityContact.objects.filter(**dict(TAKING_PART)).exclude(contact_id__in=ids)
    mine = ActivityContact.objects.filter(contact_id__in=ids)
    activities = Activity.objects.filter(pk__in=mine.values("activity_id"))
    shared_deals = DealContact.objects.exclude(contact_id__in=ids).values("deal_id")
    linked = DealContact.objects.filter(contact_id__in=ids).values("deal_id")
    deals = Deal.objects.filter(Q(contact_id__in=ids) | Q(contact=None, pk__in=linked))
    tickets = Ticket.objects.filter(Q(contact_id__in=ids) | Q(contact=None, contacts__in=ids))
    records: dict[type[Model], Sequence[Model]] = {
        Activity: list(activities.exclude(pk__in=others.values("activity_id"))),
        Deal: list(deals.exclude(pk__in=shared_deals)),
        Ticket: [row for row in tickets.distinct() if _names_only(row.contacts, ids)],
    }
    records[Attachment] = list(_documents(ids, records))
    records[Contact] = list(Contact.objects.filter(pk__in=ids).order_by("pk"))
    records[Submission] = list(_submissions(ids))
    records[Attachment] = [*records[Attachment], *_unclaimed(records[Submission])]
    return records


def _names_only(contacts: Any, ids: Sequence[int]) -> bool:  # noqa: ANN401  # a related manager
    return not contacts.exclude(pk__in=ids).exists()


def _documents(
    ids: Sequence[int], records: Mapping[type[Model], Sequence[Model]]
) -> Iterator[Attachment]:
    deals, tickets = ([row.pk for row in records[model]] for model in (Deal, Ticket))
    about = Q(contacts__in=ids) | Q(contact_id__in=ids)
    for row in Attachment.objects.filter(about, is_document=True).distinct():
        shared = row.contacts.exclude(pk__in=ids) or row.deals.exclude(pk__in=deals)
        if not shared and not row.tickets.exclude(pk__in=tickets):
            yield row


def _submissions(ids: Sequence[int]) -> Iterator[Submission]:
    """Yield what the person sent, also what never became a contact but has its e-mail address."""
    emails = Contact.objects.filter(pk__in=ids, emails__isnull=False)
    keys = {key for key in emails.values_list("emails__address_key", flat=True) if key}
    for row in Submission.objects.order_by("pk").iterator():
        sent = {text.strip().casefold() for text in texts_in([row.values, row.prepared])}
        if row.contact_id in ids or (row.contact_id is None and keys & sent):
            yield row


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


def texts_in(value: object) -> Iterator[str]:
    """Yield all texts in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from texts_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)


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


def _kept(rows: Mapping[type[Model], Sequence[Model]]) -> Iterator[DeletedRecord]:
    """Yield what was deleted before and can still be brought back, as far as it is of these."""
    going = {model: {row.pk for row in found} for model, found in rows.items()}
    for kept in DeletedRecord.objects.order_by("pk").iterator():
        if kept.contact_id in going.get(Contact, ()) or any(
            _points_at(row, going) for row in kept.rows
        ):
            yield kept


def _points_at(row: Mapping[str, Any], going: Mapping[type[Model], set[int]]) -> bool:
    """Tell whether a kept row hangs on one that goes; a view of a list hangs on nothing."""
    columns = {"contact": Contact, "contact_a": Contact, "contact_b": Contact, "deal": Deal}
    columns |= {"ticket": Ticket, "note": Note, "activity": Activity}
    fields = row.get("fields", {})
    return any(fields.get(name) in going.get(model, ()) for name, model in columns.items())
