"""Ties that follow from something else, as upstream makes them: shared addresses, employers."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any

from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError
from contacts.fields.ties import find_relationship_type
from contacts.query import find_contacts, find_record
from contacts.services.relationships import tie_contacts

Document = Mapping[str, Any]

# By the kind of contact whose address it is: what the person who shares it is of that contact.
_TIES = {"household": "Household Member of", "organization": "Employee of"}


OWNERS = frozenset(_TIES)


def tie_to_owner(actor: Actor, address: Document, owners: Collection[str]) -> None:
    """Tie a person to whose address is shared, if the owner is of one of these kinds.

    A tie that is there, or that the actor may not make, changes nothing about the address.
    """
    master_id = address.get("shared_with")
    master = find_record(actor, "address", int(str(master_id))) if master_id else None
    if master is None:
        return
    person_id, owner_id = (int(str(each["contact_id"])) for each in (address, master))
    found = find_contacts(actor, [person_id, owner_id])
    kinds: dict[int, str] = {pk: str(each.get("kind")) for pk, each in found.items()}
    kind = kinds.get(owner_id, "")
    if kinds.get(person_id) != "person" or kind not in owners:
        return
    name = _TIES[kind]
    ends = {"contact_a": person_id, "contact_b": owner_id, "type": find_relationship_type(name)}
    with suppress(InvalidError, ForbiddenError):
        tie_contacts(actor, {**ends, "is_active": True})


def keep_former_employer(actor: Actor, before: Document, after: Document) -> None:
    """Keep the tie to an employer that a person has left, switched off."""
    former = before.get("employer_id")
    if former is None or after.get("employer_id") in (None, former):
        return
    ends = {"contact_a": after["id"], "contact_b": former}
    with suppress(InvalidError, ForbiddenError):
        tie_contacts(
            actor, {**ends, "type": find_relationship_type("Employee of"), "is_active": False}
        )
