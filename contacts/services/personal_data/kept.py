"""Find what is kept of deleted records about a person, and forget it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from contacts.index.traces import EMAIL, references_of, trace_deleted
from contacts.models import (
    Activity,
    Contact,
    Deal,
    DeletedRecord,
    DeletedReference,
    EmailAddress,
    Note,
    Ticket,
)
from contacts.services.wastebasket import forget

_NOUNS: Mapping[str, type[Model]] = {
    "activity": Activity,
    "contact": Contact,
    "deal": Deal,
    "note": Note,
    "ticket": Ticket,
}
Rows = Mapping[type[Model], Sequence[Any]]  # rows of any model


@dataclass(frozen=True, slots=True)
class Kept:
    """A deleted record that can be brought back: its rows about the person, and all others.

    A note of the person goes as a whole; of a web form or a custom field only some rows are
    about one person.
    """

    record: DeletedRecord
    own: Sequence[Mapping[str, Any]]
    others: Sequence[Mapping[str, Any]]


def find_kept(rows: Rows) -> Iterator[Kept]:
    """Yield what was deleted before, as far as it hangs on one of these rows."""
    named = {(noun, str(row.pk)) for noun, model in _NOUNS.items() for row in rows.get(model, ())}
    named |= {(EMAIL, row.address_key) for row in rows.get(EmailAddress, ()) if row.address_key}
    contacts = [row.pk for row in rows.get(Contact, ())]
    about = Q(contact_id__in=contacts) | Q(pk__in=_naming(named))
    for record in DeletedRecord.objects.filter(about).order_by("pk"):
        own: list[Mapping[str, Any]] = []
        others: list[Mapping[str, Any]] = []
        for row in record.rows:
            (others if named.isdisjoint(references_of(row)) else own).append(row)
        # Whatever else is kept of a record of the person hangs on that record.
        is_whole = record.contact_id in contacts or own[:1] == record.rows[:1]
        yield Kept(record, record.rows, ()) if is_whole else Kept(record, own, others)


def _naming(named: set[tuple[str, str]]) -> list[int]:
    """Return the deleted records of which a row names one of these."""
    found: set[int] = set()
    for noun in {*_NOUNS, EMAIL}:
        texts = [text for each, text in named if each == noun]
        references = DeletedReference.objects.filter(noun=noun, text__in=texts)
        found.update(references.values_list("deleted_id", flat=True))
    return sorted(found)


def forget_kept(kept: Sequence[Kept]) -> None:
    """Forget the rows about the person; what others have in the same record stays."""
    forget([each.record for each in kept if not each.others])
    for each in kept:
        if each.others:
            each.record.rows = list(each.others)
            each.record.save(update_fields=["rows"])
            trace_deleted(each.record)
