"""RelationshipType: how contacts can belong to each other."""

from dataclasses import replace
from typing import Any

from api.civicrm.contact.formats import KINDS, Kind
from api.civicrm.entity import Entity, fixed
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NOTHING
from api.civicrm.mapping.declaring import record_id, text, yes_no
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.offering import words
from api.civicrm.mapping.options import meets
from api.civicrm.permissions import SETUP
from api.civicrm.sources.records import RecordSource
from contacts.access import Actor
from contacts.query import And, Condition, Not, Or, where
from contacts.services.relationship_types import (
    create_relationship_type,
    delete_relationship_type,
    update_relationship_type,
)


class KindOfEnd(Kind):
    """The kind of contact that an end must be; empty where every kind will do."""

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means, by asking which of the kinds it takes."""
        names = {"person": "Individual", "household": "Household", "organization": "Organization"}
        if asked.operator == "IS NULL":
            return where(actor, field.key, "eq", "", kind=kind)
        taken: list[Any] = [stored for stored, name in names.items() if meets(asked, name)]
        return where(actor, field.key, "in", taken, kind=kind) if taken else NOTHING


def _label(end: str, title: str) -> WireField:
    """Return the field of a label; a type without one is called by its name."""
    key, name = f"label_{end}", f"name_{end}"

    def ask(actor: Actor, field: WireField, asked: Filter) -> Condition:
        kind = "relationship_type"
        own = field.format.condition(actor, kind, field, asked)
        named = field.format.condition(actor, kind, replace(field, key=name), asked)
        is_lacking = where(actor, key, "is_empty", True, kind=kind)
        return Or((And((Not(is_lacking), own)), And((is_lacking, named))))

    return text(key, title, key, max_length=64, ask=ask)


def _kind(name: str, title: str, key: str) -> WireField:
    return WireField(
        name=name, title=title, format=KindOfEnd(), key=key, path=key, offers=words(KINDS)
    )


ENTITIES = (
    Entity(
        name="RelationshipType",
        source=RecordSource("relationship_type"),
        fields=fixed(
            record_id("Relationship Type ID"),
            text("name_a_b", "Name A to B", "name_a_b", is_required=True, max_length=64),
            _label("a_b", "Label A to B"),
            text("name_b_a", "Name B to A", "name_b_a", is_required=True, max_length=64),
            _label("b_a", "Label B to A"),
            text("description", "Description", "description", max_length=255),
            _kind("contact_type_a", "Contact Type A", "kind_a"),
            _kind("contact_type_b", "Contact Type B", "kind_b"),
            yes_no("is_reserved", "Reserved", "is_reserved", is_writable=False),
            yes_no("is_active", "Enabled", "is_active", default=1),
        ),
        permissions=SETUP,
        create=create_relationship_type,
        update=update_relationship_type,
        delete=delete_relationship_type,
        label="label_a_b",
    ),
)
