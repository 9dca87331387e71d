"""Contacts of one type are entities of their own, without the fields of the other types."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from api.civicrm.contact.formats import KINDS
from api.civicrm.entity import Entity
from api.civicrm.mapping.fields import WireField
from contacts.access import Actor
from contacts.fields import catalogue

Params = Mapping[str, Any]  # JSON


def of_type(entity: Entity, contact_type: object) -> Entity:
    """Return an entity without the fields that contacts of a type lack.

    What is no type of contact, or not asked of contacts, narrows nothing.
    """
    kind = KINDS.get(contact_type) if isinstance(contact_type, str) else None
    if kind is None or entity.name != "Contact":
        return entity

    def fields(actor: Actor) -> Sequence[WireField]:
        return [each for each in entity.fields(actor) if _suits(each, kind)]

    return replace(entity, fields=fields)


def _suits(field: WireField, kind: str) -> bool:
    known = catalogue("contact").find(field.key) if field.key else None
    return known is None or not known.applies_to or kind in known.applies_to
