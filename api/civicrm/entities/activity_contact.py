"""ActivityContact: which contact is what in which activity."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from api.civicrm.calls import Asked
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import bad_option
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NEGATIVE, NOTHING, each_operand
from api.civicrm.mapping.declaring import points_to, record_id
from api.civicrm.mapping.fields import Fields, WireField
from api.civicrm.mapping.formats import Integer
from api.civicrm.mapping.offering import labels
from api.civicrm.permissions import MEMBER, Permissions
from api.civicrm.sources.records import RecordSource
from contacts.access import Actor
from contacts.query import And, Condition, Not, all_of, where
from contacts.services.activity_parts import add_part, change_part, remove_part

# Number of the original: what it is here, and what people read.
PARTS: Mapping[int, tuple[str, str, str]] = {
    1: ("assignee", "Activity Assignees", "Assignee"),
    2: ("source", "Activity Source", "Added by"),
    3: ("target", "Activity Targets", "With"),
}
_NUMBERS = {part: number for number, (part, _name, _label) in PARTS.items()}


class PartOfContact(Integer):
    """What a contact is in an activity: a number, or its name."""

    html: ClassVar[str] = "Select"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the number."""
        return str(_NUMBERS.get(str(value), ""))

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the part as the domain names it."""
        text = str(value).strip().lower()
        for number, (part, *names) in PARTS.items():
            if text in (str(number), *(name.lower() for name in names)):
                return part
        raise bad_option(field.name, value)

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means; who is only invited is no part of the original's."""
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            return NOTHING if asked.operator == "IS NULL" else And(())
        read = each_operand(asked, lambda item: self.read(item, field, actor))
        parts = read if isinstance(read, list) else [read]
        found = where(actor, field.key, "in", parts, kind=kind)
        return Not(found) if asked.operator in NEGATIVE else found


@dataclass(frozen=True)
class PartSource(RecordSource):
    """Who is what in activities; guests, whom the original does not know, are left out."""

    def conditions(self, actor: Actor, fields: Fields, asked: Asked) -> Condition | None:
        """Return all filters as one condition."""
        known = where(actor, "part", "in", sorted(_NUMBERS), kind=self.kind)
        return all_of(known, RecordSource.conditions(self, actor, fields, asked))


ENTITIES = (
    Entity(
        name="ActivityContact",
        source=PartSource("activity_part"),
        fields=fixed(
            record_id("Activity Contact ID"),
            points_to("Activity", "activity_id", "Activity ID", "activity", is_required=True),
            points_to("Contact", "contact_id", "Contact ID", "contact", is_required=True),
            WireField(
                name="record_type_id",
                title="Record Type ID",
                format=PartOfContact(),
                key="part",
                path="part",
                offers=labels({str(number): name for number, (_p, name, _l) in PARTS.items()}),
                is_named_by_label=True,
                is_required=True,
            ),
        ),
        permissions=Permissions(get=MEMBER, other=("access CiviCRM", "view all activities")),
        create=add_part,
        update=change_part,
        delete=remove_part,
    ),
)
