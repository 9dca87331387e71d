"""Read contacts by id: the single gate for one and for several."""

from collections.abc import Collection

import orjson

from contacts.access import Actor
from contacts.access.visibility import visible_contacts
from contacts.errors import NotFoundError
from contacts.fields.types import LARGEST_ID
from contacts.index import Document


def get_contact(actor: Actor, contact_id: int, *, archived: bool | None = False) -> Document:
    """Return the document of one contact; raises NotFoundError for a hidden one too."""
    documents = find_contacts(actor, [contact_id], archived=archived)
    if not documents:
        raise NotFoundError("contact", contact_id)
    return documents[contact_id]


def find_contacts(
    actor: Actor, contact_ids: Collection[int], *, archived: bool | None = False
) -> dict[int, Document]:
    """Return the documents of those contacts that the actor sees, by id; one statement."""
    # Beyond what numbers records the databases refuse the question instead of finding nothing.
    possible = [pk for pk in contact_ids if 0 < pk <= LARGEST_ID]
    seen = visible_contacts(actor, archived=archived).filter(pk__in=possible)
    rows = seen.values_list("pk", "document__body")
    return {pk: orjson.loads(body) for pk, body in rows if body is not None}


def names_of_contacts(actor: Actor, contact_ids: Collection[int]) -> dict[int, str]:
    """Return the names of those contacts that the actor sees, by id; one statement."""
    if not contact_ids:
        return {}
    possible = {pk for pk in contact_ids if 0 < pk <= LARGEST_ID}
    seen = visible_contacts(actor).filter(pk__in=possible)
    return dict(seen.values_list("pk", "display_name"))


def headings_of_contacts(actor: Actor, contact_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return name and kind of those contacts that the actor sees, by id; one statement."""
    if not contact_ids:
        return {}
    possible = {pk for pk in contact_ids if 0 < pk <= LARGEST_ID}
    seen = visible_contacts(actor).filter(pk__in=possible)
    return {pk: (name, kind) for pk, name, kind in seen.values_list("pk", "display_name", "kind")}
