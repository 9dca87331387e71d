"""Read contacts by id: the single gate for one and for several."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.db import router
from django.db.models import QuerySet

from contacts.access import Actor
from contacts.access.ids import IdSlot
from contacts.access.visibility import visible_contacts
from contacts.errors import NotFoundError
from contacts.fields.types import LARGEST_ID
from contacts.index import Document
from contacts.models import Contact, FormerContact
from contacts.query.decoding import document_for
from contacts.query.few_contacts import bodies_of_few, is_few
from contacts.query.statements import Rows, rows_of


def get_contact(actor: Actor, contact_id: int, *, archived: bool | None = False) -> Document:
    """Return the document of one contact; raises NotFoundError for a hidden one too.

    One that was merged is answered with the contact that it was merged into.
    """
    documents = find_contacts(actor, [contact_id], archived=archived)
    if documents:
        return documents[contact_id]
    heir_id = None if archived else heir_of(contact_id)
    documents = {} if heir_id is None else find_contacts(actor, [heir_id])
    if heir_id not in documents:
        raise NotFoundError("contact", contact_id)
    return documents[heir_id]


def heir_of(contact_id: int) -> int | None:
    """Return the id of the contact that this one was merged into, or None."""
    if not 0 < contact_id <= LARGEST_ID:
        return None
    merged = FormerContact.objects.filter(pk=contact_id)
    return merged.values_list("contact_id", flat=True).first()


def find_contacts(
    actor: Actor, contact_ids: Collection[int], *, archived: bool | None = False
) -> dict[int, Document]:
    """Return the documents of those contacts that the actor sees, by id; one statement."""
    rows = _bodies(actor, contact_ids, archived=archived)
    return {pk: document_for(actor, body) for pk, body in rows if body is not None}


def iter_documents(actor: Actor, contact_ids: Collection[int]) -> Iterator[Document]:
    """Yield the same documents in the order of the ids, each made when it is asked for.

    Of many, one that is written before the next is made costs half of what all at once do.
    """
    bodies: dict[int, str | None] = dict(_bodies(actor, contact_ids, archived=False))
    for pk in contact_ids:
        body = bodies.get(pk)
        if body is not None:
            yield document_for(actor, body)


def _bodies(actor: Actor, contact_ids: Collection[int], *, archived: bool | None) -> Rows:
    # Beyond what numbers records the databases refuse the question instead of finding nothing.
    possible = [pk for pk in contact_ids if 0 < pk <= LARGEST_ID]
    using = router.db_for_read(Contact)
    if not possible:
        return []
    if is_few(using, len(possible)):
        return bodies_of_few(actor, possible, archived=archived, using=using)

    def seen() -> QuerySet[Contact, Any]:
        asked = visible_contacts(actor, archived=archived).filter(pk__among=IdSlot("ids"))
        return asked.values_list("pk", "document__body")

    return rows_of(("found", actor.sight, archived), seen, using=using, ids={"ids": possible})


class Brief(NamedTuple):
    """What the document of another record says of a contact."""

    name: str
    kind: str
    stage: str


def briefs_of_contacts(actor: Actor, contact_ids: Collection[int]) -> dict[int, Brief]:
    """Return names and kinds of those contacts that the actor sees, by id; one statement."""
    if not contact_ids:
        return {}
    possible = {pk for pk in contact_ids if 0 < pk <= LARGEST_ID}
    seen = visible_contacts(actor).filter(pk__in=possible)
    rows = seen.values_list("pk", "display_name", "kind", "stage")
    return {pk: Brief(*brief) for pk, *brief in rows}


def names_of_contacts(
    actor: Actor, contact_ids: Collection[int], *, archived: bool | None = False
) -> dict[int, str]:
    """Return the names of those contacts that the actor sees, by id; one statement.

    They are living ones, archived ones, or all (None).
    """
    if not contact_ids:
        return {}
    possible = {pk for pk in contact_ids if 0 < pk <= LARGEST_ID}
    seen = visible_contacts(actor, archived=archived).filter(pk__in=possible)
    return dict(seen.values_list("pk", "display_name"))
